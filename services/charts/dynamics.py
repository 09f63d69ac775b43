"""The chart of repeated tests: each factor from test to test, against its levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from services.charts.scored import band_of, points_of
from services.charts.sheet import Sheet
from services.charts.style import (
    ACCENT,
    MARGIN,
    MUTED,
    NOT_A_DIAGNOSIS,
    RAIL,
    SMALL,
    WHITE,
    WIDTH,
    level_shades,
    month,
    span,
)
from services.diagnostics.instrument import Band, Instrument
from services.diagnostics.scoring import Measured, Result

MOST = 12
"""Tests that one chart has room for."""

_PLOT = 216  # height that the points spread over
_PAD = 52  # above and below it, for figures at the top and the bottom points
_LEFT = MARGIN + 50


@dataclass(frozen=True, slots=True)
class _Dates:
    """How days are written: `step` is the least distance of two tests, `edge` that to the plot's side."""

    stacked: bool
    size: float
    step: float
    edge: float


_ROOMY = _Dates(stacked=False, size=SMALL, step=118, edge=58)
_CROWDED = _Dates(stacked=True, size=27, step=76, edge=42)
_ROOMY_MOST = 7


def draw_dynamics(instrument: Instrument, taken: Sequence[tuple[date, Result]]) -> bytes:
    """A PNG 1080 pixels wide with the factors of at least two tests in the order of their days.

    Of more than `MOST` tests the latest are drawn. Raises ValueError for fewer than two.
    """
    if len(taken) < 2:
        raise ValueError(f"dynamics need at least two tests, not {len(taken)}")
    latest = sorted(taken, key=lambda test: test[0])[-MOST:]
    days = [day for day, _ in latest]
    sheet = Sheet()
    shown = f"{len(latest)} последних из {len(taken)}" if len(taken) > len(latest) else str(len(taken))
    y = sheet.heading(instrument.title, f"Как менялся результат. Тестов: {shown}")
    bands = instrument.factor_bands
    shades = level_shades(len(bands))
    words = [(shade, f"{span(band)}: {band.title}") for shade, band in zip(shades, bands, strict=True)]
    y = sheet.legend(y + 14, words[::-1])
    dates = _ROOMY if len(days) <= _ROOMY_MOST else _CROWDED
    xs = _positions(days, dates)
    for index in range(len(instrument.factors)):
        y = _panel(sheet, y + 16, bands, xs, [result.factors[index] for _, result in latest])
    y = _days(sheet, y, xs, days, dates)
    return sheet.png(y, NOT_A_DIAGNOSIS)


def _positions(days: Sequence[date], dates: _Dates) -> list[float]:
    """Where the tests stand, in pixels: a step apart at least, the rest shared out as time passed."""
    first, last = _LEFT + dates.edge, WIDTH - MARGIN - dates.edge
    gaps = [(after - before).days for before, after in pairwise(days)]
    if not sum(gaps):
        gaps = [1] * len(gaps)
    spare = last - first - dates.step * len(gaps)
    return list(accumulate((dates.step + spare * gap / sum(gaps) for gap in gaps), initial=first))


def _panel(
    sheet: Sheet, top: float, bands: Sequence[Band], xs: Sequence[float], tests: Sequence[Measured]
) -> float:
    """One factor: its title with the way from the first level to the last, the bands, the points."""
    last = tests[-1]
    y = sheet.part(top, last.title, f"{points_of(tests[0])} → {points_of(last)}, {band_of(last).title}")
    floor = y + _PAD + _PLOT
    pixel = _PLOT / last.maximum
    _bands(sheet, bands, y, floor, pixel)
    for x in xs:
        sheet.line([x, x], [y, floor + _PAD], RAIL, 2)
    heights = [floor - points_of(test) * pixel for test in tests]
    sheet.line(xs, heights, ACCENT, 6, dots=22)
    for index, test in enumerate(tests):
        below = 46 if _is_valley(tests, index) else -20
        sheet.text(
            xs[index],
            heights[index] + below,
            str(points_of(test)),
            size=SMALL,
            bold=True,
            align="center",
            halo=WHITE,
        )
    return floor + _PAD


def _bands(sheet: Sheet, bands: Sequence[Band], top: float, floor: float, pixel: float) -> None:
    """Shades of the levels from the lowest up, and the points at which each begins."""
    low = floor + _PAD
    for band, above, shade in zip(bands, (*bands[1:], None), level_shades(len(bands)), strict=True):
        high = top if above is None else floor - above.low * pixel
        sheet.box(_LEFT, high, WIDTH - MARGIN - _LEFT, low - high, shade)
        if band.low:
            sheet.text(_LEFT - 10, low + 11, str(band.low), size=SMALL, color=MUTED, align="right")
        low = high


def _is_valley(tests: Sequence[Measured], index: int) -> bool:
    """Whether the line runs above the point on both sides, so that its figure belongs under it."""
    points = points_of(tests[index])
    beside = [points_of(test) for test in (*tests[max(index - 1, 0) : index], *tests[index + 1 : index + 2])]
    return min(beside) >= points and max(beside) > points


def _days(sheet: Sheet, top: float, xs: Sequence[float], days: Sequence[date], dates: _Dates) -> float:
    """Days under the tests, the year where it changes."""
    bottom = top
    for index, (x, day) in enumerate(zip(xs, days, strict=True)):
        lines = [str(day.day), month(day)] if dates.stacked else [f"{day.day} {month(day)}"]
        if index == 0 or days[index - 1].year != day.year:
            lines.append(str(day.year))
        for number, line in enumerate(lines, start=1):
            sheet.text(x, top + 38 * number, line, size=dates.size, align="center")
        bottom = max(bottom, top + 38 * len(lines))
    return bottom + 14
