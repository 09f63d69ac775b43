"""Scores answer sheets: pure functions of (instrument, answers), one sheet or a million by the same way.

An item adds its weight to its scale when the keyed option was chosen; a factor is the sum of its scales; the
total is the sum of the factors (as Boyko's inventory is scored). An unfinished sheet has no score at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.diagnostics.instrument import UNANSWERED, Band, Instrument

_CHUNK = 8_192
"""Rows scored at a time: keeps the intermediate arrays at a few megabytes, whatever the number of sheets."""


class Incomplete(Exception):  # noqa: N818 - a state of a test, not a fault
    """The test is not finished; `unanswered` has the numbers of the items left, from 1, in order."""

    def __init__(self, unanswered: tuple[int, ...]) -> None:
        self.unanswered = unanswered
        super().__init__(f"{len(unanswered)} items without an answer: {', '.join(map(str, unanswered))}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A scale or a factor of one person: `points` of `maximum`, and the band they fall in."""

    code: str
    title: str
    points: int
    maximum: int
    band: Band
    band_index: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one finished sheet says: `total` points of `maximum`, all in the instrument's order."""

    instrument_id: str
    version: str
    scales: tuple[Measured, ...]
    factors: tuple[Measured, ...]
    total: int
    maximum: int


@dataclass(frozen=True, slots=True, eq=False)
class SheetScores:
    """Scores of n sheets, one row a sheet, columns in the instrument's order of S scales and F factors.

    `scales` (n, S), `factors` (n, F) and `total` (n,) are points, int16; `scale_levels` (n, S) and
    `factor_levels` (n, F) are indexes into the instrument's scale_bands and factor_bands, int8.
    """

    scales: NDArray[np.int16]
    scale_levels: NDArray[np.int8]
    factors: NDArray[np.int16]
    factor_levels: NDArray[np.int8]
    total: NDArray[np.int16]


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
    """The result of one person; `answers` is packed, one option code an item, "." where there is no answer.

    Raises Incomplete when items are unanswered, ValueError when the length or a code does not fit.
    """
    if len(answers) != len(instrument.items):
        raise ValueError(f"{len(answers)} answers for {len(instrument.items)} items of {instrument.id}")
    for number, code in enumerate(answers, start=1):
        if code not in instrument.option_codes and code != UNANSWERED:
            raise ValueError(f"item {number} has the answer {code!r}, not one of {instrument.option_codes!r}")
    if UNANSWERED in answers:
        raise Incomplete(tuple(number for number, code in enumerate(answers, start=1) if code == UNANSWERED))
    scores = score_sheets(instrument, pack([answers]))
    return Result(
        instrument_id=instrument.id,
        version=instrument.version,
        scales=tuple(
            _measured(scale.code, scale.title, scale.maximum, instrument.scale_bands, int(points), int(level))
            for scale, points, level in zip(
                instrument.scales, scores.scales[0], scores.scale_levels[0], strict=True
            )
        ),
        factors=tuple(
            _measured(
                factor.code,
                factor.title,
                instrument.factor_maximum(factor),
                instrument.factor_bands,
                int(points),
                int(level),
            )
            for factor, points, level in zip(
                instrument.factors, scores.factors[0], scores.factor_levels[0], strict=True
            )
        ),
        total=int(scores.total[0]),
        maximum=sum(scale.maximum for scale in instrument.scales),
    )


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
    scores = SheetScores(
        scales=np.empty((count, len(instrument.scales)), dtype=np.int16),
        scale_levels=np.empty((count, len(instrument.scales)), dtype=np.int8),
        factors=np.empty((count, len(instrument.factors)), dtype=np.int16),
        factor_levels=np.empty((count, len(instrument.factors)), dtype=np.int8),
        total=np.empty(count, dtype=np.int16),
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
            points += chosen.astype(np.float32) @ key
        if known != chunk.size:
            raise ValueError(_first_fault(instrument, chunk, start))
        sums = points @ groups
        scores.scales[rows] = points
        scores.scale_levels[rows] = _levels(instrument.scale_bands, points)
        scores.factors[rows] = sums
        scores.factor_levels[rows] = _levels(instrument.factor_bands, sums)
        scores.total[rows] = sums.sum(axis=1)
    return scores


def _keys(instrument: Instrument) -> dict[int, NDArray[np.float32]]:
    """For each option's ASCII code, the points (items, scales) that choosing it adds."""
    shape = (len(instrument.items), len(instrument.scales))
    keys = {ord(code): np.zeros(shape, dtype=np.float32) for code in instrument.option_codes}
    for row, item in enumerate(instrument.items):
        keys[ord(item.keyed)][row, instrument.scale_index[item.scale]] = item.weight
    return keys


def _groups(instrument: Instrument) -> NDArray[np.float32]:
    """Which scales (rows) each factor (column) sums: ones and zeros."""
    groups = np.zeros((len(instrument.scales), len(instrument.factors)), dtype=np.float32)
    for column, factor in enumerate(instrument.factors):
        for code in factor.scales:
            groups[instrument.scale_index[code], column] = 1
    return groups


def _levels(bands: Sequence[Band], points: NDArray[np.float32]) -> NDArray[np.intp]:
    lows = np.array([band.low for band in bands], dtype=np.float32)
    return np.searchsorted(lows, points, side="right") - 1


def _measured(code: str, title: str, maximum: int, bands: Sequence[Band], points: int, level: int) -> Measured:
    return Measured(code, title, points, maximum, bands[level], level)


def _first_fault(instrument: Instrument, chunk: NDArray[np.uint8], start: int) -> str:
    good = np.isin(chunk, np.frombuffer(instrument.option_codes.encode("ascii"), dtype=np.uint8))
    row, column = (int(index) for index in np.argwhere(~good)[0])
    code = chr(chunk[row, column])
    fault = "no answer" if code == UNANSWERED else f"the unknown answer {code!r}"
    return f"row {start + row} has {fault} to item {column + 1}; only complete sheets are scored"
