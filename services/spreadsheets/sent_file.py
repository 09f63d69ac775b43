"""A spreadsheet that somebody sent, as rows of text: what cannot be used as a whole is refused with words."""

import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from services.spreadsheets.errors import SheetError

if TYPE_CHECKING:
    from services.spreadsheets.table import CountKnown

SIZE_LIMIT = 5 * 1024 * 1024
"""Bytes of a file."""
_UNPACKED_LIMIT = 100 * 1024 * 1024
_HEADER_ROWS = 10
"""A title, a date, a merged cell may stand above the headings, but not more than so many rows of them."""
_STEM_LIMIT = 50
_MACROS = "vbaProject.bin"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: `number` is as a spreadsheet shows it, a `longer` one outruns the headings."""

    number: int
    cells: tuple[str, ...]
    longer: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings and the rows below them, every cell as text without spaces around; blank rows are left out."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def open_sent(name: str, content: bytes, count_known: "CountKnown", row_limit: int, parts: str) -> Sheet:
    """The sheet in a .csv or .xlsx of this name, with at most `row_limit` rows.

    `parts` says how a file that is too long is divided: «по школам». Raises SheetError when it cannot be used at
    all.
    """
    from services.spreadsheets.table import open_table

    suffix = Path(name).suffix.lower()
    if suffix in (".xlsm", ".xlsb", ".xls") or (suffix == ".xlsx" and _has_macros(content)):
        raise SheetError(
            "Файлы с макросами и старые файлы .xls не принимаем. Откройте таблицу в Excel и сохраните её как "
            "«Книга Excel (.xlsx)»."
        )
    if suffix not in (".csv", ".xlsx"):
        raise SheetError(f"Список нужен в файле .xlsx или .csv, а это «{Path(name).name}».")
    if not content:
        raise SheetError("Файл пустой. Заполните шаблон и пришлите его ещё раз.")
    divide = f"Разделите список на части, например {parts}, и пришлите каждую."
    if len(content) > SIZE_LIMIT:
        raise SheetError(f"Файл больше 5 МБ. {divide}")
    with tempfile.TemporaryDirectory(prefix="sheet") as folder:
        path = Path(folder, f"{_stem(name)}{suffix}")
        path.write_bytes(content)
        table = open_table(path, count_known, header_rows=_HEADER_ROWS, unpacked_limit=_UNPACKED_LIMIT)
        width = len(table.headers)
        rows: list[Row] = []
        for block in table.blocks:
            for number, values in enumerate(block.frame.iter_rows(), start=block.first_row):
                cells = tuple((value or "").strip() for value in values)
                if any(cells):
                    rows.append(Row(number, cells[:width], any(cells[width:])))
            if len(rows) > row_limit:
                raise SheetError(f"В файле больше {row_limit} строк. {divide}")
    return Sheet(tuple(" ".join(header.split()) for header in table.headers), tuple(rows))


def _stem(name: str) -> str:
    """The person's own name of the file, by which a refusal calls it, short enough for any disk."""
    return "".join(mark for mark in Path(name).stem if mark.isprintable())[:_STEM_LIMIT] or "Список"


def _has_macros(content: bytes) -> bool:
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(BytesIO(content)) as archive:
        return any(name.endswith(_MACROS) for name in archive.namelist())
    return False
