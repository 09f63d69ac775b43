"""The sheet «Сводка»: every indicator of the place with its plan, its change and what it means."""

from services.charts.drawable import done_part
from services.reporting.indicators.indicator import Better, Form, Indicator
from services.reporting.statement.model import Figure, Statement
from services.reporting.table.paper import CHANGE, CHANGE_OF_PARTS, NOTES, POINTS, SHARE, Column, Paper
from services.reporting.table.told import change, told

COLUMNS = (
    Column("Раздел", 25),
    Column("Показатель", 44),
    Column("План", 10),
    Column("Факт", 12),
    Column("% плана", 10),
    Column("Было", 12),
    Column("Изменение", 14),
    Column("Лучше, когда", 11),
    Column("Что означает", 64),
)
_BETTER = {Better.UP: "больше", Better.DOWN: "меньше", Better.NEITHER: ""}
_GOOD, _BAD = "#1E6B3A", "#A33A2C"
_REPEATED = "#9AA3AD"


def write(paper: Paper, statement: Statement) -> None:
    """Fill the sheet."""
    paper.head(COLUMNS, frozen=2)
    row, before = NOTES, ""
    for row, (section, indicator, figure) in enumerate(told(statement.whole), start=NOTES + 1):
        style = {"bold": True} if section != before else {"font_color": _REPEATED}
        paper.put(row, 0, section, **style)
        paper.put(row, 1, indicator.title)
        put_plan(paper, row, 2, figure)
        paper.put(row, 3, figure, indicator, bold=True, align="right")
        put_done(paper, row, 4, figure)
        paper.put(row, 5, figure.before, indicator, align="right")
        _put_change(paper, row, 6, indicator, figure)
        paper.put(row, 7, _BETTER[indicator.better], indent=1)
        paper.put(row, 8, indicator.definition)
        before = section
    paper.filter(NOTES, row, len(COLUMNS))


def put_plan(paper: Paper, row: int, column: int, figure: Figure) -> None:
    """The plan of a figure: a number, or a share."""
    if figure.plan is not None and figure.plan.share is not None:
        paper.put(row, column, figure.plan.share / 1000, num_format=SHARE)
    elif figure.plan is not None:
        paper.put(row, column, figure.plan.number)


def put_done(paper: Paper, row: int, column: int, figure: Figure) -> None:
    """Which part of the plan is done, as a share."""
    done = done_part(figure)
    if done is not None:
        paper.put(row, column, done, num_format=SHARE)


def _put_change(paper: Paper, row: int, column: int, indicator: Indicator, figure: Figure) -> None:
    difference = change(indicator, figure)
    if difference is None:
        return
    style: dict[str, object] = {"num_format": CHANGE if difference == int(difference) else CHANGE_OF_PARTS}
    if indicator.form is Form.SHARE:
        style["num_format"] = POINTS
    if difference and indicator.better is not Better.NEITHER:
        style["font_color"] = _GOOD if (difference > 0) is (indicator.better is Better.UP) else _BAD
    paper.put(row, column, difference, align="right", **style)
