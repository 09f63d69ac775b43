"""Reads a roster: each row is checked, and what is wrong is told with its place and how to mend it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from services.people import registration
from services.people.registration import Unclear
from services.people.roster.columns import find_columns
from services.people.roster.file import open_sheet
from services.people.roster.model import Entry, Field, Problem, Roster
from services.spreadsheets.errors import SheetError
from services.spreadsheets.sent_file import Row

MEND = "Что исправить"
"""The heading under which problems are written into a person's own file; it comes back to us with the file."""
EXAMPLE = "пример"
"""What the school of the template's example row begins with."""
SCHOOL_LIMIT = 100

_FORMULA = ("=", "+", "-", "@", "\u2212", "＝", "＋", "－", "＠")
_NOTHING = re.compile(r"[-–—−.\s]*|н/д|б/н")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_CATEGORIES = {
    "высшая": re.compile(r"высш"),
    "первая": re.compile(r"перв|1(?:-?я)?\b|i\b"),
    "соответствие": re.compile(r"соотв|сзд\b"),
    "нет": re.compile(r"нет\b|без|б/?к\b|не имеет|отсутствует"),
}


def read_roster(name: str, content: bytes, today: date) -> Roster:
    """The people in a file. Raises SheetError when the file cannot be used at all."""
    sheet = open_sheet(name, content)
    columns = find_columns(sheet.headers)
    entries: list[Entry] = []
    problems: list[Problem] = []
    unclear: set[str] = set()
    examples = 0
    for row in sheet.rows:
        cells = {field: row.cells[place] for field, place in columns.places.items()}
        if not any(cells.values()):
            continue
        if cells[Field.SCHOOL].casefold().startswith(EXAMPLE):
            examples += 1
            continue
        read = _Row(row, cells, today)
        entry = read.entry()
        problems += read.problems
        if read.problems:
            unclear.add(entry.full_name)
        else:
            entries.append(entry)
    if not entries and not problems:
        raise SheetError("В файле только заголовки: впишите людей, по одному в строке, и пришлите его ещё раз.")
    ignored = tuple(header for header in columns.ignored if header.casefold() != MEND.casefold())
    return Roster(tuple(entries), tuple(problems), frozenset(unclear), ignored, examples)


class _Row:
    """One row being read; its problems are gathered as its cells are."""

    def __init__(self, row: Row, cells: Mapping[Field, str], today: date) -> None:
        self._number = row.number
        self._cells = cells
        self._year = today.year
        self.problems: list[Problem] = []
        if row.longer:
            self._complain(
                list(cells)[-1],
                "ячеек больше, чем заголовков. Если внутри текста есть «;» или запятая, возьмите его в кавычки",
            )

    def entry(self) -> Entry:
        """The row's person; to be used only when there are no problems."""
        birth_year = self._birth_year()
        return Entry(
            row=self._number,
            school=self._school(),
            full_name=self._full_name(),
            position=self._words(Field.POSITION, needed="укажите должность, например: учитель"),
            subject=self._words(Field.SUBJECT),
            years_of_work=self._years(birth_year),
            birth_year=birth_year,
            category=self._category(),
        )

    def _complain(self, field: Field, text: str) -> None:
        self.problems.append(Problem(self._number, field.value, text))

    def _text(self, field: Field) -> str:
        """The cell on one line without invisible marks; empty for a dash, too."""
        text = unicodedata.normalize("NFC", self._cells.get(field, ""))
        text = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
        text = " ".join(text.split())
        return "" if _NOTHING.fullmatch(text.casefold()) else text

    def _said(self, field: Field) -> str:
        """The cell as `_text`; a formula is complained of and then empty."""
        text = self._text(field)
        if text.startswith(_FORMULA):
            self._complain(field, f"«{_short(text)}» — начинается со знака «{text[0]}». Впишите обычный текст")
            return ""
        return text

    def _complained(self, field: Field) -> bool:
        return any(problem.column == field.value for problem in self.problems)

    def _needed(self, field: Field, mend: str) -> str:
        text = self._said(field)
        if not text and not self._complained(field):
            self._complain(field, mend)
        return text

    def _school(self) -> str:
        text = self._needed(Field.SCHOOL, "впишите школу в каждую строку; если ячейки объединены, разъедините их")
        if len(text) > SCHOOL_LIMIT:
            self._complain(Field.SCHOOL, f"название длиннее {SCHOOL_LIMIT} знаков, сократите его")
        elif text and not any(mark.isalpha() for mark in text):
            self._complain(Field.SCHOOL, f"«{text}» — напишите название словами, например: Школа № {text}")
        return text

    def _full_name(self) -> str:
        if Field.FULL_NAME in self._cells:
            column = Field.FULL_NAME
            name = self._needed(column, "впишите фамилию, имя и отчество, например: Иванова Мария Петровна")
        else:
            column = Field.SURNAME
            parts = [
                self._needed(Field.SURNAME, "впишите фамилию, например: Иванова"),
                self._needed(Field.NAME, "впишите имя, например: Мария"),
                self._said(Field.PATRONYMIC),
            ]
            for field, part in zip((Field.SURNAME, Field.NAME, Field.PATRONYMIC), parts, strict=True):
                if any(not (mark.isalpha() or mark in " -'’.") for mark in part):
                    self._complain(field, f"«{_short(part)}» — нужны только буквы, без цифр и других знаков")
            name = " ".join(part for part in parts if part)
        if any(self._complained(field) for field in (column, Field.NAME, Field.PATRONYMIC)):
            return name
        try:
            return registration.full_name(" ".join(_cased(part) for part in name.split()))
        except Unclear:
            mend = "нужны фамилия и имя буквами, например: Иванова Мария Петровна"
            if len(name) > registration.NAME_LIMIT:
                mend = "получилось слишком длинно, оставьте только фамилию, имя и отчество"
            self._complain(column, f"«{_short(name)}» — {mend}")
            return name

    def _words(self, field: Field, needed: str | None = None) -> str:
        text = self._needed(field, needed) if needed else self._said(field)
        if not text:
            return ""
        try:
            return registration.short_field(text)
        except Unclear:
            self._complain(field, f"«{_short(text)}» — нужны слова, не длиннее {registration.FIELD_LIMIT} знаков")
            return ""

    def _birth_year(self) -> int | None:
        text = self._text(Field.BIRTH_YEAR)
        if not text:
            return None
        try:
            return registration.birth_year(_plain(text), self._year)
        except Unclear:
            self._complain(Field.BIRTH_YEAR, f"«{_short(text)}» — нужен год четырьмя цифрами, например 1976")
            return None

    def _years(self, birth_year: int | None) -> int | None:
        text = self._text(Field.YEARS)
        if not text:
            return None
        try:
            years = registration.years_of_work(_plain(text))
        except Unclear:
            self._complain(Field.YEARS, f"«{_short(text)}» — нужно число полных лет, например 12")
            return None
        try:
            return registration.years_of_work(str(years), birth_year, self._year)
        except Unclear:
            self._complain(
                Field.YEARS, f"«{_short(text)}» не сходится с годом рождения {birth_year}, проверьте оба числа"
            )
            return None

    def _category(self) -> str:
        text = self._text(Field.CATEGORY)
        if not text:
            return ""
        plain = text.casefold().replace("ё", "е")
        for category, pattern in _CATEGORIES.items():
            if pattern.match(plain):
                return category
        self._complain(Field.CATEGORY, f"«{_short(text)}» — напишите «высшая», «первая», «соответствие» или «нет»")
        return ""


def _cased(word: str) -> str:
    """«ИВАНОВА» as «Иванова»; initials and names written as usual stay."""
    letters = [part for part in re.findall(r"[^\W\d_]+", word) if len(part) > 1]
    if letters and all(part.isupper() for part in letters):
        return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
    return word


def _plain(number: str) -> str:
    """«12.0», as some programs save a whole number, is 12."""
    whole = _WHOLE.fullmatch(number)
    return whole[1] if whole else number


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
