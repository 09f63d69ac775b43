"""What a whole file of sheets says: levels by factor, points by scale, how often symptoms have formed.

Counted block by block from histograms of points, so a million people need no more memory than ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from services.diagnostics.instrument import EXPRESSED, Instrument
from services.diagnostics.scoring import SheetScores
from services.diagnostics.sheets.results import nouns
from services.reporting.shares import NO_DATA, share


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a group, `count` of `total` people."""

    count: int
    total: int


Cell = str | int | Decimal | Share | None


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the summary. None in a row is a figure that an empty group does not have."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """Points of one scale over the group, None when it is empty."""

    title: str
    mean: Decimal | None
    median: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a group of `scored` people.

    `levels` has each factor's title and its counts by factor band; `formed` has the scales' titles and how
    many people are in a band named formed or dominant, the most frequent first (empty without such bands).
    """

    scored: int
    scale_noun: str
    factor_noun: str
    level_titles: tuple[str, ...]
    levels: tuple[tuple[str, tuple[int, ...]], ...]
    scales: tuple[ScaleFigures, ...]
    formed: tuple[tuple[str, int], ...]


class SummaryCounter:
    """Collects the scores of a group, block by block."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._scored = 0
        self._points = [np.zeros(scale.maximum + 1, dtype=np.int64) for scale in instrument.scales]
        self._formed_bands = [index for index, band in enumerate(instrument.scale_bands) if band.code in EXPRESSED]
        self._formed = np.zeros(len(instrument.scales), dtype=np.int64)
        self._levels = np.zeros((len(instrument.factors), len(instrument.factor_bands)), dtype=np.int64)

    def add(self, scores: SheetScores) -> None:
        """Counts some more people."""
        self._scored += len(scores.total)
        for index, histogram in enumerate(self._points):
            histogram += np.bincount(scores.scales[:, index], minlength=len(histogram))
        self._formed += np.isin(scores.scale_levels, self._formed_bands).sum(axis=0)
        for index, counts in enumerate(self._levels):
            counts += np.bincount(scores.factor_levels[:, index], minlength=len(counts))

    def summary(self) -> Summary:
        """The figures of all people counted so far."""
        scale_noun, factor_noun = nouns(self._instrument)
        titles = [scale.title for scale in self._instrument.scales]
        formed = [(title, int(count)) for title, count in zip(titles, self._formed, strict=True)]
        return Summary(
            scored=self._scored,
            scale_noun=scale_noun,
            factor_noun=factor_noun,
            level_titles=tuple(band.title for band in self._instrument.factor_bands),
            levels=tuple(
                (factor.title, tuple(int(count) for count in counts))
                for factor, counts in zip(self._instrument.factors, self._levels, strict=True)
            ),
            scales=tuple(
                ScaleFigures(title, _mean(histogram), _median(histogram))
                for title, histogram in zip(titles, self._points, strict=True)
            ),
            formed=tuple(sorted(formed, key=lambda one: -one[1])) if self._formed_bands else (),
        )


def summary_sections(summary: Summary) -> list[Section]:
    """The summary as tables, for a screen or a sheet."""
    total = summary.scored
    scale, factor = summary.scale_noun, summary.factor_noun
    sections = [
        Section("Сводка", ("Показатель", "Значение"), (("Обработано анкет", total),)),
        Section(
            "Распределение по уровням",
            (factor, "уровень", "человек", "доля"),
            tuple(
                (title, level, count, Share(count, total))
                for title, counts in summary.levels
                for level, count in zip(summary.level_titles, counts, strict=True)
            ),
        ),
        Section(
            "Баллы",
            (scale, "среднее", "медиана"),
            tuple((figures.title, figures.mean, figures.median) for figures in summary.scales),
        ),
    ]
    if summary.formed:
        sections.append(
            Section(
                "Сложившиеся и доминирующие",
                (scale, "человек", "доля"),
                tuple((title, count, Share(count, total)) for title, count in summary.formed),
            )
        )
    return sections


def cell_text(cell: Cell) -> str:
    """A figure as Russian documents write it: «15,7 %», «12,5», «нет данных»."""
    if cell is None:
        return NO_DATA
    if isinstance(cell, Share):
        return share(cell.count, cell.total)
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _mean(histogram: NDArray[np.int64]) -> Decimal | None:
    people = int(histogram.sum())
    if not people:
        return None
    points = int(histogram @ np.arange(len(histogram)))
    return (Decimal(points) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _median(histogram: NDArray[np.int64]) -> Decimal | None:
    people = int(histogram.sum())
    if not people:
        return None
    reached = np.cumsum(histogram)
    middle: Sequence[int] = ((people - 1) // 2, people // 2)
    low, high = (int(np.searchsorted(reached, place, side="right")) for place in middle)
    return (Decimal(low + high) / 2).quantize(Decimal("0.1"))
