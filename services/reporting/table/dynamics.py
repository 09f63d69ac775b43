"""The sheet «Динамика»: indicators over periods, with native charts of the most telling ones."""

from typing import TYPE_CHECKING

from services.charts.drawable import moving
from services.reporting.indicators.indicator import Form
from services.reporting.indicators.registry import registry
from services.reporting.period_names import briefly
from services.reporting.statement.model import Statement
from services.reporting.table.paper import NOTES, Column, Paper
from services.reporting.table.told import told

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NOTHING = "Сравнить пока не с чем: за прошлые периоды данных нет. Их можно ввести в боте, «План и прошлые годы»."
_LINES = ("#0B3C73", "#D1771D", "#2F8F6B", "#8A4FA3", "#B03A48", "#5B9BD0")
_MARKS = ("circle", "square", "triangle", "diamond", "x", "plus")
_CHART = {"width": 760, "height": 330}
_CHART_ROWS = 18
_SCALE = 72


def write(paper: Paper, book: "Workbook", statement: Statement) -> None:
    """Fill the sheet."""
    periods = [*(point.period for point in statement.dynamics), statement.period]
    columns = [Column("Раздел", 25), Column("Показатель", 46), *(Column(briefly(one), 13) for one in periods)]
    paper.head(columns, frozen=2)
    rows: dict[str, int] = {}
    row = NOTES
    for section, indicator, figure in told(statement.whole):
        amounts = [point.amounts.get(indicator.code) for point in statement.dynamics]
        if figure.amount is None and not any(amounts):
            continue
        row += 1
        rows[indicator.code] = row
        paper.put(row, 0, section)
        paper.put(row, 1, indicator.title)
        for column, amount in enumerate(amounts, start=2):
            paper.put(row, column, amount, indicator, align="right")
        paper.put(row, len(columns) - 1, figure, indicator, align="right", bold=True)
    if row == NOTES or not statement.dynamics:
        paper.put(row + 1, 0, NOTHING, text_wrap=False)
    paper.filter(NOTES, row, len(columns))
    codes = moving(statement)
    shares = [code for code in codes if registry().of(code).form is Form.SHARE]
    others = [code for code in codes if code not in shares]
    place = NOTES
    for title, some, number_format in (("Доли", shares, "0%"), ("Количество и среднее", others, "General")):
        if some:
            lines = [(registry().of(code).short, rows[code]) for code in some]
            _chart(paper, book, title, number_format, lines, len(columns), place)
            place += _CHART_ROWS


def _chart(
    paper: Paper,
    book: "Workbook",
    title: str,
    number_format: str,
    lines: list[tuple[str, int]],
    columns: int,
    place: int,
) -> None:
    """A line chart to the right of the table, which is printed on a page of its own."""
    chart = book.add_chart({"type": "line"})
    for number, (name, row) in enumerate(lines):
        color = _LINES[number % len(_LINES)]
        chart.add_series(
            {
                "name": name,
                "categories": [paper.name, NOTES, 2, NOTES, columns - 1],
                "values": [paper.name, row, 2, row, columns - 1],
                "line": {"color": color, "width": 2.25},
                "marker": {
                    "type": _MARKS[number % len(_MARKS)],
                    "size": 7,
                    "fill": {"color": color},
                    "border": {"color": color},
                },
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis(
        {"min": 0, "num_format": number_format, "major_gridlines": {"visible": True, "line": {"color": "#D5D9DE"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size(_CHART)
    paper.beside(columns + 1, _SCALE)
    paper.sheet.insert_chart(place, columns + 1, chart)
