"""What was handed out before."""

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import capital
from handlers.report.figures.taps import FiguresTap
from handlers.report.files.taps import AgainTap, DocumentTap, HandedOutTap
from handlers.ui.pages import page_of
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import Row, Screen, button
from services.people.model import Organisation
from services.reporting.periods import by_key
from services.reporting.ports import Kept

SHOWN = 6


def handed_out(place: Organisation, period: str, found: Sequence[Kept], number: int, zone: ZoneInfo) -> Screen:
    """A page of statements, the newest first, each as a document and as a table."""
    page = page_of(found, number, SHOWN)
    lines = [f"<b>{escape(place.name)}: готовые справки</b>{page.heading}", ""]
    rows: list[Row] = []
    for place_in_list, kept in enumerate(page.items, start=page.number * SHOWN + 1):
        day = long_date(day_of(kept.asked_at, zone))
        about = by_key(kept.period)
        lines.append(f"{place_in_list}. {escape(capital(about.title) if about else kept.period)}, от {day}")
        rows.append(
            (
                button(f"{place_in_list}. Word", AgainTap(statement=kept.id)),
                button(f"{place_in_list}. Excel", AgainTap(statement=kept.id, table=True)),
            )
        )
    if page.items:
        lines += ["", "<i>Цифры в них остались такими, какими были в тот день.</i>"]
    else:
        lines.append("Пока ни одной. Первую можно сделать сейчас: цифры в ней сохранятся такими, как сегодня.")
        rows.append((button("Справка (Word)", DocumentTap(organisation=place.id, period=period)),))
    rows += page.turns(lambda number: HandedOutTap(organisation=place.id, period=period, page=number))
    back = button("‹ К отчёту", FiguresTap(organisation=place.id, period=period))
    return Screen("\n".join(lines), (*rows, (back, button("Меню", MenuTap()))))
