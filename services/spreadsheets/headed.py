"""Columns found by their headings, and what a cell says."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from services.spreadsheets.errors import SheetError

Column = TypeVar("Column", bound=StrEnum)


def plain(header: str) -> str:
    """The heading in the one spelling that spellings are compared by: «Срок (дней)» is «срок дней»."""
    told = unicodedata.normalize("NFKC", header).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+", told))


def by_spelling(spellings: Mapping[Column, Sequence[str]]) -> dict[str, Column]:
    """Columns by each of their spellings."""
    return {spelling: column for column, several in spellings.items() for spelling in several}


def known_count(headers: Sequence[str], columns: Mapping[str, Column]) -> int:
    """How many of the columns are among the headings."""
    return len({column for header in headers if (column := columns.get(plain(header))) is not None})


def places_of(
    headers: Sequence[str], columns: Mapping[str, Column], needed: Collection[Column]
) -> dict[Column, int]:
    """Positions of the columns. Raises SheetError when a needed one is missing or one is there twice."""
    found: dict[Column, list[int]] = {}
    for position, header in enumerate(headers):
        column = columns.get(plain(header))
        if column is not None:
            found.setdefault(column, []).append(position)
    several = [place for places in found.values() if len(places) > 1 for place in places]
    if several:
        names = ", ".join(f"«{headers[place]}»" for place in several)
        raise SheetError(f"Столбцы {names} значат одно и то же. Оставьте один из них и пришлите файл ещё раз.")
    missing = [column for column in needed if column not in found]
    if missing:
        raise SheetError(
            f"В файле не нашлось столбцов: {', '.join(f'«{column}»' for column in missing)}. "
            "Первая строка таблицы должна быть заголовками, как в шаблоне."
        )
    return {column: places[0] for column, places in found.items()}


def cell_text(cell: str) -> str:
    """The cell on one line without invisible marks."""
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    return "".join(mark for mark in text if unicodedata.category(mark) not in ("Cf", "Cc", "Cs"))


def short(text: str, length: int = 40) -> str:
    """The beginning of a cell, as a problem with it is told."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
