"""The chart of pairs from a request to the end of a program."""

from services.charts.drawable import funnel
from services.charts.sheet import Sheet
from services.charts.stack import LEAST
from services.charts.style import BAR, INNER, MARGIN, WIDTH, grouped
from services.reporting.shares import share
from services.reporting.statement.model import Statement

_GAP = 22


def draw(statement: Statement) -> bytes:
    """A PNG with a bar for each stage and how many of the stage before came so far.

    Raises ValueError where there is nothing.
    """
    counts = funnel(statement)
    if not counts:
        raise ValueError("there were no requests and no pairs")
    widest = max(count for _, count in counts)
    sheet = Sheet()
    y = sheet.heading(statement.name, f"Путь наставнических пар, {statement.period.title}") + 10
    room = INNER - 40 - max(sheet.width(grouped(count), bold=True) for _, count in counts)
    before: int | None = None
    for title, count in counts:
        length = max(room * count / widest, LEAST) if count else 0
        color = BAR
        baseline, y = sheet.bar(y, title, room, length, color)
        sheet.text(WIDTH - MARGIN, baseline, grouped(count), bold=True, align="right")
        if before and count <= before:
            y = sheet.note(y - 16, f"{share(count, before)} от предыдущего шага") - 14
        y += _GAP
        before = count
    return sheet.png(y)
