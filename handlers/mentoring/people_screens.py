"""A list of a school's people to choose one from, and of a municipality's schools."""

from collections.abc import Callable
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.iom.words import cut
from handlers.mentoring.bank.words import NAMELESS
from handlers.ui.pages import Page
from handlers.ui.russian import plural
from handlers.ui.screen import Row, Screen, button
from services.people.early_career import years_now
from services.people.model import Organisation, Profile
from services.people.ports import Member

SHOWN = 8
TITLE_SHOWN = 40
SUBJECT_SHOWN = 60


def people(
    heading: str,
    query: str | None,
    page: Page[Member],
    choose: Callable[[int], CallbackData],
    turn: Callable[[int], CallbackData],
    last: Row,
    empty: str,
    today: date,
) -> Screen:
    """People to choose from, with `query` those who were searched for; `empty` is said where there is nobody."""
    searched = f", поиск: «{escape(query)}»" if query is not None else ""
    lines = [f"<b>{escape(heading)}</b>{searched}{page.heading}", ""]
    if page.items:
        lines += ["Выберите человека или напишите часть фамилии.", ""]
    elif query is not None:
        lines.append("Никого не нашлось. Напишите по-другому, хватит нескольких букв фамилии.")
    else:
        lines.append(empty)
    rows: list[Row] = []
    for number, member in enumerate(page.items, page.number * SHOWN + 1):
        name = member.profile.full_name or NAMELESS
        lines.append(f"{number}. {escape(', '.join([name, *_about(member.profile, today)]))}")
        rows.append((button(f"{number}. {cut(name, TITLE_SHOWN)}", choose(member.id)),))
    return Screen("\n".join(lines), (*rows, *page.turns(turn), last))


def schools(
    heading: str,
    page: Page[Organisation],
    choose: Callable[[int], CallbackData],
    turn: Callable[[int], CallbackData],
    last: Row,
) -> Screen:
    """Schools of a municipality to choose from."""
    lines = [f"<b>{escape(heading)}</b>{page.heading}", ""]
    lines.append("Выберите школу." if page.items else "Школ пока нет. Добавьте их в разделе «Люди и школы».")
    rows: list[Row] = [(button(cut(each.name, TITLE_SHOWN), choose(each.id)),) for each in page.items]
    return Screen("\n".join(lines), (*rows, *page.turns(turn), last))


def _about(profile: Profile, today: date) -> list[str]:
    """«Математика», «стаж 24 года»: what of it is known."""
    years = years_now(profile, today)
    work = "" if years is None else f"стаж {plural(years, 'год', 'года', 'лет') if years else 'менее года'}"
    return [told for told in (cut(profile.subject, SUBJECT_SHOWN), work) if told]
