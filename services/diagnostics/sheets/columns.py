"""Which column of a spreadsheet holds which item, told by the headers.

Three kinds of header name an item: its text in our wording, a bare number ("1", "в1", "Вопрос 1", "[1]"),
and a number before any other text ("1. Неурядицы…"). The last is weak, since a form numbers its other
questions too ("1. Ваша должность"): it counts only when such headers give the whole instrument by themselves.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.diagnostics.instrument import Instrument
from services.spreadsheets.errors import SheetError

_WORDS = "вопрос|вопр|в|пункт|п|утверждение|утв|суждение|ответ|item|question|q|sq|v"
# NFKC has already made «№» of "No".
_NUMBER = (
    rf"(?:(?:{_WORDS})\.?[\s_:-]*)?(?:(?:no|#)[\s._]*)?[\[(]?\s*0*(?P<number>[1-9]\d{{0,2}})(?:\.0)?\s*[\])]?"
)
_BARE = re.compile(rf"{_NUMBER}\s*[.:;)]?(?:\s*(?:-?\s*[йяе]\s+)?(?:вопрос|пункт|утверждение))?")
_LEADING = re.compile(rf"{_NUMBER}\s*(?:[.:)]|\s-)\s*(?P<text>\D.*)")
_GRID = re.compile(r".*\[(?P<row>[^\[\]]*)\]")
_TITLE_LENGTH = 50

_Found = Mapping[int, Sequence[int]]
"""Positions of columns by the number of the item they name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row: `items` has the position of each item in order, `carried` all others.

    `foreign_numbers` are numbers in headers past the last item: perhaps a sheet of another instrument.
    """

    items: tuple[int, ...]
    carried: tuple[int, ...]
    foreign_numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    by_text: _Found
    bare: _Found
    leading: _Found

    def strong(self) -> _Found:
        return _merged(self.by_text, self.bare)

    def numbered(self) -> _Found:
        """Empty when an item's own text stands without its number: then the numbers in headers are the form's."""
        number_at = {position: number for number, places in self.leading.items() for position in places}
        for number, places in self.by_text.items():
            if any(number_at.get(position) != number for position in places):
                return {}
        return _merged(self.bare, self.leading)


def find_columns(headers: Sequence[str], instrument: Instrument) -> Columns:
    """Tells the columns of the items from the others.

    Raises SheetError when an item has no column or several, naming all such items.
    """
    names = _read_headers(headers, instrument)
    count = len(instrument.items)
    found = next((kind for kind in (names.strong(), names.numbered()) if _complete(kind, count)), None)
    if found is None:
        fuller = max(names.numbered(), names.strong(), key=lambda kind: _distinct(kind, count))
        raise SheetError(_complaint(fuller, headers, count))
    items = tuple(found[number][0] for number in range(1, count + 1))
    taken = set(items)
    return Columns(
        items=items,
        carried=tuple(position for position in range(len(headers)) if position not in taken),
        foreign_numbers=tuple(sorted(number for number in names.bare if number > count)),
    )


def count_items(headers: Sequence[str], instrument: Instrument) -> int:
    """How many items the headers name in any way: tells a right reading of a file from a wrong one."""
    names = _read_headers(headers, instrument)
    return _distinct(_merged(names.strong(), names.leading), len(instrument.items))


def number_ranges(numbers: Iterable[int]) -> str:
    """Numbers as a person lists them: "3, 17, 40–52"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(str(number) for number in run) for run in runs
    )


def column_letters(position: int) -> str:
    """The name a spreadsheet shows above the column at `position` (from 0): A, B, ..., Z, AA."""
    letters = ""
    left = position + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _read_headers(headers: Sequence[str], instrument: Instrument) -> _Names:
    texts = _item_texts(tuple(item.text for item in instrument.items))
    by_text: dict[int, list[int]] = defaultdict(list)
    bare: dict[int, list[int]] = defaultdict(list)
    leading: dict[int, list[int]] = defaultdict(list)
    for position, header in enumerate(headers):
        whole = _folded(header)
        grid = _GRID.fullmatch(whole)
        # A grid of Google Forms heads its columns "Title of the grid [row]".
        for name in (grid["row"].strip(), whole) if grid else (whole,):
            numbered = _LEADING.fullmatch(name)
            if numbered:
                leading[int(numbered["number"])].append(position)
            number = texts.get(_letters_only(name)) or (numbered and texts.get(_letters_only(numbered["text"])))
            if number:
                by_text[number].append(position)
                break
            if match := _BARE.fullmatch(name):
                bare[int(match["number"])].append(position)
                break
            if numbered:
                break
    return _Names(by_text, bare, leading)


@lru_cache(maxsize=8)
def _item_texts(texts: tuple[str, ...]) -> dict[str, int]:
    return {_letters_only(_folded(text)): number for number, text in enumerate(texts, start=1)}


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = "".join("-" if character in "–—−" else character for character in plain if character != "\ufeff")
    return " ".join(plain.split())


def _letters_only(text: str) -> str:
    """Spreadsheets and forms change quotes, dashes and full stops; the words stay."""
    return " ".join(re.findall(r"\w+", text))


def _merged(first: _Found, second: _Found) -> _Found:
    numbers = first.keys() | second.keys()
    return {number: sorted({*first.get(number, ()), *second.get(number, ())}) for number in numbers}


def _complete(found: _Found, count: int) -> bool:
    taken = [position for number in range(1, count + 1) for position in found.get(number, ())]
    return len(taken) == count == len(set(taken)) and _distinct(found, count) == count


def _distinct(found: _Found, count: int) -> int:
    return sum(1 <= number <= count for number in found)


def _complaint(found: _Found, headers: Sequence[str], count: int) -> str:
    missing = [number for number in range(1, count + 1) if number not in found]
    if len(missing) == count:
        return (
            f"В заголовках нет ни одного вопроса методики. Нужны столбцы с номерами от 1 до {count} "
            "(«1», «в1», «Вопрос 1») или с текстом самих вопросов; заголовки — в первой строке."
        )
    lines = []
    if missing:
        lines.append(f"Не найдены столбцы вопросов: {number_ranges(missing)}.")
    for number in sorted(found):
        if number <= count and len(found[number]) > 1:
            places = ", ".join(
                f"{column_letters(position)} «{shortened(headers[position])}»" for position in found[number]
            )
            lines.append(f"Вопрос {number} встречается несколько раз: {places}.")
    lines.append("У каждого вопроса должен быть ровно один столбец.")
    return "\n".join(lines)


def shortened(text: str, length: int = _TITLE_LENGTH) -> str:
    """The text on one line, cut to `length` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
