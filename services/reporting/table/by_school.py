"""The sheet «По школам»: a row for each school, a column for each indicator, under the heads of their sections."""

from itertools import groupby

from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.statement.model import Statement
from services.reporting.table.paper import NOTES, Paper

_NAME, _NARROW = 30, 13
_HEAD_HEIGHT = 62
_SCALE = 62
_LANDSCAPE = 225
"""Characters of a page's width at that scale."""


def write(paper: Paper, statement: Statement) -> None:
    """Fill the sheet; hidden figures say so, and the whole stands last, out of the filter's way."""
    indicators = [
        indicator
        for indicator in registry().at(Level.SCHOOL)
        if any(indicator.code in school.figures for school in statement.schools)
    ]
    sheet, styles = paper.sheet, paper.styles
    head = NOTES + 1
    sheet.set_column(0, 0, _NAME)
    sheet.set_column(1, len(indicators), _NARROW)
    sheet.set_row(head, _HEAD_HEIGHT)
    sheet.write_blank(NOTES, 0, None, styles.head())
    sheet.write_string(head, 0, "Школа", styles.head())
    column = 1
    for section, group in groupby(indicators, key=lambda indicator: indicator.section):
        those = list(group)
        style = styles.head(align="center")
        last = column + len(those) - 1
        if last > column:
            sheet.merge_range(NOTES, column, NOTES, last, SECTIONS[section], style)
        else:
            sheet.write_string(NOTES, column, SECTIONS[section], style)
        for indicator in those:
            sheet.write_string(head, column, indicator.short, styles.head(font_size=9))
            sheet.write_comment(head, column, indicator.definition, {"x_scale": 2})
            column += 1
    row = head
    for row, school in enumerate(statement.schools, start=head + 1):
        paper.put(row, 0, school.name)
        for column, indicator in enumerate(indicators, start=1):
            if indicator.code in school.figures:
                paper.put(row, column, school.figures[indicator.code], indicator, align="right")
    paper.filter(head, row, len(indicators) + 1)
    paper.put(row + 1, 0, "В целом", bold=True, top=2)
    for column, indicator in enumerate(indicators, start=1):
        figure = statement.whole.figures.get(indicator.code)
        paper.put(row + 1, column, figure, indicator, align="right", bold=True, top=2)
    sheet.freeze_panes(head + 1, 1)
    sheet.repeat_rows(NOTES, head)
    sheet.repeat_columns(0)
    sheet.set_print_scale(_SCALE)
