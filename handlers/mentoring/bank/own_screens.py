"""One's own info card: all of it with a button for each field, and each field to be changed."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.mentoring.bank.taps import (
    CardFieldTap,
    DropCardTap,
    NewCardTap,
    OfferCardTap,
    RestTap,
    SetCardTap,
    TakeCardBackTap,
)
from handlers.mentoring.bank.words import CARD_STATES, about_owner, listed_domains, listed_formats, mentees
from handlers.mentoring.taps import BankTap, MentoringTap, MyCardTap
from handlers.menu.screens import to_menu
from handlers.profile.taps import ProfileTap
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.bank.card import (
    DOMAINS,
    FORMAT_TITLES,
    HELP_LIMIT,
    MOST_MENTEES,
    TIMES_LIMIT,
    Card,
    CardState,
)
from services.people.model import Organisation, Profile

NOT_GIVEN = "не указано"
_MISSING = {"strengths": "сильные стороны", "help": "с чем можете помочь"}
_LOST_ROLE = "вы сейчас не числитесь наставником, поэтому в банке карточки нет"


def none_yet() -> Screen:
    """Somebody who has no card yet."""
    return Screen(
        "<b>Стать наставником</b>\n\n"
        "Расскажите, в чём вы сильны и с чем готовы помогать коллегам. Предмет, стаж и категория возьмутся из "
        "профиля. Карточку прочитают куратор школы или методист, после этого она появится в банке наставников.\n\n"
        "Заполнить можно за две минуты и не за один раз: всё сохраняется.",
        ((button("Заполнить карточку", NewCardTap()),), *_away()),
    )


def card(
    shown: Card,
    profile: Profile,
    school: Organisation,
    today: date,
    *,
    missing: Sequence[str],
    offerable: bool,
    taken: int,
    schools: int,
    note: str = "",
) -> Screen:
    """All of one's own card. `offerable`: it waits for its owner to offer it, once nothing is `missing`."""
    lines = [f"{escape(note)}\n"] if note else []
    lost = shown.in_bank and offerable
    lines += [
        "<b>Моя карточка наставника</b>",
        _state(shown, lost),
        "",
    ]
    if shown.state is CardState.RETURNED and shown.comment:
        lines += [f"<b>Комментарий куратора</b>: {escape(shown.comment)}", ""]
    if shown.state is CardState.PROPOSED:
        lines += [
            "Школа приглашает вас в наставники. Если согласны, заполните карточку и нажмите «Предложить себя». "
            "Если сейчас не время, откажитесь, это нормально.",
            "",
        ]
    lines += about_owner(profile, school.name, today)
    of_others = "да" if shown.reaches_out else "нет"
    lines += [
        "",
        f"<b>Сильные стороны</b>: {listed_domains(shown.strengths) or NOT_GIVEN}",
        f"<b>С чем помогу</b>: {escape(shown.help_with) or NOT_GIVEN}",
        f"<b>Как встречаться</b>: {listed_formats(shown.formats) or NOT_GIVEN}",
        f"<b>Когда удобно</b>: {escape(shown.times) or NOT_GIVEN}",
        f"<b>Сколько человек беру</b>: {shown.capacity}" + (f", сейчас {mentees(taken)}" if taken else ""),
        f"<b>Из других школ района</b>: {of_others}",
        f"<b>Охотнее с молодыми специалистами</b>: {'да' if shown.prefers_early else 'нет'}",
    ]
    if offerable and missing:
        lines += ["", f"Осталось указать: {', '.join(_MISSING[name] for name in missing)}."]
    rows: list[Row] = []
    if offerable and not missing:
        rows.append((button("Предложить себя", OfferCardTap(turn=shown.turn)),))
    rows += [
        (_field("Сильные стороны", "strengths"), _field("С чем помогу", "help")),
        (_field("Как встречаться", "formats"), _field("Когда удобно", "times")),
        (_field("Сколько человек", "capacity"), _field("Кого беру", "whom")),
        (*((_field("Школа", "school"),) if schools > 1 and not shown.in_bank else ()), _profile()),
    ]
    rows += _turns(shown)
    rows += _away()
    return Screen("\n".join(lines), tuple(rows))


def strengths(shown: Card) -> Screen:
    rows = [
        (_toggle(shown, "strengths", code, title, on=code in shown.strengths),) for code, title in DOMAINS.items()
    ]
    return Screen(
        "<b>Сильные стороны</b>\n\nОтметьте, в чём вы готовы поддержать коллегу. По ним подбирается пара.",
        (*rows, _done()),
    )


def formats(shown: Card) -> Screen:
    rows = [
        (_toggle(shown, "formats", code.value, title, on=code in shown.formats),)
        for code, title in FORMAT_TITLES.items()
    ]
    return Screen(
        "<b>Как встречаться</b>\n\nОтметьте всё, что вам подходит. Не отмечено ничего — значит, всё равно.",
        (*rows, _done()),
    )


def whom(shown: Card) -> Screen:
    reaches, early = shown.reaches_out, shown.prefers_early
    return Screen(
        "<b>Кого беру</b>\n\nСвоя школа всегда в первую очередь.",
        (
            (_toggle(shown, "out", "no" if reaches else "yes", "Беру и из других школ района", on=reaches),),
            (_toggle(shown, "early", "no" if early else "yes", "Охотнее с молодыми специалистами", on=early),),
            _done(),
        ),
    )


def school(shown: Card, schools: Sequence[Organisation]) -> Screen:
    rows = [
        (_toggle(shown, "school", str(each.id), each.name[:40], on=each.id == shown.school_id),)
        for each in schools[:20]
    ]
    return Screen("<b>Школа</b>\n\nВ банк какой школы записать карточку?", (*rows, _done()))


def capacity(shown: Card, note: str = "") -> Screen:
    numbers = [
        _toggle(shown, "capacity", str(number), str(number), on=number == shown.capacity)
        for number in range(1, MOST_MENTEES + 1)
    ]
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Сколько человек</b>\nСейчас: {shown.capacity}\n\n"
        "Скольких коллег вы готовы сопровождать одновременно? Обычно это 1–3 человека. Больше вам не предложим.",
        (tuple(numbers[:5]), tuple(numbers[5:]), _done()),
    )


def help_with(shown: Card, note: str = "") -> Screen:
    return _asking(
        "С чем помогу",
        shown.help_with,
        "Напишите, с чем к вам можно прийти. Например: «план урока, работа с трудным классом, подготовка к "
        f"аттестации». До {HELP_LIMIT} знаков.",
        note,
    )


def times(shown: Card, note: str = "") -> Screen:
    screen = _asking(
        "Когда удобно",
        shown.times,
        "Напишите, когда вам удобно встречаться. Например: «вторник после 15:00, суббота». "
        f"До {TIMES_LIMIT} знаков.",
        note,
    )
    if not shown.times:
        return screen
    clear = SetCardTap(field="times", value="", turn=shown.turn)
    return Screen(screen.text, ((button("Оставить пустым", clear),), *screen.rows))


def drop_asked(shown: Card) -> Screen:
    """Whether to decline, or to delete what is written."""
    sure = DropCardTap(turn=shown.turn, sure=True)
    if shown.state is CardState.PROPOSED:
        return Screen(
            "<b>Отказаться от наставничества?</b>\n\n"
            "Карточка удалится. Предложить себя можно будет в любое время.",
            ((button("Отказаться", sure),), (button("‹ Не отказываться", MyCardTap()),)),
        )
    return Screen(
        "<b>Удалить карточку?</b>\n\nВсё, что в ней написано, удалится.",
        ((button("Удалить", sure),), (button("‹ Не удалять", MyCardTap()),)),
    )


def dropped(note: str) -> Screen:
    return Screen(note, _away())


def _state(shown: Card, lost: bool) -> str:
    words = _LOST_ROLE if lost else CARD_STATES[shown.state]
    return f"<i>{words[0].upper()}{words[1:]}.</i>"


def _turns(shown: Card) -> list[Row]:
    """What its owner may do with the card as a whole."""
    turn = shown.turn
    if shown.state is CardState.APPROVED:
        return [(button("Пока не брать новых", RestTap(resting=True, turn=turn)),)]
    if shown.state is CardState.RESTING:
        return [(button("Снова брать наставляемых", RestTap(resting=False, turn=turn)),)]
    if shown.state is CardState.OFFERED:
        return [(button("Забрать с рассмотрения", TakeCardBackTap(turn=turn)),)]
    title = "Отказаться" if shown.state is CardState.PROPOSED else "Удалить карточку"
    return [(button(title, DropCardTap(turn=turn)),)]


def _asking(name: str, present: str, how: str, note: str) -> Screen:
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(f"{head}<b>{name}</b>\nСейчас: {escape(present) or NOT_GIVEN}\n\n{how}", (_done("‹ Назад"),))


def _toggle(shown: Card, field: str, value: str, title: str, *, on: bool) -> Button:
    return button(f"{'✓ ' if on else ''}{title}", SetCardTap(field=field, value=value, turn=shown.turn))


def _field(title: str, field: str) -> Button:
    return button(title, CardFieldTap(field=field))


def _profile() -> Button:
    return button("Предмет, стаж: профиль", ProfileTap())


def _done(title: str = "‹ К карточке") -> Row:
    return (button(title, CardFieldTap()),)


def _away() -> tuple[Row, ...]:
    return ((button("Банк наставников", BankTap()),), (button("‹ Наставничество", MentoringTap()), to_menu()))
