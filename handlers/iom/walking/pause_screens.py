"""Screens of a pause: why, from when, until when."""

from datetime import date, timedelta

from handlers.iom.taps import RouteTap
from handlers.iom.walking.taps import PauseDayTap, PauseMonthTap, PauseTap
from handlers.iom.words import days_words, near_date
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Row, Screen, button
from services.iom.model import Pause, PauseReason, Route
from services.iom.pausing import LONGEST, OPEN_ENDED
from services.iom.wording import PAUSE_REASONS

NOT_NOW = "Сейчас маршрут на паузу не поставить."
RESTS_ALREADY = "Маршрут уже на паузе."
RESTS_NOT = "Маршрут уже не на паузе."
WRONG_DAYS = "Последний день не раньше первого, а вся пауза не дольше года. Выберите, пожалуйста, заново."
CALLED_OFF = "Паузы не будет."
RESUMED = "С возвращением! Маршрут снова идёт."


def reasons(route: Route) -> Screen:
    """Asks why the route is to rest."""
    titles = [
        (button(PAUSE_REASONS[reason].capitalize(), PauseTap(route=route.id, reason=reason)),)
        for reason in PauseReason
    ]
    return Screen(
        "<b>Пауза в маршруте</b>\n\nНа время паузы бот не напоминает о шагах, а когда она закончится, "
        "сроки сдвинутся на столько же дней. Что за пауза?",
        (*titles, _back(route)),
    )


def first_day(route: Route, reason: PauseReason, today: date, shown: date | None = None, note: str = "") -> Screen:
    """Asks when the pause begins; with `shown` by a month of days."""
    head = f"{note}\n\n" if note else ""
    text = (
        f"{head}<b>Пауза: {PAUSE_REASONS[reason]}</b>\n\nС какого дня? Выберите или напишите, например: "
        "с 28 декабря."
    )
    back = (button("‹ Назад", PauseTap(route=route.id)),)
    if shown is None:
        return Screen(
            text,
            (
                (button("С сегодняшнего дня", _day(route, reason, None, today)),),
                (button("С завтрашнего дня", _day(route, reason, None, today + timedelta(days=1))),),
                (button("Другая дата", _month(route, reason, None, today)),),
                back,
            ),
        )
    days = calendar(
        shown,
        today,
        today,
        today + timedelta(days=LONGEST),
        lambda day: _day(route, reason, None, day),
        lambda day: _month(route, reason, None, day),
    )
    return Screen(text, (*days, back))


def last_day(
    route: Route, reason: PauseReason, starts_on: date, today: date, shown: date | None = None, note: str = ""
) -> Screen:
    """Asks for the last day of the pause by a month of days."""
    head = f"{note}\n\n" if note else ""
    since = "с сегодняшнего дня" if starts_on == today else f"с {near_date(starts_on, today)}"
    days = calendar(
        shown or starts_on,
        today,
        starts_on,
        starts_on + timedelta(days=LONGEST - 1),
        lambda day: _day(route, reason, starts_on, day),
        lambda day: _month(route, reason, starts_on, day),
    )
    unknown: tuple[Row, ...] = ()
    if reason in OPEN_ENDED:
        data = PauseDayTap(route=route.id, reason=reason, starts=starts_on.toordinal(), day=0)
        unknown = ((button("Пока не знаю", data),),)
    return Screen(
        f"{head}<b>Пауза: {PAUSE_REASONS[reason]}</b>, {since}\n\n"
        "Какой день последний? Выберите или напишите, например: по 8 января.",
        (*unknown, *days, (button("‹ Назад", PauseTap(route=route.id)),)),
    )


def begun(pause: Pause, today: date) -> str:
    """What is said once the pause is set."""
    if pause.starts_on > today:
        return f"Пауза начнётся {near_date(pause.starts_on, today)}."
    until = f" по {near_date(pause.ends_on, today)}" if pause.ends_on else ""
    return f"Маршрут на паузе{until}. Напоминаний не будет."


def resumed(days: int) -> str:
    """What is said once the pause is over, after so many days of it."""
    return f"{RESUMED} Сроки сдвинуты на {days_words(days)}." if days else RESUMED


def _day(route: Route, reason: PauseReason, starts_on: date | None, day: date) -> PauseDayTap:
    starts = starts_on.toordinal() if starts_on is not None else 0
    return PauseDayTap(route=route.id, reason=reason, starts=starts, day=day.toordinal())


def _month(route: Route, reason: PauseReason, starts_on: date | None, day: date) -> PauseMonthTap:
    starts = starts_on.toordinal() if starts_on is not None else 0
    return PauseMonthTap(route=route.id, reason=reason, starts=starts, month=day.toordinal())


def _back(route: Route) -> Row:
    return (button("‹ К маршруту", RouteTap(route=route.id)),)
