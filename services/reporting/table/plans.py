"""The sheet «Планы»: plan and fact of the whole and of schools, with a native chart of how much is done."""

from typing import TYPE_CHECKING

from services.charts.drawable import done_part, planned
from services.reporting.indicators.indicator import Indicator
from services.reporting.statement.model import Figure, Statement
from services.reporting.statement.wording import performance_words
from services.reporting.table.paper import NOTES, Column, Paper
from services.reporting.table.summary import put_done, put_plan
from services.reporting.table.told import told

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NOTHING = "Планы на этот период не заданы. Их задают в боте: «Отчёты», «План и прошлые годы»."
COLUMNS = (
    Column("Где", 30),
    Column("Показатель", 48),
    Column("План", 11),
    Column("Факт", 12),
    Column("% плана", 11),
    Column("Итог", 20),
)
_SCALE = 74


def write(paper: Paper, book: "Workbook", statement: Statement) -> None:
    """Fill the sheet."""
    paper.head(COLUMNS)
    row = NOTES
    for place in (statement.whole, *statement.schools):
        for _, indicator, figure in told(place):
            if figure.plan is None:
                continue
            row += 1
            paper.put(row, 0, place.name, bold=place is statement.whole)
            paper.put(row, 1, indicator.title)
            put_plan(paper, row, 2, figure)
            paper.put(row, 3, figure, indicator, align="right")
            put_done(paper, row, 4, figure)
            paper.put(row, 5, _outcome(indicator, figure), indent=1)
    if row == NOTES:
        paper.put(NOTES + 1, 0, NOTHING, text_wrap=False)
        return
    paper.filter(NOTES, row, len(COLUMNS))
    if planned(statement):
        _chart(paper, book, statement)


def _outcome(indicator: Indicator, figure: Figure) -> str | None:
    """In words; the column beside it has the per cent."""
    done = done_part(figure)
    if done is None or figure.plan is None or figure.plan.number is None:
        return performance_words(indicator, figure)
    return "план выполнен" if done >= 1 else "ниже плана"


def _chart(paper: Paper, book: "Workbook", statement: Statement) -> None:
    """Bars of the parts done of the whole's plans, which stand first."""
    count = sum(figure.plan is not None for figure in statement.whole.figures.values())
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Выполнение плана",
            "categories": [paper.name, NOTES + 1, 1, NOTES + count, 1],
            "values": [paper.name, NOTES + 1, 4, NOTES + count, 4],
            "fill": {"color": "#2F73B3"},
            "data_labels": {"value": True, "num_format": "0%"},
            "gap": 60,
        }
    )
    chart.set_title({"name": "Выполнение плана, %", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D5D9DE"}}}
    )
    chart.set_legend({"none": True})
    chart.set_size({"width": 860, "height": 120 + 42 * count})
    paper.beside(len(COLUMNS) + 1, _SCALE)
    paper.sheet.insert_chart(NOTES, len(COLUMNS) + 1, chart)
