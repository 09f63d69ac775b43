"""Choices: which indicator, which chart."""

from collections.abc import Sequence
from datetime import date

from handlers.menu.taps import MenuTap
from handlers.report.figures.lines import heading
from handlers.report.figures.taps import (
    ChooseTap,
    DynamicsTap,
    FiguresChartTap,
    FiguresTap,
    SchoolsTap,
    Use,
)
from handlers.ui.pages import page_of
from handlers.ui.screen import Button, Row, Screen, button
from services.people.model import Kind
from services.reporting.indicators.indicator import Indicator, Level
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Statement

SHOWN = 20
IN_ROW = 2


def indicators(statement: Statement, today: date, use: Use, number: int) -> Screen:
    """A page of the indicators that the statement has a value of."""
    of, period = statement.organisation_id, statement.period.key

    def face(indicator: Indicator) -> Button:
        if use is Use.SCHOOLS:
            return button(indicator.short, SchoolsTap(organisation=of, period=period, code=indicator.code, view=1))
        return button(indicator.short, DynamicsTap(organisation=of, period=period, code=indicator.code))

    page = page_of(_known(statement, use), number, SHOWN)
    buttons = [face(indicator) for indicator in page.items]
    rows: list[Row] = [tuple(buttons[place : place + IN_ROW]) for place in range(0, len(buttons), IN_ROW)]
    rows += page.turns(lambda number: ChooseTap(organisation=of, period=period, use=use, page=number))
    back = (
        SchoolsTap(organisation=of, period=period)
        if use is Use.SCHOOLS
        else DynamicsTap(organisation=of, period=period)
    )
    rows.append((button("‹ Назад", back), button("Меню", MenuTap())))
    ask = "Какой показатель показать?" if page.items else "Показателей с цифрами пока нет."
    return Screen("\n".join([*heading(statement, today), page.heading.strip(), "", ask]), tuple(rows))


def charts(statement: Statement, today: date, found: Sequence[tuple[int, str]]) -> Screen:
    """Charts that there is anything to draw for, by their numbers and titles."""
    of, period = statement.organisation_id, statement.period.key
    rows: list[Row] = [
        (button(title, FiguresChartTap(organisation=of, period=period, chart=number)),) for number, title in found
    ]
    rows.append((button("‹ К отчёту", FiguresTap(organisation=of, period=period)), button("Меню", MenuTap())))
    ask = "Какой график прислать?" if found else "Для графиков пока мало данных: нужны цифры или прошлые периоды."
    return Screen("\n".join([*heading(statement, today, "графики"), "", ask]), tuple(rows))


def _known(statement: Statement, use: Use) -> list[Indicator]:
    level = Level.SCHOOL if use is Use.SCHOOLS or statement.kind is not Kind.MUNICIPALITY else Level.MUNICIPALITY
    places = (statement.whole, *statement.schools) if use is Use.SCHOOLS else (statement.whole,)
    told = {code for place in places for code, figure in place.figures.items() if figure.amount is not None}
    return [indicator for indicator in registry().at(level) if indicator.code in told]
