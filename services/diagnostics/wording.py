"""An instrument's published wording, loaded by an operator who holds it, in place of ours.

Only the texts of the items change: the key, the scales and the version stay those of the instrument.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from services.diagnostics.instrument import Instrument

TEXT_LIMIT = 500
"""Characters of one item: a statement must be readable in one message together with its buttons."""
TITLE_LIMIT = 200

_ITEM_NAMES = frozenset({"item", "номер"})
_TEXT_NAMES = frozenset({"wording", "текст"})


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts of all items of one version of an instrument, in the order of the items."""

    instrument_id: str
    version: str
    title: str
    texts: tuple[str, ...]


class WordingError(ValueError):
    """A file of wording is refused; `problems` has a line for each mistake, in Russian, with its row."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(f"{path.name}:\n" + "\n".join(problems))


def read_wording(instrument: Instrument, path: Path, title: str | None = None) -> Wording:
    """The wording in a CSV file: UTF-8 or Windows-1251, comma or semicolon, named `title` or by the file.

    Columns `item` (or `номер`) and `wording` (or `текст`), others are ignored. A file without a header has
    just these two, in this order. Raises WordingError unless each item of the instrument has exactly one
    text of 1 to 500 characters; OSError when the file cannot be read.
    """
    problems: list[str] = []
    try:
        rows = _rows(_decoded(path.read_bytes()))
        texts = _texts(rows, len(instrument.items), problems)
    except _UnreadableError as error:
        raise WordingError(path, [str(error)]) from error
    name = (title or "").strip() or path.stem
    if len(name) > TITLE_LIMIT:
        problems.append(f"Название длиннее {TITLE_LIMIT} знаков, сократите его.")
    if problems:
        raise WordingError(path, problems)
    ordered = tuple(texts[item.number] for item in instrument.items)
    return Wording(instrument.id, instrument.version, name, ordered)


def reworded(instrument: Instrument, wording: Wording) -> Instrument:
    """The same instrument with the texts of `wording`; raises ValueError when they are of another one."""
    if (wording.instrument_id, wording.version) != (instrument.id, instrument.version):
        raise ValueError(
            f"the wording is of {wording.instrument_id} {wording.version}, "
            f"the instrument is {instrument.id} {instrument.version}"
        )
    items = tuple(replace(item, text=text) for item, text in zip(instrument.items, wording.texts, strict=True))
    return replace(instrument, items=items, wording=wording.title)


class _UnreadableError(Exception):
    """The file as a whole cannot be understood."""


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # UTF-16 passes for either, but is full of zeros.
        if "\0" not in text and (encoding != "cp1251" or _reads_as_russian(text)):
            return text
    raise _UnreadableError("Файл не в кодировке UTF-8 или Windows-1251. Сохраните таблицу как «CSV UTF-8».")


def _reads_as_russian(text: str) -> bool:
    """Almost any bytes pass for Windows-1251; only in Russian read rightly do small letters prevail."""
    foreign = [char for char in text if not char.isascii()]
    return 2 * sum("а" <= char <= "я" or char == "ё" for char in foreign) > len(foreign)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that have something in them, with their numbers from 1 as a spreadsheet shows them."""
    start = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    separator = re.search(r"[,;]", start)
    if separator is None:
        raise _UnreadableError(
            "В первой строке нет ни запятой, ни точки с запятой. Нужны два столбца: номер и текст."
        )
    # Rows are counted as a spreadsheet counts them: a text of several lines is one row.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator.group(), strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            cells = [_cleaned(cell) for cell in row]
            if any(cells):
                rows.append((number, cells))
    except csv.Error as error:
        raise _UnreadableError(
            f"Строка {number + 1}: кавычка открыта и не закрыта или стоит не на месте."
        ) from error
    if not rows:
        raise _UnreadableError("В файле нет ни одной строки с текстом.")
    return rows


def _texts(rows: Sequence[tuple[int, list[str]]], item_count: int, problems: list[str]) -> dict[int, str]:
    _, first = rows[0]
    item_column, text_column, width = 0, 1, 2
    if not first[0].isdecimal():
        item_column, text_column = _column(first, _ITEM_NAMES), _column(first, _TEXT_NAMES)
        width = len(first)
        rows = rows[1:]
    texts: dict[int, str] = {}
    seen: dict[int, int] = {}
    for row, cells in rows:
        # An unquoted comma inside a text would cut the text short without a word.
        if any(cells[width:]):
            problems.append(
                f"Строка {row}: лишние ячейки. Если в тексте есть разделитель, возьмите текст в кавычки."
            )
        cell = cells[item_column] if item_column < len(cells) else ""
        if re.fullmatch(r"[0-9]{1,6}", cell) is None or not 1 <= int(cell) <= item_count:
            problems.append(f"Строка {row}: номер «{cell}» не подходит, нужен номер от 1 до {item_count}.")
            continue
        item = int(cell)
        if item in seen:
            problems.append(f"Строка {row}: пункт {item} уже был в строке {seen[item]}. Оставьте один.")
            continue
        seen[item] = row
        texts[item] = cells[text_column] if text_column < len(cells) else ""
        problems += [f"Строка {row}: пункт {item}: {fault}" for fault in _faults(texts[item])]
    missing = [str(item) for item in range(1, item_count + 1) if item not in seen]
    if missing:
        problems.append(f"Нет текста пунктов: {', '.join(missing)}.")
    return texts


def _column(header: Sequence[str], names: frozenset[str]) -> int:
    columns = [index for index, cell in enumerate(header) if cell.casefold() in names]
    if len(columns) != 1:
        titles = " или ".join(f"«{name}»" for name in sorted(names))
        found = "его нет" if not columns else "он не один"
        raise _UnreadableError(f"В первой строке нужен ровно один столбец {titles}, а {found}.")
    return columns[0]


def _cleaned(cell: str) -> str:
    """Spaces made single; soft hyphens and other invisible marks, which word processors leave, dropped."""
    return " ".join("".join(char for char in cell if unicodedata.category(char) != "Cf").split())


def _faults(text: str) -> list[str]:
    if not text:
        return ["нет текста."]
    faults = []
    if len(text) > TEXT_LIMIT:
        faults.append(f"в тексте {len(text)} знаков, можно не больше {TEXT_LIMIT}.")
    if not text.isprintable():
        faults.append("в тексте есть непечатаемый знак, наберите текст заново.")
    return faults
