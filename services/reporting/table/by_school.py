"""The sheet «По школам»: a row for each school, a column for each indicator, under the heads of their sections."""

from collections.abc import Sequence
from itertools import groupby

from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.statement.model import Statement
from services.reporting.table.paper import NOTES, Paper

_NAME, _NARROW = 30, 12.5
_SCALE = 53
_ON_PAGE = 12
"""Columns that a printed page has room for at that scale, beside the names."""


def write(paper: Paper, statement: Statement) -> None:
    """Fill the sheet; hidden figures say so, and the whole stands last, out of the filter's way."""
    indicators = [
        indicator
        for indicator in registry().at(Level.SCHOOL)
        if any(indicator.code in school.figures for school in statement.schools)
    ]
    sheet, styles = paper.sheet, paper.styles
    head = NOTES + 1
    paper.wide(0, 0, _NAME)
    paper.wide(1, len(indicators), _NARROW)
    paper.title(NOTES, 0, "")
    paper.title(head, 0, "Школа")
    column, starts = 1, []
    for section, group in groupby(indicators, key=lambda indicator: indicator.section):
        those = list(group)
        last = column + len(those) - 1
        if last > column:
            sheet.merge_range(NOTES, column, NOTES, last, SECTIONS[section], styles.head(align="left"))
        else:
            paper.title(NOTES, column, SECTIONS[section])
        starts.append(column)
        for indicator in those:
            paper.title(head, column, indicator.short, font_size=9)
            sheet.write_comment(head, column, indicator.definition, {"x_scale": 2})
            column += 1
    row = head
    for row, school in enumerate(statement.schools, start=head + 1):
        paper.put(row, 0, school.name)
        for number, indicator in enumerate(indicators, start=1):
            if indicator.code in school.figures:
                paper.put(row, number, school.figures[indicator.code], indicator, align="right")
    paper.filter(head, row, len(indicators) + 1)
    paper.put(row + 1, 0, "В целом", bold=True, top=2)
    for number, indicator in enumerate(indicators, start=1):
        figure = statement.whole.figures.get(indicator.code)
        paper.put(row + 1, number, figure, indicator, align="right", bold=True, top=2)
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(NOTES, head)
    sheet.repeat_columns(0)
    sheet.set_print_scale(_SCALE)
    sheet.set_v_pagebreaks(_breaks(starts, column))


def _breaks(starts: Sequence[int], end: int) -> list[int]:
    """Columns that begin a page: sections stay whole where they can. `end` is the column after the last."""
    found, page = [], 1
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        if after - page > _ON_PAGE and start > page:
            found.append(start)
            page = start
        while after - page > _ON_PAGE:
            page += _ON_PAGE
            found.append(page)
    return found
