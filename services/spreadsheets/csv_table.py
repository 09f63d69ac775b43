"""Reads a CSV file whose encoding and separator nobody has told."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from services.spreadsheets.encoding import TextBlock, text_blocks
from services.spreadsheets.errors import SheetError
from services.spreadsheets.table import BLOCK_ROWS, OVERFLOW, Block, CountKnown, Table, column_name

_SEPARATORS = (";", ",", "\t")
_DIRECTIVE = re.compile(rb'\s*"?sep=(.)"?\s*?\r?\n', re.IGNORECASE)
_HEADER_LIMIT = 1024 * 1024
_EXCEL_FILE = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Header:
    separator: str
    titles: tuple[str, ...]
    row: int
    length: int
    """Bytes from the start of the text to the end of the header's row."""


def open_csv(path: Path, count_known: CountKnown, header_rows: int) -> Table:
    """Opens the file and reads its headers; raises SheetError as `table.open_table` says."""
    texts = text_blocks(path)
    first = next(texts, None)
    if first is None or not first.text.strip():
        raise SheetError(f"Файл пустой: {path}")
    if first.text.startswith(_EXCEL_FILE):
        raise SheetError(f"Это файл Excel с расширением .csv: переименуйте «{path.name}» в .xlsx.")
    header = _read_header(first.text, count_known, header_rows)
    rest = TextBlock(first.text[header.length :], first.read)
    return Table(header.titles, _blocks(chain([rest], texts), header), path.stat().st_size)


def _read_header(text: bytes, count_known: CountKnown, header_rows: int) -> _Header:
    # Excel takes a first line "sep=;" for an order, and does not show or count it.
    directive = _DIRECTIVE.match(text)
    start = directive.end() if directive else 0
    separators = (directive[1].decode(),) if directive else _SEPARATORS
    candidates = [
        header
        for separator in separators
        for header in _first_rows(text[start : start + _HEADER_LIMIT], separator, start, header_rows)
    ]
    if not candidates:
        raise SheetError("Не удаётся прочитать заголовки: проверьте кавычки в первой строке файла.")
    return max(candidates, key=lambda header: (count_known(header.titles), len(header.titles)))


def _first_rows(text: bytes, separator: str, start: int, header_rows: int) -> list[_Header]:
    """The first rows that are not blank, each as if it were the header."""
    # A cut in the middle of a character is far behind the headers.
    lines = text.decode(errors="ignore").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator)
    found: list[_Header] = []
    with suppress(csv.Error):
        for row, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                length = len("\n".join(lines[: reader.line_num]).encode()) + 1
                found.append(_Header(separator, tuple(cells), row, start + length))
                if len(found) == header_rows:
                    break
    return found


def _blocks(texts: Iterator[TextBlock], header: _Header) -> Iterator[Block]:
    names = [*map(column_name, range(len(header.titles))), OVERFLOW]
    row = header.row + 1
    for block in texts:
        if not block.text:
            continue
        try:
            frame = pl.read_csv(
                block.text,
                has_header=False,
                separator=header.separator,
                schema=dict.fromkeys(names, pl.String),
                truncate_ragged_lines=True,
            )
        except pl.exceptions.ComputeError as error:
            raise SheetError(_quote_complaint(block.text, header.separator, row)) from error
        for start in range(0, frame.height, BLOCK_ROWS):
            yield Block(row + start, frame.slice(start, BLOCK_ROWS), block.read)
        row += frame.height


def _quote_complaint(text: bytes, separator: str, row: int) -> str:
    """Says near which row the quotes are wrong: it has an odd number, or a strict reader refuses it."""
    lines = text.decode().split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator, strict=True)
    number = row
    try:
        for cells in reader:
            if separator.join(cells).count('"') % 2:
                break
            number += 1
    except csv.Error:
        pass
    return (
        f"Не удаётся разобрать строку {number} или следующую за ней: кавычка без пары. "
        "Исправьте её или сохраните таблицу как .xlsx."
    )
