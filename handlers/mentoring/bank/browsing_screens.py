"""The bank of mentors as a list, and one mentor's card as others see it."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.iom.words import cut
from handlers.mentoring.bank.taps import BankDomainTap, BankFoundTap, QueueTap
from handlers.mentoring.bank.words import NAMELESS, about_help, about_owner, listed_domains, places
from handlers.mentoring.taps import BankTap, CardTap, MentoringTap, MyCardTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import Page
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.mentoring.bank.card import DOMAINS, BankCard
from services.people.model import Organisation

SHOWN = 6
TITLE_SHOWN = 40
WORDS_SHOWN = 60
PLACES_SHOWN = 4
PLACE_SHOWN = 22


def bank(page: Page[BankCard], total: int, places: Sequence[Organisation], own: str | None) -> Screen:
    """A page of the whole bank; `places` are those whose new cards the visitor decides about.

    `own` is the title of the way to the visitor's own card, None where they cannot have one.
    """
    lines = [f"<b>Банк наставников</b>{page.heading}", ""]
    if total:
        mentors = plural(total, "наставник", "наставника", "наставников")
        lines += [f"Здесь {mentors}. Чтобы найти, напишите фамилию, предмет или направление.", ""]
    elif places:
        lines.append(
            "Пока никого. Пригласите в наставники опытных педагогов или дождитесь, пока кто-то предложит себя."
        )
    else:
        lines.append("Пока никого. Хотите быть первым наставником школы? Заполните карточку.")
    lines += _lines(page)
    rows = _cards(page, lambda number: BankTap(page=number))
    if total:
        rows.append((button("По направлениям", BankDomainTap()),))
    rows += [
        (button(f"Карточки: {cut(place.name, PLACE_SHOWN)}", QueueTap(organisation=place.id)),)
        for place in places[:PLACES_SHOWN]
    ]
    if own is not None:
        rows.append((button(own, MyCardTap()),))
    rows.append((button("‹ Наставничество", MentoringTap()), to_menu()))
    return Screen("\n".join(lines), tuple(rows))


def domains(numbers: dict[str, int]) -> Screen:
    """The domains to choose from, with how many are strong in each."""
    rows = [
        (button(f"{title.split()[0]}: {numbers.get(code, 0)}", BankDomainTap(domain=code)),)
        for code, title in DOMAINS.items()
    ]
    return Screen("<b>Банк наставников</b>\n\nВ каких компетенциях нужна помощь?", (*rows, _back()))


def of_domain(domain: str, page: Page[BankCard]) -> Screen:
    lines = [f"<b>{DOMAINS[domain]}</b>{page.heading}", ""]
    lines += _lines(page) or ["Пока никто не отметил это направление. Посмотрите весь банк."]
    rows = _cards(page, lambda number: BankDomainTap(domain=domain, page=number))
    return Screen("\n".join(lines), (*rows, (button("‹ Направления", BankDomainTap()),), _back()))


def found(query: str, page: Page[BankCard]) -> Screen:
    lines = [f"<b>Банк наставников</b>, поиск: «{escape(query)}»{page.heading}", ""]
    lines += _lines(page) or [
        "Никого не нашлось. Напишите по-другому: хватит нескольких букв фамилии, предмета или направления."
    ]
    return Screen("\n".join(lines), (*_cards(page, lambda number: BankFoundTap(page=number)), _back()))


def card(seen: BankCard, today: date, rows: Sequence[Row] = (), note: str = "") -> Screen:
    """A card of the bank; `rows` are what the visitor may do with it."""
    lines = [f"{escape(note)}\n"] if note else []
    lines += [*about_owner(seen.profile, seen.school.name, today), "", *about_help(seen.card)]
    lines += ["", f"<b>Свободно</b>: {places(seen)}"]
    return Screen("\n".join(lines), (*rows, _back()))


def _lines(page: Page[BankCard]) -> list[str]:
    return [f"{number}. {_line(seen)}" for number, seen in enumerate(page.items, page.number * SHOWN + 1)]


def _line(seen: BankCard) -> str:
    name = escape(seen.profile.full_name or NAMELESS)
    told = [cut(seen.profile.subject, WORDS_SHOWN), cut(seen.school.name, WORDS_SHOWN)]
    strengths = listed_domains(seen.card.strengths)
    lines = f"<b>{name}</b>, {escape(', '.join(filter(None, told)))}: {places(seen)}"
    return f"{lines}\n<i>{strengths}</i>" if strengths else lines


def _cards(page: Page[BankCard], turn: Callable[[int], CallbackData]) -> list[Row]:
    rows: list[Row] = [
        (
            button(
                f"{number}. {cut(seen.profile.full_name or NAMELESS, TITLE_SHOWN)}",
                CardTap(person=seen.card.person_id),
            ),
        )
        for number, seen in enumerate(page.items, page.number * SHOWN + 1)
    ]
    return [*rows, *page.turns(turn)]


def _back() -> Row:
    return (button("‹ Весь банк", BankTap()), to_menu())
