"""The columns of results that are added to a person's row: points and levels, named in Russian."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from services.diagnostics.instrument import Band, Instrument
from services.diagnostics.scoring import SheetScores

_NOUNS = {"boyko": ("Симптом", "Фаза")}
"""What the authors of an instrument call its scales and factors."""
_TOTAL = "Итоговый балл"


def nouns(instrument: Instrument) -> tuple[str, str]:
    """What a scale and a factor of the instrument are called, in Russian."""
    return _NOUNS.get(instrument.id, ("Шкала", "Фактор"))


def result_headers(instrument: Instrument) -> list[str]:
    """Headers in the order of `result_columns`: «Симптом: …», its «… — уровень», the factors, the total."""
    scale, factor = nouns(instrument)
    titles = [f"{scale}: {one.title}" for one in instrument.scales]
    titles += [f"{factor}: {one.title}" for one in instrument.factors]
    return [header for title in titles for header in (title, f"{title} — уровень")] + [_TOTAL]


def result_columns(instrument: Instrument, scores: SheetScores) -> pl.DataFrame:
    """Points and level of every scale and factor and the total of n people, columns "r0", "r1", ..."""
    columns = [
        *_points_and_levels(scores.scales, scores.scale_levels, instrument.scale_bands),
        *_points_and_levels(scores.factors, scores.factor_levels, instrument.factor_bands),
        pl.Series(scores.total),
    ]
    return pl.DataFrame([column.alias(f"r{position}") for position, column in enumerate(columns)])


def _points_and_levels(points: NDArray[Any], levels: NDArray[np.int8], bands: Sequence[Band]) -> list[pl.Series]:
    titles = pl.Series([band.title for band in bands], dtype=pl.String)
    columns: list[pl.Series] = []
    for index in range(points.shape[1]):
        columns.append(pl.Series(np.ascontiguousarray(points[:, index])))
        columns.append(titles.gather(np.ascontiguousarray(levels[:, index])))
    return columns
