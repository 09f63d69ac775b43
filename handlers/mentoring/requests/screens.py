"""A request for a mentor: all of it with a button for each field, each field, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from handlers.iom.words import cut, days_words
from handlers.mentoring.bank.words import NAMELESS, listed_domains, listed_formats, places
from handlers.mentoring.requests.taps import (
    NewRequestTap,
    OneRequestTap,
    RequestFieldTap,
    SendRequestTap,
    SetRequestTap,
    WishListTap,
    WishTap,
    WithdrawTap,
)
from handlers.mentoring.taps import BankTap, MatchTap, MentoringTap, RequestsTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.screen import Button, Row, Screen, button
from services.mentoring.bank.card import DOMAINS, FORMAT_TITLES, BankCard
from services.mentoring.requests import asking
from services.mentoring.requests.request import MOST_CHOICES, WORDS_LIMIT, Request, RequestState
from services.people.model import Organisation

NOT_GIVEN = "не указано"
SHOWN = 8
TITLE_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as somebody sees it.

    `choices` are the names of the preferred mentors in order; `own`: it is the reader's; `editable`: they may
    change it; `waited` is in days. `listed_in` is the id of the place whose list an
    overseer goes back to.
    """

    request: Request
    mentee: str
    school: Organisation
    listed_in: int
    choices: Sequence[str]
    own: bool
    editable: bool
    waited: int


def none_yet() -> Screen:
    return Screen(
        "<b>Заявка на наставника</b>\n\n"
        "Расскажите, в чём нужна поддержка: по этому подберём наставника. Можно назвать тех, с кем хотелось бы "
        "работать. Заявку увидят куратор школы, методист района и наставник, которого вам предложат.\n\n"
        "Результаты ваших тестов в заявку не попадают: только то, что вы напишете сами.",
        (
            (button("Составить заявку", NewRequestTap()),),
            (button("Посмотреть банк наставников", BankTap()),),
            _home(),
        ),
    )


def which_school(schools: Sequence[Organisation]) -> Screen:
    rows = [(button(cut(each.name, TITLE_SHOWN), NewRequestTap(school=each.id)),) for each in schools[:20]]
    return Screen("<b>Заявка на наставника</b>\n\nДля работы в какой школе?", (*rows, _home()))


def request(shown: Shown, note: str = "") -> Screen:
    """All of a request."""
    asked = shown.request
    lines = [f"{escape(note)}\n"] if note else []
    lines += ["<b>Заявка на наставника</b>"]
    if not shown.own:
        lines.append(f"{escape(shown.mentee)}, {escape(shown.school.name)}")
    lines += [f"<i>{_state(shown)}</i>", "", *_fields(shown)]
    if shown.editable and not asking.complete(asked):
        lines += ["", "Укажите, с чем нужна помощь: отметьте направления или напишите своими словами."]
    rows: list[Row] = []
    if shown.editable:
        if asked.state is RequestState.DRAFT and asking.complete(asked):
            rows.append((button("Отправить заявку", SendRequestTap(request=asked.id, turn=asked.turn)),))
        rows += [
            (_field(asked, "Направления", "domains"), _field(asked, "С чем помочь", "purpose")),
            (_field(asked, "Как встречаться", "formats"), _field(asked, "Пожелания", "wishes")),
            (button("С кем хотелось бы", WishListTap(request=asked.id)),),
        ]
        title = "Удалить черновик" if asked.state is RequestState.DRAFT else "Отозвать заявку"
        rows.append((button(title, WithdrawTap(request=asked.id, turn=asked.turn)),))
    elif not shown.own and asked.state is RequestState.OPEN:
        rows.append((button("Подобрать пары", MatchTap(organisation=shown.listed_in)),))
    rows.append(_home() if shown.own else _list(shown))
    return Screen("\n".join(lines), tuple(rows))


def domains(asked: Request, note: str = "") -> Screen:
    rows = [(_toggle(asked, "domains", code, title, on=code in asked.domains),) for code, title in DOMAINS.items()]
    head = f"{escape(note)}\n\n" if note else ""
    return Screen(
        f"{head}<b>Направления</b>\n\nВ чём нужна поддержка? Отметьте всё, что важно.", (*rows, _back(asked))
    )


def formats(asked: Request) -> Screen:
    rows = [
        (_toggle(asked, "formats", code.value, title, on=code in asked.formats),)
        for code, title in FORMAT_TITLES.items()
    ]
    return Screen(
        "<b>Как встречаться</b>\n\nОтметьте, что удобно. Не отмечено ничего — значит, всё равно.",
        (*rows, _back(asked)),
    )


def purpose(asked: Request, note: str = "") -> Screen:
    return _asking(
        asked,
        "С чем помочь",
        "purpose",
        asked.purpose,
        "Напишите своими словами, какая поддержка нужна. Например: «не успеваю всё за урок, хочу научиться "
        f"планировать». До {WORDS_LIMIT} знаков.",
        note,
    )


def wishes(asked: Request, note: str = "") -> Screen:
    return _asking(
        asked,
        "Пожелания",
        "wishes",
        asked.wishes,
        f"Напишите, что важно учесть: время, предмет, опыт наставника. До {WORDS_LIMIT} знаков.",
        note,
    )


def wish_list(
    asked: Request, page: Page[BankCard], chosen: Sequence[str], gone: Sequence[int], note: str = ""
) -> Screen:
    """Mentors who may be wished for; the chosen ones by names, in order. `gone`: chosen, and not on the list."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [f"<b>С кем хотелось бы работать</b>{page.heading}", ""]
    if page.items:
        lines.append(
            f"Можно выбрать до {MOST_CHOICES} человек, первый — самый желанный. Это пожелание: подбор его учтёт, "
            "но не обещает."
        )
    else:
        lines.append("В банке пока никого нет. Заявку можно отправить и без пожеланий.")
    if chosen:
        lines += ["", *(f"{number}. {escape(name)}" for number, name in enumerate(chosen, 1))]
    rows: list[Row] = []
    for seen in page.items:
        person = seen.card.person_id
        mark = f"{asked.choices.index(person) + 1}) " if person in asked.choices else ""
        # Surname and first name leave a phone room for how many may still come.
        name = cut(" ".join(seen.profile.full_name.split()[:2]) or NAMELESS, 24)
        tap = WishTap(request=asked.id, person=person, turn=asked.turn)
        rows.append((button(f"{mark}{name}, {places(seen)}", tap),))
    for person in gone:
        tap = WishTap(request=asked.id, person=person, turn=asked.turn)
        rows.append((button(f"Убрать {asked.choices.index(person) + 1}-е пожелание", tap),))
    rows += page.turns(lambda number: WishListTap(request=asked.id, page=number))
    return Screen("\n".join(lines), (*rows, _back(asked)))


def withdraw_asked(shown: Shown) -> Screen:
    asked = shown.request
    sure = WithdrawTap(request=asked.id, turn=asked.turn, sure=True)
    if asked.state is RequestState.DRAFT:
        text = "<b>Удалить черновик?</b>\n\nВсё, что в нём написано, удалится."
        return Screen(text, ((button("Удалить", sure),), (_to_request(asked, "‹ Не удалять"),)))
    text = "<b>Отозвать заявку?</b>\n\nПодбор наставника остановится. Подать новую можно будет в любое время."
    return Screen(text, ((button("Отозвать", sure),), (_to_request(asked, "‹ Не отзывать"),)))


def done(shown: Shown, text: str) -> Screen:
    """What has become of a request that is over."""
    return Screen(text, (_home() if shown.own else _list(shown),))


def waits(days: int) -> str:
    """«ждёт 12 дней»."""
    return f"ждёт {days_words(days)}" if days > 0 else "ждёт с сегодняшнего дня"


def _state(shown: Shown) -> str:
    asked = shown.request
    if asked.state is RequestState.DRAFT:
        if shown.own and asked.made_by is not None:
            return "Черновик, его начал куратор школы. Дополните и отправьте."
        return "Черновик, ещё не отправлен."
    if asked.state is RequestState.OPEN:
        made = ", подана куратором" if asked.made_by is not None else ""
        words = waits(shown.waited)
        return f"{words[0].upper()}{words[1:]}{made}."
    return "Пара подобрана." if asked.state is RequestState.PAIRED else "Отозвана."


def _fields(shown: Shown) -> list[str]:
    asked = shown.request
    chosen = "; ".join(f"{number}) {name}" for number, name in enumerate(shown.choices, 1))
    told = (
        ("Направления", listed_domains(asked.domains)),
        ("С чем помочь", asked.purpose),
        ("Как встречаться", listed_formats(asked.formats)),
        ("Пожелания", asked.wishes),
        ("С кем хотелось бы", chosen),
    )
    return [f"<b>{title}</b>: {escape(words) or NOT_GIVEN}" for title, words in told if words or shown.editable]


def _asking(asked: Request, name: str, field: str, present: str, how: str, note: str) -> Screen:
    head = f"{escape(note)}\n\n" if note else ""
    rows: list[Row] = []
    if present:
        clear = SetRequestTap(request=asked.id, field=field, value="", turn=asked.turn)
        rows.append((button("Оставить пустым", clear),))
    return Screen(
        f"{head}<b>{name}</b>\nСейчас: {escape(present) or NOT_GIVEN}\n\n{how}", (*rows, _back(asked, "‹ Назад"))
    )


def _toggle(asked: Request, field: str, value: str, title: str, *, on: bool) -> Button:
    tap = SetRequestTap(request=asked.id, field=field, value=value, turn=asked.turn)
    return button(f"{'✓ ' if on else ''}{title}", tap)


def _field(asked: Request, title: str, field: str) -> Button:
    return button(title, RequestFieldTap(request=asked.id, field=field))


def _to_request(asked: Request, title: str) -> Button:
    return button(title, OneRequestTap(request=asked.id))


def _back(asked: Request, title: str = "‹ К заявке") -> Row:
    return (_to_request(asked, title),)


def _list(shown: Shown) -> Row:
    return (button("‹ К заявкам", RequestsTap(organisation=shown.listed_in)), to_menu())


def _home() -> Row:
    return (button("‹ Наставничество", MentoringTap()), to_menu())


def has_mentor(name: str, pair: Button, *, offered: bool) -> Screen:
    """Somebody who has a mentor, or is offered one, needs no request."""
    who = f": {escape(name)}" if name else ""
    text = f"Вам предложен наставник{who}. Посмотрите и ответьте." if offered else f"У вас есть наставник{who}."
    return Screen(text, ((pair,), _home()))


def not_teacher() -> Screen:
    return Screen(
        "Заявку на наставника подаёт педагог школы. Если вы работаете в школе, попросите куратора добавить вас.",
        (_home(),),
    )
