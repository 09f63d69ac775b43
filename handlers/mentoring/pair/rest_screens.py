"""Screens of a pause: why, and until when."""

from datetime import date, timedelta
from html import escape

from handlers.iom.words import days_words, near_date
from handlers.mentoring.pair.taps import RestDayTap, RestMonthTap, RestPairTap
from handlers.mentoring.pair.view import View
from handlers.mentoring.taps import PairTap
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Row, Screen, button
from services.mentoring.life.pausing import LONGEST
from services.mentoring.life.wording import PAUSE_REASONS
from services.mentoring.pair import PauseReason

WRONG_DAY = "Пауза длится не дольше года и не заканчивается в прошлом. Выберите, пожалуйста, другой день."
RESUMED = "Пара снова работает."


def reasons(view: View) -> Screen:
    """Asks why the pair is to rest."""
    pair = view.pair
    titles: list[Row] = [
        (button(PAUSE_REASONS[reason].capitalize(), RestPairTap(pair=pair.id, turn=pair.turn, reason=reason)),)
        for reason in PauseReason
    ]
    return Screen(
        f"<b>Пауза</b> · {escape(view.name)}\n\nПауза начнётся сегодня. Пока она длится, бот не напоминает "
        "о встречах и этапах, а сроки этапов потом сдвинутся. Что за пауза?",
        (*titles, (button("‹ К паре", PairTap(pair=pair.id)),)),
    )


def last_day(view: View, reason: PauseReason, shown: date) -> Screen:
    """Asks for the last day of the pause by a month of days."""
    pair, today = view.pair, view.today
    days = calendar(
        shown,
        today,
        today,
        today + timedelta(days=LONGEST - 1),
        lambda day: RestDayTap(pair=pair.id, turn=pair.turn, reason=reason, day=day.toordinal()),
        lambda day: RestMonthTap(pair=pair.id, turn=pair.turn, reason=reason, month=day.toordinal()),
    )
    unknown = RestDayTap(pair=pair.id, turn=pair.turn, reason=reason, day=0)
    return Screen(
        f"<b>Пауза: {PAUSE_REASONS[reason]}</b> · {escape(view.name)}\n\n"
        "Какой день последний? На следующий пара снова начнёт работать.",
        (
            (button("Пока не знаю", unknown),),
            *days,
            (button("‹ Назад", RestPairTap(pair=pair.id, turn=pair.turn)),),
        ),
    )


def begun(until: date | None, today: date) -> str:
    """What is said once the pause is set."""
    return f"Пара на паузе по {near_date(until, today)}." if until is not None else "Пара на паузе."


def resumed(days: int) -> str:
    """What is said once the pause is over, after so many days of it."""
    return f"{RESUMED} Сроки этапов сдвинуты на {days_words(days)}." if days else RESUMED
