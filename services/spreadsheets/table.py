"""A spreadsheet as it is read: its headers, and its rows block by block, every cell as text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from services.spreadsheets.errors import SheetError

OVERFLOW = "overflow"
"""The column, past those with headers, that catches the first value too many of a row of CSV."""

BLOCK_ROWS = 10_000
"""Rows of a block at the most. When no cell of a file can be used, every cell of a block becomes a line of
problems: that is what has to fit in memory."""

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes that an .xlsx may unpack to: its sheet is read into memory as a whole."""

CountKnown = Callable[[Sequence[str]], int]
"""How many columns of a row of headers are known: by it the separator of a CSV file and the row are chosen."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some rows: text columns named by `column_name`, null where a cell is empty.

    `first_row` is the number that a spreadsheet shows beside the first of them (from 1); `done` of the
    table's `size` has been read when the block is out.
    """

    first_row: int
    frame: pl.DataFrame
    done: int


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A file being read; `blocks` can be gone through once. `size` is in the unit of `Block.done`."""

    headers: tuple[str, ...]
    blocks: Iterator[Block]
    size: int


def column_name(position: int) -> str:
    """The name in a block's frame of the column at `position` (from 0): headers repeat, names may not."""
    return f"c{position}"


def open_table(
    path: Path, count_known: CountKnown, *, header_rows: int = 1, unpacked_limit: int = UNPACKED_LIMIT
) -> Table:
    """Opens a .csv or .xlsx file and reads its headers: of the first `header_rows` rows that are not blank, the
    one with the most known columns.

    Raises SheetError when there is no such file, its kind is unknown, it is empty, broken or an .xlsx that
    unpacks to more than `unpacked_limit` bytes; reading the blocks may raise it too.
    """
    # Each reader is imported for its own kind of file: fastexcel is not needed for CSV.
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise SheetError(
            f"Неизвестный вид файла «{path.name}»: нужен .csv или .xlsx. "
            "Откройте его в табличном редакторе и сохраните заново."
        )
    if not path.exists():
        raise SheetError(f"Файл не найден: {path}")
    if path.is_dir():
        raise SheetError(f"Это папка, а не файл: {path}")
    if path.stat().st_size == 0:
        raise SheetError(f"Файл пустой: {path}")
    if suffix == ".csv":
        from services.spreadsheets.csv_table import open_csv

        return open_csv(path, count_known, header_rows)
    from services.spreadsheets.xlsx_table import open_xlsx

    return open_xlsx(path, count_known, header_rows, unpacked_limit)
