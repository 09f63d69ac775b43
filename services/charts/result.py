"""The chart of one finished test: every scale as a bar, under the factor it belongs to."""

from datetime import date

from services.charts.scored import band_of, points_of
from services.charts.sheet import Sheet
from services.charts.style import (
    INNER,
    MARGIN,
    MUTED,
    NOT_A_DIAGNOSIS,
    PANEL,
    RAIL,
    SMALL,
    WHITE,
    WIDTH,
    full_date,
    level_colors,
)
from services.diagnostics.instrument import Band, Instrument
from services.diagnostics.scoring import Measured, Result

_GAP = 14
_POINTS = 64  # room for two bold figures after the longest bar


def draw_result(instrument: Instrument, result: Result, taken_on: date) -> bytes:
    """A PNG 1080 pixels wide: the scales of `result` by factor, with points and levels in words.

    `result` must be of this very version of `instrument`.
    """
    sheet = Sheet()
    total = f"Всего {result.total} из {result.maximum} баллов"
    y = sheet.heading(instrument.title, f"{full_date(taken_on)}. {total}")
    scales = _Scales(sheet, instrument)
    y = sheet.note(y, scales.caption()) + 12
    measured = {scale.code: scale for scale in result.scales}
    for factor, sums in zip(instrument.factors, result.factors, strict=True):
        y = _factor(sheet, y, sums)
        for code in factor.scales:
            y = scales.draw(y, measured[code])
        y = scales.axis(y)
    return sheet.png(y, NOT_A_DIAGNOSIS)


def _factor(sheet: Sheet, top: float, factor: Measured) -> float:
    """The header of a factor on a strip of its own."""
    bottom = sheet.part(top, factor.title, f"{points_of(factor)} из {factor.maximum}, {band_of(factor).title}")
    sheet.box(0, top, WIDTH, bottom - top, PANEL, zorder=0)
    return bottom + 12


class _Scales:
    """Draws scales to one measure: bars to the left, then points, levels in words in the right column."""

    def __init__(self, sheet: Sheet, instrument: Instrument) -> None:
        self._sheet = sheet
        self._bands = instrument.scale_bands
        self._colors = level_colors(len(self._bands))
        words = max(sheet.width(band.title, SMALL) for band in self._bands)
        self._pixel = (INNER - words - _GAP - _POINTS) / max(scale.maximum for scale in instrument.scales)

    def caption(self) -> str:
        """What the marks across the bars stand for."""
        return "Отметки: " + ", ".join(f"с {band.low} {band.title}" for band in self._marked) + "."

    def draw(self, top: float, scale: Measured) -> float:
        """The title of the scale and its bar under it. Returns where the next scale begins."""
        sheet = self._sheet
        length = points_of(scale) * self._pixel
        color = self._colors[scale.band_index]
        baseline, bottom = sheet.bar(top, scale.title, scale.maximum * self._pixel, length, color)
        points = str(points_of(scale))
        end = length + 2 * _GAP + sheet.width(points, bold=True)
        sheet.blank(MARGIN + length, baseline, end - length)
        for band in self._marked:
            x = band.low * self._pixel
            # A mark that the figure would cut in two is left out.
            if not length <= x < end:
                sheet.tick(MARGIN + x, baseline, WHITE if x < length else RAIL)
        sheet.text(MARGIN + length + _GAP, baseline, points, bold=True)
        sheet.text(WIDTH - MARGIN, baseline, band_of(scale).title, size=SMALL, color=MUTED, align="right")
        return bottom

    def axis(self, top: float) -> float:
        """The points at the marks. Returns where the chart goes on."""
        for band in self._marked:
            x = MARGIN + band.low * self._pixel
            self._sheet.text(x, top + 18, str(band.low), size=SMALL, color=MUTED, align="center")
        return top + 34

    @property
    def _marked(self) -> tuple[Band, ...]:
        return self._bands[1:]
