"""Counting by school and for the whole in one statement: rows of people, or of anything that is in one school."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.fact_windows import WHOLE, Counted, Window
from storage.types import BigId

NOW = "now"
"""The label of what is counted as of today, for every period that is not over."""

Columns = Mapping[tuple[str, str], ColumnElement[Any]]
"""What is counted: by the key of a period, or `NOW`, and code."""


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where it is so, else 0."""
    return case((condition, 1), else_=0)


def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """In how many rows it is so."""
    return func.count(case((condition, 1)))


def any_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 if it is so in any row, else 0."""
    return func.max(flag(condition))


def labelled(columns: Columns) -> list[ColumnElement[Any]]:
    """The columns as they are named in a statement."""
    return [column.label(_name(*key)) for key, column in columns.items()]


async def count_rows(
    connection: AsyncConnection, rows: Select[Any], columns: Columns, windows: Sequence[Window], counted: Counted
) -> None:
    """Put into `counted` what `rows` tell: one a `school`, with the `labelled` columns. The whole is their sum."""
    _look_for(columns, windows, counted)
    for row in (await connection.execute(rows)).mappings():
        if row["school"] in counted.schools:
            for key, code in columns:
                for window in _meant(key, windows):
                    counted.add(window, row["school"], {code: int(row[_name(key, code)] or 0)})


async def count_people(
    connection: AsyncConnection,
    rows: Select[Any],
    people: Columns,
    sums: Columns,
    windows: Sequence[Window],
    counted: Counted,
) -> None:
    """Put into `counted` how many people have each flag of `people`: one of two schools is once in the whole.

    `rows` have one for a `school` and `person_id`, with the `labelled` columns of both kinds, and `here`: 1 if the
    person counts in the school, 0 if in the whole alone. What is in `sums` is added up.
    """
    _look_for({**people, **sums}, windows, counted)
    found = rows.cte("counted_people")
    flags, added = [_name(*key) for key in people], [_name(*key) for key in sums]
    by_school = select(
        found.c.school.label("school"),
        *(func.sum(found.c[name] * found.c.here).label(name) for name in flags),
        *(func.sum(found.c[name]).label(name) for name in added),
    ).group_by(found.c.school)
    each = select(found.c.person_id, *(func.max(found.c[name]).label(name) for name in flags))
    once = each.group_by(found.c.person_id).subquery("once")
    whole = select(
        cast(literal(WHOLE), BigId).label("school"),
        *(func.sum(once.c[name]).label(name) for name in flags),
        *(cast(literal(0), BigId).label(name) for name in added),
    )
    for row in (await connection.execute(union_all(by_school, whole))).mappings():
        place = row["school"]
        for key, code in people:
            for window in _meant(key, windows):
                counted.of(window, place)[code] = int(row[_name(key, code)] or 0)
        for key, code in sums:
            for window in _meant(key, windows):
                if place != WHOLE:
                    counted.add(window, place, {code: int(row[_name(key, code)] or 0)})


def _look_for(columns: Iterable[tuple[str, str]], windows: Sequence[Window], counted: Counted) -> None:
    for key, code in columns:
        counted.look_for(_meant(key, windows), (code,))


def _meant(key: str, windows: Sequence[Window]) -> Iterable[Window]:
    if key == NOW:
        return [window for window in windows if window.live]
    return [window for window in windows if window.key == key]


def _name(key: str, code: str) -> str:
    return f"{key}/{code}"
