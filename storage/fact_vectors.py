"""Counting by school and for the whole over vectors: the database packs rows into numbers, NumPy counts."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.fact_windows import WHOLE, Counted, Window

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


async def vectors(connection: AsyncConnection, rows: Select[Any]) -> Mapping[str, Numbers]:
    """The columns of `rows` by name. They are whole numbers, never NULL."""
    columns = rows.subquery("vectors").c
    # One row with a text a column: to fetch a row each would take the driver longer than the database counts.
    texts = select(
        *(func.aggregate_strings(cast(column, Text), ",").label(name) for name, column in columns.items())
    )
    found = (await connection.execute(texts)).mappings().one()
    return {name: np.fromstring(text or "", dtype=np.int64, sep=",") for name, text in found.items()}


def packed(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Which of the conditions hold, as the bits of one number, the first the lowest."""
    first, *others = (case((condition, 1 << bit), else_=0) for bit, condition in enumerate(conditions))
    return sum(others, start=first)


def unpacked(numbers: Numbers, many: int) -> Sequence[Flags]:
    """What `packed` has put into the numbers."""
    return [(numbers >> bit) & 1 == 1 for bit in range(many)]


def aligned(keys: Numbers, of_rows: Numbers, values: Numbers) -> Numbers:
    """By each key the value of its row, or 0. `of_rows`: the keys of rows, each once and among `keys`."""
    order = np.argsort(keys)
    found = np.zeros(keys.size, dtype=np.int64)
    found[order[np.searchsorted(keys, of_rows, sorter=order)]] = values
    return found


class ByPlace:
    """Rows of people in schools, of which there may be several a person."""

    def __init__(self, counted: Counted, schools: Numbers, people: Numbers) -> None:
        self._counted = counted
        self._order = np.asarray(sorted(counted.schools), dtype=np.int64)
        self._school = np.searchsorted(self._order, schools)
        known, self._person = np.unique(people, return_inverse=True)
        self._people = known.size
        pairs, self._pair = np.unique(self._school * max(1, known.size) + self._person, return_inverse=True)
        self._school_of_pair = pairs // max(1, known.size)

    def people(self, window: Window, code: str, here: Flags, anywhere: Flags) -> None:
        """Put into the counts who has a row that counts `here`, in its school, or `anywhere`, for the whole."""
        having = np.zeros(self._school_of_pair.size, dtype=np.bool_)
        having[self._pair[here]] = True
        self._put(window, code, np.bincount(self._school_of_pair[having], minlength=self._order.size))
        of_whole = np.zeros(self._people, dtype=np.bool_)
        of_whole[self._person[anywhere]] = True
        self._counted.of(window, WHOLE)[code] = int(np.count_nonzero(of_whole))

    def sums(self, window: Window, code: str, amounts: Numbers | Flags) -> None:
        """Put into the counts the sum of the amounts, of flags how many are set."""
        of_schools = np.bincount(self._school, weights=amounts, minlength=self._order.size)
        self._put(window, code, of_schools)
        self._counted.of(window, WHOLE)[code] = int(of_schools.sum())

    def _put(self, window: Window, code: str, of_schools: NDArray[Any]) -> None:
        for school, number in zip(self._order.tolist(), of_schools.tolist(), strict=True):
            self._counted.of(window, school)[code] = int(number)
