"""Scores answer sheets: pure functions of (instrument, answers), one sheet or a million by the same way.

An item adds the points of the option chosen to its scale; a scale is their sum or mean, a factor the sum or mean
of its scales; the total is the sum of the factors, or of the scales where there are no factors. An unfinished
sheet has no score at all. A scale lacks one when answers to it are missing and its rule does not allow that, and
so does whatever contains it. Sums of what nobody can skip are whole numbers; other points have one digit, half up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.diagnostics.instrument import (
    ANSWERED,
    HIDDEN,
    ONE_OPTION,
    SKIPPED,
    UNANSWERED,
    Band,
    Instrument,
    Item,
    Method,
    MissingRule,
)

_CHUNK = 8_192
"""Rows scored at a time: keeps the intermediate arrays at a few megabytes, whatever the number of sheets."""

NO_LEVEL = -1
"""The level of a scale or factor without a score."""


class Incomplete(Exception):  # noqa: N818 - a state of a test, not a fault
    """The test is not finished; `unanswered` has the numbers of the items left, from 1, in order."""

    def __init__(self, unanswered: tuple[int, ...]) -> None:
        self.unanswered = unanswered
        super().__init__(f"{len(unanswered)} items without an answer: {', '.join(map(str, unanswered))}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A scale or a factor of one person: `points` of `maximum`, and the band they fall in.

    Without a score `points` and `band` are None and `band_index` is NO_LEVEL.
    """

    code: str
    title: str
    points: float | None
    maximum: float
    band: Band | None
    band_index: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one finished sheet says: `total` points of `maximum` (None where a part has none), in order."""

    instrument_id: str
    version: str
    scales: tuple[Measured, ...]
    factors: tuple[Measured, ...]
    total: float | None
    maximum: float


@dataclass(frozen=True, slots=True, eq=False)
class SheetScores:
    """Scores of n sheets, one row a sheet, columns in the instrument's order of S scales and F factors.

    `scales` (n, S), `factors` (n, F) and `total` (n,) are points: int16 of an instrument that is `exact`, float32
    of others, NaN without a score. `scale_levels` (n, S) and `factor_levels` (n, F) are indexes into the
    instrument's scale_bands and factor_bands, int8, NO_LEVEL without a score.
    """

    scales: NDArray[Any]
    scale_levels: NDArray[np.int8]
    factors: NDArray[Any]
    factor_levels: NDArray[np.int8]
    total: NDArray[Any]


def pack(sheets: Sequence[str]) -> NDArray[np.uint8]:
    """Packed answers of n people as an array (n, items) of ASCII codes; no sheets give the shape (0, 0).

    Raises ValueError naming the first row (from 0) of another length or with a character out of ASCII.
    """
    if not sheets:
        return np.empty((0, 0), dtype=np.uint8)
    width = len(sheets[0])
    if set(map(len, sheets)) != {width}:
        row = next(row for row, sheet in enumerate(sheets) if len(sheet) != width)
        raise ValueError(f"row {row} has {len(sheets[row])} answers, the rows before it {width}")
    try:
        codes = "".join(sheets).encode("ascii")
    except UnicodeEncodeError as error:
        raise ValueError(f"row {error.start // width} has an answer that is not an ASCII character") from error
    return np.frombuffer(codes, dtype=np.uint8).reshape(len(sheets), width)


def score(instrument: Instrument, answers: str) -> Result:
    """The result of one person; `answers` is packed, an option's code or a mark an item, "." for no answer.

    Raises Incomplete when items are unanswered, ValueError when the length or a code does not fit.
    """
    if len(answers) != len(instrument.items):
        raise ValueError(f"{len(answers)} answers for {len(instrument.items)} items of {instrument.id}")
    for item, code in zip(instrument.items, answers, strict=True):
        if code not in allowed_codes(item) + UNANSWERED:
            raise ValueError(f"item {item.number} has the answer {code!r}, not one of {allowed_codes(item)!r}")
    if UNANSWERED in answers:
        raise Incomplete(tuple(number for number, code in enumerate(answers, start=1) if code == UNANSWERED))
    scores = score_sheets(instrument, pack([answers]))
    factor_maxima = [instrument.factor_maximum(factor) for factor in instrument.factors]
    return Result(
        instrument_id=instrument.id,
        version=instrument.version,
        scales=tuple(
            _measured(scale.code, scale.title, scale.maximum, instrument.scale_bands, points, level)
            for scale, points, level in zip(
                instrument.scales, scores.scales[0].tolist(), scores.scale_levels[0].tolist(), strict=True
            )
        ),
        factors=tuple(
            _measured(factor.code, factor.title, maximum, instrument.factor_bands, points, level)
            for factor, maximum, points, level in zip(
                instrument.factors,
                factor_maxima,
                scores.factors[0].tolist(),
                scores.factor_levels[0].tolist(),
                strict=True,
            )
        ),
        total=_figure(scores.total[0].item()),
        maximum=sum(factor_maxima) if instrument.factors else sum(scale.maximum for scale in instrument.scales),
    )


def allowed_codes(item: Item) -> str:
    """The characters that a finished sheet may have at the item."""
    codes = item.option_codes if item.kind in ONE_OPTION else ANSWERED
    return codes + (SKIPPED if item.optional else "") + (HIDDEN if item.show_if else "")


def score_sheets(instrument: Instrument, sheets: NDArray[np.uint8]) -> SheetScores:
    """Scores of n complete sheets, an array (n, items) of ASCII codes as `pack` makes it.

    Raises ValueError for an array of another shape or type, or naming the first row (from 0) that has an
    unanswered item or an unknown code.
    """
    count = len(sheets)
    if sheets.dtype != np.uint8 or sheets.ndim != 2 or (count and sheets.shape[1] != len(instrument.items)):
        expected = f"uint8 of the shape (n, {len(instrument.items)})"
        raise ValueError(f"sheets must be {expected}, not {sheets.dtype} {sheets.shape}")
    keys, groups = _keys(instrument), _groups(instrument)
    kind = np.int16 if instrument.exact else np.float32
    scores = SheetScores(
        scales=np.empty((count, len(instrument.scales)), dtype=kind),
        scale_levels=np.empty((count, len(instrument.scales)), dtype=np.int8),
        factors=np.empty((count, len(instrument.factors)), dtype=kind),
        factor_levels=np.empty((count, len(instrument.factors)), dtype=np.int8),
        total=np.empty(count, dtype=kind),
    )
    for start in range(0, count, _CHUNK):
        rows = slice(start, start + _CHUNK)
        chunk = sheets[rows]
        # Exact: whole numbers under 2**24 have no rounding in float32, and only float products are fast.
        points = np.zeros((len(chunk), len(instrument.scales)), dtype=np.float32)
        known = 0
        for code, key in keys.items():
            chosen = chunk == code
            known += int(np.count_nonzero(chosen))
            if key is not None:
                points += chosen.astype(np.float32) @ key
        if known != chunk.size or not instrument.plain:
            _refuse_faults(instrument, chunk, start)
        if instrument.exact:
            sums = points @ groups
        else:
            points = _settled(instrument, chunk, points)
            sums = _together(points, groups)
        scores.scales[rows] = points
        scores.scale_levels[rows] = _levels(instrument.scale_bands, points)
        scores.factors[rows] = sums
        scores.factor_levels[rows] = _levels(instrument.factor_bands, sums)
        scores.total[rows] = (sums if instrument.factors else points).sum(axis=1)
    return scores


def _keys(instrument: Instrument) -> dict[int, NDArray[np.float32] | None]:
    """For each code's ASCII number, the points (items, scales) that it adds; None when it adds nothing."""
    shape = (len(instrument.items), len(instrument.scales))
    codes = "".join(dict.fromkeys("".join(allowed_codes(item) for item in instrument.items)))
    keys: dict[int, NDArray[np.float32] | None] = dict.fromkeys(map(ord, codes))
    for row, item in enumerate(instrument.items):
        for code, points in item.points.items():
            if points and item.scale is not None:
                key = keys[ord(code)]
                if key is None:
                    key = keys[ord(code)] = np.zeros(shape, dtype=np.float32)
                key[row, instrument.scale_index[item.scale]] = points
    return keys


def _groups(instrument: Instrument) -> NDArray[np.float32]:
    """What each scale (row) gives to each factor (column): all of it to a sum, its share to a mean."""
    groups = np.zeros((len(instrument.scales), len(instrument.factors)), dtype=np.float32)
    for column, factor in enumerate(instrument.factors):
        for code in factor.scales:
            share = 1 if factor.method is Method.SUM else 1 / len(factor.scales)
            groups[instrument.scale_index[code], column] = share
    return groups


def _settled(instrument: Instrument, chunk: NDArray[np.uint8], points: NDArray[np.float32]) -> NDArray[np.float32]:
    """The points (n, scales) after each scale's rule for missing answers and its method, NaN without a score."""
    settled = np.empty(points.shape, dtype=np.float64)
    for column, scale in enumerate(instrument.scales):
        places = [place for place, item in enumerate(instrument.items) if item.scale == scale.code]
        answers = chunk[:, places]
        total = len(places)
        given = total - np.count_nonzero((answers == ord(SKIPPED)) | (answers == ord(HIDDEN)), axis=1)
        least = {MissingRule.REFUSE: total, MissingRule.ZERO: 0, MissingRule.MEAN: scale.missing.at_least}
        if scale.missing.rule is MissingRule.ZERO:
            given = np.full(len(chunk), total)
        counted = np.maximum(given, 1)
        whole = 1 if scale.method is Method.MEAN else total
        figures = points[:, column].astype(np.float64) * whole / counted
        settled[:, column] = np.where(given >= least[scale.missing.rule], figures, np.nan)
    return _rounded(settled)


def _together(points: NDArray[np.float32], groups: NDArray[np.float32]) -> NDArray[np.float32]:
    """The factors (n, factors); one with a scale that has no score has none."""
    lacking = np.isnan(points)
    sums = np.where(lacking, 0, points) @ groups
    return _rounded(np.where(lacking @ (groups > 0), np.nan, sums))


def _rounded(points: NDArray[Any]) -> NDArray[np.float32]:
    """To one digit, half up; what fell short of a half by the last bit of a float counts as a half."""
    return np.asarray(np.floor(points.astype(np.float64) * 10 + 0.5 + 1e-4) / 10, dtype=np.float32)


def _levels(bands: Sequence[Band], points: NDArray[np.float32]) -> NDArray[np.intp]:
    # Rounding to tenths leaves 2.3 a little under or over the 2.3 of a band.
    lows = np.array([band.low for band in bands], dtype=np.float32) - np.float32(0.01)
    levels = np.searchsorted(lows, points, side="right") - 1
    return np.where(np.isnan(points), NO_LEVEL, levels)


def _measured(code: str, title: str, maximum: float, bands: Sequence[Band], points: float, level: int) -> Measured:
    return Measured(code, title, _figure(points), maximum, bands[level] if level >= 0 else None, level)


def _figure(points: float) -> float | None:
    """A figure as people read it: whole where it is whole, to one digit otherwise; None for NaN."""
    if np.isnan(points):
        return None
    return int(points) if float(points).is_integer() else round(float(points), 1)


def _refuse_faults(instrument: Instrument, chunk: NDArray[np.uint8], start: int) -> None:
    """Raise ValueError for the first answer of the chunk that its item does not have."""
    good = np.column_stack(
        [
            np.isin(chunk[:, place], np.frombuffer(allowed_codes(item).encode("ascii"), dtype=np.uint8))
            for place, item in enumerate(instrument.items)
        ]
    )
    if good.all():
        return
    row, column = (int(index) for index in np.argwhere(~good)[0])
    code = chr(chunk[row, column])
    fault = "no answer" if code == UNANSWERED else f"the unknown answer {code!r}"
    raise ValueError(f"row {start + row} has {fault} to item {column + 1}; only complete sheets are scored")
