"""Results to draw, made from points directly: the charts are tested apart from the key of the instrument."""

from collections.abc import Sequence

from services.diagnostics.instrument import Band
from services.diagnostics.loading import load_instruments
from services.diagnostics.scoring import Measured, Result
from services.reporting.groups.model import Distribution, Frequency, GroupResults

BOYKO = load_instruments()["boyko"]
TYPICAL = (22, 12, 7, 17, 25, 9, 13, 19, 3, 16, 8, 10)


def result(points: Sequence[int]) -> Result:
    """A result with these points in the twelve scales, in order, cut to each scale's maximum."""
    kept = {scale.code: min(count, scale.maximum) for scale, count in zip(BOYKO.scales, points, strict=True)}
    return Result(
        BOYKO.id,
        BOYKO.version,
        tuple(
            _measured(scale.code, scale.title, kept[scale.code], scale.maximum, BOYKO.scale_bands)
            for scale in BOYKO.scales
        ),
        tuple(
            _measured(
                factor.code,
                factor.title,
                sum(kept[code] for code in factor.scales),
                BOYKO.factor_maximum(factor),
                BOYKO.factor_bands,
            )
            for factor in BOYKO.factors
        ),
        sum(kept.values()),
        sum(scale.maximum for scale in BOYKO.scales),
    )


def group(people: int, levels: Sequence[tuple[int, int, int]], symptoms: Sequence[int]) -> GroupResults:
    """A group with these counts of people by level of the three factors, and by symptom."""
    return GroupResults(
        people,
        tuple(band.title for band in BOYKO.factor_bands),
        tuple(
            Distribution(factor.code, factor.title, counts)
            for factor, counts in zip(BOYKO.factors, levels, strict=True)
        ),
        tuple(
            Frequency(scale.code, scale.title, count, people)
            for scale, count in zip(BOYKO.scales, symptoms, strict=True)
        ),
    )


def _measured(code: str, title: str, points: int, maximum: int, bands: Sequence[Band]) -> Measured:
    level = max(index for index, band in enumerate(bands) if points >= band.low)
    return Measured(code, title, points, maximum, bands[level], level)
