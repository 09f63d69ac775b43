"""Rows that cannot be scored, and why: an answer is missing or unknown, or the row has a value too many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from services.diagnostics.sheets.answers import NO_CODE
from services.diagnostics.sheets.columns import Columns, column_letters
from services.spreadsheets.table import OVERFLOW, Block, column_name

PROBLEM_HEADERS = ("Строка", "Столбец", "Вопрос", "Значение", "Причина")
MISSING = "нет ответа"
UNKNOWN = "непонятный ответ"
ALL_MISSING = "нет ни одного ответа"
TOO_MANY = "лишнее значение: строка длиннее заголовков"

_SCHEMA = {
    "row": pl.Int64,
    "column": pl.String,
    "title": pl.String,
    "value": pl.String,
    "reason": pl.String,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that stops its row from being scored; `row` and `column` are as a spreadsheet shows them."""

    row: int
    column: str
    title: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class CheckedRows:
    """Rows of a block: `good` (n,) are to be scored, `blank` (n,) hold nothing at all and are nobody's sheet.

    `problems` has the fields of Problem as columns, in the order of rows and then columns.
    """

    good: NDArray[np.bool_]
    blank: NDArray[np.bool_]
    problems: pl.DataFrame


def check_rows(block: Block, codes: NDArray[np.uint8], columns: Columns, headers: Sequence[str]) -> CheckedRows:
    """Tells the rows that can be scored; `codes` (n, items) are the answers as AnswerReader gives them."""
    frame = block.frame
    bad = codes == NO_CODE
    extra = _filled(frame, [OVERFLOW]) if OVERFLOW in frame.columns else np.zeros(frame.height, dtype=np.bool_)
    good = ~(bad.any(axis=1) | extra)
    if good.all():
        return CheckedRows(good, np.zeros_like(good), pl.DataFrame(schema=_SCHEMA))

    no_answers = bad.all(axis=1)
    no_answers[no_answers] = ~_filled(
        frame.filter(pl.Series(no_answers)), [column_name(position) for position in columns.items]
    )
    blank = no_answers & ~extra
    blank[blank] = ~_filled(
        frame.filter(pl.Series(blank)), [column_name(position) for position in columns.carried]
    )
    found = [
        _cells(frame, column_name(position), bad[:, item] & ~no_answers, position, headers[position])
        for item, position in enumerate(columns.items)
    ]
    if OVERFLOW in frame.columns:
        found.append(_cells(frame, OVERFLOW, extra, len(headers), "").with_columns(reason=pl.lit(TOO_MANY)))
    found.append(_rows(no_answers & ~blank & ~extra))
    problems = pl.concat(found).sort("row", "position", maintain_order=True).drop("position")
    return CheckedRows(good, blank, problems.with_columns(pl.col("row") + block.first_row))


def as_problem(row: tuple[int, str, str, str, str]) -> Problem:
    """A row of `CheckedRows.problems` as a value."""
    return Problem(*row)


def _filled(frame: pl.DataFrame, names: Sequence[str]) -> NDArray[np.bool_]:
    """Which rows (n,) have something other than spaces in any of the columns."""
    if not names or not frame.height:
        return np.zeros(frame.height, dtype=np.bool_)
    texts = pl.col(names).str.strip_chars().str.len_bytes() > 0
    return frame.select(pl.any_horizontal(texts.fill_null(False)).alias("filled"))["filled"].to_numpy()


def _cells(frame: pl.DataFrame, name: str, rows: NDArray[np.bool_], position: int, title: str) -> pl.DataFrame:
    numbers = np.flatnonzero(rows)
    values = frame[name].gather(numbers).fill_null("") if len(numbers) else pl.Series(dtype=pl.String)
    missing = values.str.strip_chars().str.len_bytes() == 0
    return pl.DataFrame({"row": numbers, "value": values}, schema={"row": pl.Int64, "value": pl.String}).select(
        "row",
        pl.lit(column_letters(position)).alias("column"),
        pl.lit(title).alias("title"),
        "value",
        pl.when(missing).then(pl.lit(MISSING)).otherwise(pl.lit(UNKNOWN)).alias("reason"),
        pl.lit(position).alias("position"),
    )


def _rows(rows: NDArray[np.bool_]) -> pl.DataFrame:
    """One problem for a person's whole row: a line for each of its empty cells would hide the others."""
    return pl.DataFrame({"row": np.flatnonzero(rows)}, schema={"row": pl.Int64}).select(
        "row",
        pl.lit("").alias("column"),
        pl.lit("все вопросы").alias("title"),
        pl.lit("").alias("value"),
        pl.lit(ALL_MISSING).alias("reason"),
        pl.lit(0).alias("position"),
    )
