"""One factor of a group: how many people are at each of its levels, as a bar of parts."""

from collections.abc import Sequence

from services.charts.sheet import Sheet
from services.charts.style import INNER, MARGIN, RAIL, WHITE, grouped
from services.reporting.groups.model import Distribution
from services.reporting.shares import share

LEAST = 8.0
"""Pixels: a part nobody would see is widened to this, one person is not nobody."""

_STACK = 50
_PARTING = 4  # white between the parts of a stack, so that they differ without colour too
_MARK = 26


def counted(count: int, people: int) -> str:
    """«12 (48 %)»."""
    return f"{grouped(count)} ({share(count, people)})"


def stack(sheet: Sheet, top: float, factor: Distribution, colors: Sequence[str]) -> float:
    """The title, the parts, and under them their figures in equal columns. Returns where the next may begin."""
    people = factor.people
    y = sheet.part(top, factor.title)
    widths = [max(INNER * count / people, LEAST) if count else 0 for count in factor.counts]
    x = float(MARGIN)
    for width, color in zip(widths, colors, strict=True):
        scaled = width * INNER / sum(widths) if width else 0
        sheet.box(x, y, scaled, _STACK, color)
        if x > MARGIN and scaled:
            sheet.box(x - _PARTING / 2, y, _PARTING, _STACK, WHITE)
        x += scaled
    if not any(widths):
        sheet.box(MARGIN, y + _STACK / 2 - 2, INNER, 4, RAIL)
    step = INNER / len(colors)
    y += _STACK + 42
    for column, (count, color) in enumerate(zip(factor.counts, colors, strict=True)):
        x = MARGIN + column * step
        sheet.box(x, y - _MARK + 1, _MARK, _MARK, color)
        sheet.text(x + _MARK + 8, y, counted(count, people))
    return y + 22
