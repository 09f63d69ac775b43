"""Reads the first sheet of an Excel file."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from services.spreadsheets.errors import SheetError
from services.spreadsheets.table import BLOCK_ROWS, Block, CountKnown, Table, column_name


def open_xlsx(path: Path, count_known: CountKnown, header_rows: int, unpacked_limit: int) -> Table:
    """Opens the file and reads its first sheet; raises SheetError as `table.open_table` says."""
    _refuse_too_large(path, unpacked_limit)
    try:
        book = fastexcel.read_excel(path)
        # Without skip_rows=0 blank rows at the top vanish and the numbers of all rows shift.
        frame = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except (fastexcel.FastExcelError, ValueError) as error:
        raise SheetError(
            f"Файл «{path.name}» не открывается: он повреждён, закрыт паролем или это не .xlsx."
        ) from error
    frame.columns = [column_name(position) for position in range(frame.width)]
    frame = frame.cast(pl.String)
    filled = frame.select(
        pl.any_horizontal(pl.all().str.strip_chars().str.len_bytes() > 0).fill_null(False).alias("filled")
    )["filled"]
    rows = filled.arg_true()[:header_rows].to_list() if frame.width else []
    if not rows:
        raise SheetError(f"Первый лист файла пустой: {path}")
    titles = {row: tuple(title or "" for title in frame.row(row)) for row in rows}
    header = max(rows, key=lambda row: count_known(titles[row]))
    return Table(titles[header], _blocks(frame, header + 1), frame.height)


def _blocks(frame: pl.DataFrame, start: int) -> Iterator[Block]:
    for offset in range(start, frame.height, BLOCK_ROWS):
        block = frame.slice(offset, BLOCK_ROWS)
        yield Block(offset + 1, block, offset + block.height)


def _refuse_too_large(path: Path, limit: int) -> None:
    """A sheet is read into memory as a whole: one that unpacks to too much is refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/"))
    except (zipfile.BadZipFile, OSError):
        return  # Not an archive: the reader tells what is wrong.
    if size > limit:
        raise SheetError(f"Файл «{path.name}» слишком большой для .xlsx: сохраните его как .csv.")
