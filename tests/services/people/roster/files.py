"""Files that a methodist sends."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from services.people.roster.model import Entry, Problem
from services.people.roster.reading import read_roster

TODAY = date(2026, 9, 1)
HEADERS = (
    "Школа",
    "Фамилия",
    "Имя",
    "Отчество",
    "Должность",
    "Предмет",
    "Стаж",
    "Год рождения",
    "Категория",
)
MARIA = ("Школа № 1", "Иванова", "Мария", "Петровна", "учитель", "математика", "12", "1980", "первая")
READ = Entry(2, "Школа № 1", "Иванова Мария Петровна", "учитель", "математика", 12, 1980, "первая")


def csv(*rows: Sequence[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(encoding)


def xlsx(*rows: Sequence[str]) -> bytes:
    """A workbook whose numbers are numbers and whose formulas are formulas, as people have them."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def row(**cells: str) -> tuple[str, ...]:
    """Maria's row with other cells, by the heading."""
    return tuple(cells.get(header.replace(" ", "_"), value) for header, value in zip(HEADERS, MARIA, strict=True))


def entry(**cells: str) -> Entry:
    (read,) = read_roster("in.csv", csv(HEADERS, row(**cells)), TODAY).entries
    return read


def problem(**cells: str) -> Problem:
    roster = read_roster("in.csv", csv(HEADERS, row(**cells)), TODAY)
    assert roster.entries == ()
    (found,) = roster.problems
    return found
