"""From finished sheets to the figures of a group that portions keep, and from those to results with titles."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.diagnostics.answering import Sheet
from services.diagnostics.instrument import ANSWERED, EXPRESSED, Band, Instrument, Item, ItemKind
from services.diagnostics.scoring import pack, score_sheets
from services.reporting.groups.model import Choice, Distribution, Frequency, GroupResults
from services.reporting.groups.suppression import Figures, Measure

_WITH_DEFICITS = "deficits"
_WITH_DEFICITS_TITLE = "Есть хотя бы один дефицит"


def figures_of(instrument: Instrument, sheets: Sequence[Sheet]) -> Figures:
    """What a group answered, added up: levels of factors and scales, options of questions that are not scored.

    A measure counts only those who have the level or have answered.
    """
    packed = pack([sheet.answers for sheet in sheets])
    measures: dict[str, Measure] = {}
    if instrument.scales:
        scores = score_sheets(instrument, packed)
        for index, factor in enumerate(instrument.factors):
            levels = scores.factor_levels[:, index]
            measures[f"factor.{factor.code}"] = _levels(levels, len(instrument.factor_bands))
        for index, scale in enumerate(instrument.scales):
            levels = scores.scale_levels[:, index]
            measures[f"scale.{scale.code}"] = _levels(levels, len(instrument.scale_bands))
        if deficits := _deficits(instrument):
            # Whoever lacks the score of one scale may or may not have a deficit there: such people are left out.
            known = scores.scale_levels[(scores.scale_levels >= 0).all(axis=1)]
            found = int(np.isin(known, deficits).any(axis=1).sum())
            measures[_WITH_DEFICITS] = Measure(len(known), (found,))
    for item in _questions(instrument):
        measures[_code(item)] = _chosen(item, packed[:, item.number - 1], sheets)
    return Figures(len(sheets), measures)


def results(instrument: Instrument, figures: Figures) -> GroupResults:
    """The figures with the instrument's titles; what too few people have is without counts or left out."""
    factors, bands, kind = instrument.factors, instrument.factor_bands, "factor"
    frequent = _frequent(instrument)
    measured: Sequence[Any] = factors
    if not factors:
        measured, bands, kind = instrument.scales, instrument.scale_bands, "scale"
    return GroupResults(
        people=figures.people,
        level_titles=tuple(band.title for band in bands),
        factors=tuple(
            Distribution(one.code, one.title, known.counts if known else (0,) * len(bands))
            for one in measured
            for known in [figures.measures.get(f"{kind}.{one.code}")]
        ),
        symptoms=tuple(
            Frequency(scale.code, scale.title, sum(known.counts[index] for index in frequent), known.people)
            for scale in instrument.scales
            if frequent and (known := figures.measures.get(f"scale.{scale.code}"))
        ),
        choices=tuple(
            Choice(
                item.text,
                known.people,
                tuple((option.title, count) for option, count in zip(item.options, known.counts, strict=True)),
            )
            for item in _questions(instrument)
            if (known := figures.measures.get(_code(item)))
        ),
        with_deficits=(
            Frequency(_WITH_DEFICITS, _WITH_DEFICITS_TITLE, known.counts[0], known.people)
            if (known := figures.measures.get(_WITH_DEFICITS))
            else None
        ),
    )


def asks_several(instrument: Instrument) -> bool:
    """Whether its figures need values that are kept beside the packed answers."""
    return any(item.kind is ItemKind.SEVERAL for item in instrument.items)


def _levels(levels: NDArray[np.int8], bands: int) -> Measure:
    counts = np.bincount(levels[levels >= 0], minlength=bands)
    return Measure(int(counts.sum()), tuple(int(count) for count in counts))


def _chosen(item: Item, column: NDArray[np.uint8], sheets: Sequence[Sheet]) -> Measure:
    codes = [option.code for option in item.options]
    if item.kind is ItemKind.SEVERAL:
        answers = [
            str(sheet.values[item.number]) for sheet in sheets if sheet.answers[item.number - 1] == ANSWERED
        ]
        return Measure(len(answers), tuple(sum(code in answer for answer in answers) for code in codes))
    counts = np.bincount(column, minlength=128)
    chosen = tuple(int(counts[ord(code)]) for code in codes)
    return Measure(sum(chosen), chosen)


def _questions(instrument: Instrument) -> list[Item]:
    """Items with options that no scale counts."""
    kinds = (ItemKind.CHOICE, ItemKind.LIKERT, ItemKind.SEVERAL)
    return [item for item in instrument.items if item.kind in kinds and not item.points]


def _code(item: Item) -> str:
    return f"item.{item.number}"


def _deficits(instrument: Instrument) -> list[int]:
    return [index for index, band in enumerate(instrument.scale_bands) if band.deficit]


def _frequent(instrument: Instrument) -> list[int]:
    """Bands of a scale whose people are counted together: deficits, or else expressed symptoms."""

    def counted(band: Band) -> bool:
        return band.deficit if _deficits(instrument) else band.code in EXPRESSED

    return [index for index, band in enumerate(instrument.scale_bands) if counted(band)]
