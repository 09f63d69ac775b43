"""The chart of the main indicators from period to period."""

from collections.abc import Sequence
from itertools import pairwise

from services.charts.drawable import moving, points
from services.charts.sheet import Sheet
from services.charts.style import (
    ACCENT,
    INK,
    MARGIN,
    MUTED,
    PANEL,
    SMALL,
    WIDTH,
)
from services.reporting.indicators.indicator import Indicator
from services.reporting.indicators.registry import registry
from services.reporting.period_names import briefly
from services.reporting.periods import Period
from services.reporting.shares import NO_DATA
from services.reporting.statement.model import Amount, Statement
from services.reporting.statement.wording import amount_words

_PLOT = 96  # height that the points spread over
_PAD = 54  # above and below it, for the figures beside the points
_EDGE = 84  # from the side of the plot to the first and the last point
_NAME = 2 * _EDGE - 16
_NAME_SIZE = 28


def draw(statement: Statement) -> bytes:
    """A PNG with a panel for each indicator. Raises ValueError where there is nothing to compare."""
    codes = moving(statement)
    if not codes:
        raise ValueError("no two periods have values")
    periods = points(statement)
    sheet = Sheet()
    y = sheet.heading(statement.name, "Как менялись показатели")
    for code in codes:
        amounts = [point.amounts.get(code) for point in periods]
        y = _panel(sheet, y + 12, registry().of(code), amounts)
    return sheet.png(_names(sheet, y, [point.period for point in periods]))


def _panel(sheet: Sheet, top: float, indicator: Indicator, amounts: Sequence[Amount | None]) -> float:
    y = sheet.part(top, indicator.short)
    sheet.box(MARGIN, y, WIDTH - 2 * MARGIN, _PLOT + 2 * _PAD, PANEL)
    floor = y + _PAD + _PLOT
    values = [amount.value if amount is not None else None for amount in amounts]
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    # A small change is to look small: the plot spans at least a quarter of the highest value.
    base = max(0.0, low - max(high - low, high / 4) / 2)
    pixel = _PLOT / max(high - base, high / 4) if high else 0.0
    places = [
        (x, floor - (value - base) * pixel) if value is not None else None
        for x, value in zip(_xs(len(values)), values, strict=True)
    ]
    for first, second in pairwise(places):
        if first is not None and second is not None:
            sheet.line([first[0], second[0]], [first[1], second[1]], ACCENT, 6)
    for index, (place, amount) in enumerate(zip(places, amounts, strict=True)):
        if place is None or amount is None:
            continue
        sheet.line([place[0]], [place[1]], ACCENT, 0, dots=24)
        below = 48 if _is_valley(values, index) else -22
        sheet.text(
            place[0],
            place[1] + below,
            amount_words(indicator, amount),
            size=SMALL,
            bold=index == len(places) - 1,
            align="center",
            color=INK,
            halo=PANEL,
        )
    for x, value in zip(_xs(len(values)), values, strict=True):
        if value is None:
            for number, word in enumerate(NO_DATA.split()):
                sheet.text(x, floor - 40 + 34 * number, word, size=_NAME_SIZE, color=MUTED, align="center")
    return floor + _PAD


def _is_valley(values: Sequence[float | None], index: int) -> bool:
    """Whether the line runs above the point on both sides, so that its figure belongs under it."""
    here = values[index]
    beside = (*values[max(index - 1, 0) : index], *values[index + 1 : index + 2])
    known = [value for value in beside if value is not None]
    return here is not None and bool(known) and min(known) >= here and max(known) > here


def _xs(count: int) -> list[float]:
    first, last = MARGIN + _EDGE, WIDTH - MARGIN - _EDGE
    if count == 1:
        return [(first + last) / 2]
    return [first + (last - first) * index / (count - 1) for index in range(count)]


def _names(sheet: Sheet, top: float, periods: Sequence[Period]) -> float:
    """The periods under their points, in as many short lines as they need."""
    bottom = top
    for x, period in zip(_xs(len(periods)), periods, strict=True):
        for number, line in enumerate(sheet.wrap(briefly(period).replace("–", "– "), _NAME, _NAME_SIZE), start=1):
            sheet.text(x, top + 38 * number, line, size=_NAME_SIZE, align="center")
            bottom = max(bottom, top + 38 * number)
    return bottom + 14
