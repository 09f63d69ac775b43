"""All indicators, by sections."""

from datetime import date

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import figure_line, heading, hidden_words, numbers
from handlers.report.figures.sections import pages_of, section_turns
from handlers.report.figures.taps import AllTap, FiguresTap, OriginTap
from handlers.ui.screen import Row, Screen, button
from services.reporting.indicators.registry import SECTIONS
from services.reporting.statement.model import Statement


def contents(statement: Statement, today: date) -> Screen:
    """The sections."""
    of, period = statement.organisation_id, statement.period.key
    rows: list[Row] = [
        (button(SECTIONS[page.section], AllTap(organisation=of, period=period, page=number)),)
        for number, page in enumerate(pages_of(statement), start=1)
        if page.number == 1
    ]
    rows.append((button("‹ К отчёту", FiguresTap(organisation=of, period=period)), button("Меню", MenuTap())))
    lines = [*heading(statement, today, "все показатели"), "", "Какой раздел открыть?"]
    return Screen("\n".join(lines), tuple(rows))


def section(statement: Statement, today: date, number: int) -> Screen:
    """The page of that number, from 1 on; the last one where there are fewer."""
    known = pages_of(statement)
    number = min(number, len(known))
    page = known[number - 1]
    of, period = statement.organisation_id, statement.period.key

    def opened(at: int) -> OriginTap:
        return OriginTap(organisation=of, period=period, code=page.indicators[at].code, listed=True)

    def turned(at: int = 0) -> AllTap:
        return AllTap(organisation=of, period=period, page=at)

    figures = [statement.whole.figures[indicator.code] for indicator in page.indicators]
    lines = [*heading(statement, today), "", page.heading]
    lines += [
        figure_line(figure, statement.min_group, number=place)
        for place, figure in enumerate(figures, start=page.first)
    ]
    if hidden := hidden_words(figures, statement.min_group):
        lines += ["", hidden]
    lines += ["", "<i>Номер — из чего сложилась цифра.</i>"]
    rows = [*numbers(len(figures), page.first, opened), *section_turns(number, len(known), turned)]
    report = button("‹ К отчёту", FiguresTap(organisation=of, period=period))
    rows.append((button("‹ Разделы", turned()), report, button("Меню", MenuTap())))
    return Screen("\n".join(lines), tuple(rows))
