"""Schools of a municipality, with one figure of each."""

from datetime import date
from html import escape

from handlers.iom.words import cut
from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import heading, hidden_words, value_words
from handlers.report.figures.taps import ChooseTap, FiguresTap, OriginTap, SchoolsTap, Use
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.natural_order import natural
from services.reporting.indicators.indicator import Better, Indicator
from services.reporting.statement.headline import ranked
from services.reporting.statement.model import Figure, PlaceFigures, Silence, Statement

SHOWN = 8
NAME = 40


def schools(statement: Statement, indicator: Indicator, today: date, view: int) -> Screen:
    """A page of schools; an odd `view` is ranked."""
    number, by_rank = divmod(view, 2)
    ordered = (
        ranked(statement.schools, indicator)
        if by_rank
        else sorted(statement.schools, key=lambda school: natural(school.name))
    )
    page = page_of(ordered, number, SHOWN)
    of, period = statement.organisation_id, statement.period.key
    lines = [*heading(statement, today, "по школам"), f"<b>{escape(indicator.title)}</b>{page.heading}", ""]
    if not ordered:
        lines.append("Школ пока нет. Добавьте их или загрузите список педагогов: /people.")
    for place, school in enumerate(page.items, start=page.number * SHOWN + 1):
        mark = f"{place}. " if by_rank else ""
        lines.append(f"{mark}{escape(school.name)}: {_value(school, indicator, statement)}")
    if ordered:
        lines += ["", f"По всем: {value_words(_figure(statement.whole, indicator), statement.min_group)}"]
    if hidden := hidden_words([_figure(school, indicator) for school in ordered], statement.min_group):
        lines += ["", hidden]
    if by_rank and indicator.better is Better.NEITHER:
        lines += ["", "<i>От большего к меньшему: для этого показателя «больше» не значит «лучше».</i>"]
    rows: list[Row] = [
        (button(cut(school.name, NAME), FiguresTap(organisation=school.organisation_id, period=period)),)
        for school in page.items
    ]
    rows += page.turns(
        lambda number: SchoolsTap(organisation=of, period=period, code=indicator.code, view=2 * number + by_rank)
    )
    turned = SchoolsTap(organisation=of, period=period, code=indicator.code, view=1 - by_rank)
    other = button("По порядку" if by_rank else "По цифре", turned)
    rows.append((other, button("Другой показатель", ChooseTap(organisation=of, period=period, use=Use.SCHOOLS))))
    rows.append((button("Из чего", OriginTap(organisation=of, period=period, code=indicator.code)),))
    rows.append((button("‹ К отчёту", FiguresTap(organisation=of, period=period)), button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))


def _value(school: PlaceFigures, indicator: Indicator, statement: Statement) -> str:
    return value_words(_figure(school, indicator), statement.min_group)


def _figure(place: PlaceFigures, indicator: Indicator) -> Figure:
    found = place.figures.get(indicator.code)
    return found if found is not None else Figure(indicator.code, None, Silence.NO_DATA)
