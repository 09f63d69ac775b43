"""Reads a plan of events that somebody sends: what is wrong is told with how to mend it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from services.diagnostics.answer_parsing import Unclear
from services.events.model import (
    PLACE_LIMIT,
    RESPONSIBLE_LIMIT,
    SEATS_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Audience,
    EventKind,
    Plan,
)
from services.events.moments import event_day, event_hour
from services.events.wording import AUDIENCE_TITLES, KIND_TITLES, SEATS_BOUNDS
from services.spreadsheets.errors import SheetError
from services.spreadsheets.headed import by_spelling, cell_text, known_count, places_of, plain, short
from services.spreadsheets.sent_file import Row, open_sent

ROW_LIMIT = 500
EXAMPLE = "пример"
"""What the title of the template's example row begins with."""


class Column(StrEnum):
    """Columns of a plan by their headings."""

    DAY = "Дата"
    HOUR = "Время"
    TITLE = "Название"
    KIND = "Вид"
    PLACE = "Место"
    AUDIENCE = "Аудитория"
    RESPONSIBLE = "Ответственный"
    EXPECTED = "Ожидаемый результат"
    SEATS = "Мест"


_COLUMNS = by_spelling(
    {
        Column.DAY: ("дата", "дата проведения", "день", "срок", "сроки", "когда"),
        Column.HOUR: ("время", "время проведения", "начало", "час", "во сколько"),
        Column.TITLE: ("название", "мероприятие", "событие", "тема", "название мероприятия", "наименование"),
        Column.KIND: ("вид", "форма", "вид мероприятия", "форма проведения", "тип"),
        Column.PLACE: ("место", "место проведения", "где", "площадка"),
        Column.AUDIENCE: ("аудитория", "для кого", "участники", "категория", "категория участников"),
        Column.RESPONSIBLE: ("ответственный", "ответственные", "кто отвечает", "ответственный за проведение"),
        Column.EXPECTED: ("ожидаемый результат", "результат", "планируемый результат", "итог"),
        Column.SEATS: ("мест", "количество мест", "число мест", "места"),
    }
)
_NEEDED = (Column.DAY, Column.TITLE)
_KIND_STEMS = {
    "семинар": EventKind.SEMINAR,
    "вебинар": EventKind.SEMINAR,
    "школа": EventKind.YOUNG_SCHOOL,
    "конкурс": EventKind.CONTEST,
    "фестив": EventKind.FESTIVAL,
    "мастер": EventKind.MASTER_CLASS,
    "методич": EventKind.ASSOCIATION,
    "мо": EventKind.ASSOCIATION,
    "рмо": EventKind.ASSOCIATION,
    "конфер": EventKind.CONFERENCE,
    "кругл": EventKind.ROUND_TABLE,
    "друг": EventKind.OTHER,
}
_AUDIENCE_STEMS = {
    "все": Audience.EVERYBODY,
    "педагог": Audience.EVERYBODY,
    "учител": Audience.EVERYBODY,
    "молод": Audience.EARLY,
    "наставник": Audience.MENTORS,
    "наставляем": Audience.MENTEES,
    "куратор": Audience.CURATORS,
}
_TIME_OF_DATE = re.compile(r"[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?$")
_DATE_OF_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]")
_SHARE_OF_DAY = re.compile(r"0[.,]\d+")
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, as its number in the spreadsheet, and how to mend it."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The events of a file in its order, responsibles in words, and what could not be read."""

    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...]


def plan_key(held_on: date, title: str) -> tuple[date, str]:
    """What events of one plan are told apart by."""
    return held_on, " ".join(title.casefold().replace("ё", "е").split()).strip(" .")


def read_plan(name: str, content: bytes, today: date) -> PlanFile:
    """The events in a .csv or .xlsx. Raises SheetError when the file cannot be used at all."""
    sheet = open_sent(name, content, _known_count, ROW_LIMIT, "по полугодиям")
    places = places_of(sheet.headers, _COLUMNS, _NEEDED)
    plans: list[Plan] = []
    problems: list[Problem] = []
    seen: dict[tuple[date, str], int] = {}
    for row in sheet.rows:
        cells = {column: cell_text(row.cells[place]) for column, place in places.items()}
        if not any(cells.values()) or cells[Column.TITLE].casefold().startswith(EXAMPLE):
            continue
        plan, found = _read_row(row, cells, today)
        if plan is not None:
            first = seen.setdefault(plan_key(plan.held_on, plan.title), row.number)
            if first != row.number:
                found = [Problem(row.number, Column.TITLE, f"повторяет строку {first}, оставьте одну из них")]
        problems += found
        if plan is not None and not found:
            plans.append(plan)
    if not plans and not problems:
        raise SheetError("В файле нет событий: впишите их, по одному в строке, и пришлите файл ещё раз.")
    return PlanFile(tuple(plans), tuple(problems))


def _read_row(row: Row, cells: Mapping[Column, str], today: date) -> tuple[Plan | None, list[Problem]]:
    problems: list[Problem] = []

    def wrong(column: Column, mend: str) -> None:
        said = f"«{short(cells.get(column, ''))}» — " if cells.get(column) else ""
        problems.append(Problem(row.number, column.value, f"{said}{mend}"))

    def words(column: Column, limit: int) -> str:
        told = cells.get(column, "")
        if len(told) > limit:
            wrong(column, f"длиннее {limit} знаков, сократите")
        return told

    def one_of(column: Column, stems: Mapping[str, Known], usual: Known, titles: Sequence[str]) -> Known:
        told = plain(cells.get(column, ""))
        if not told:
            return usual
        found = next((code for stem, code in stems.items() if told.startswith(stem)), None)
        if found is None:
            wrong(column, f"выберите: {', '.join(title.lower() for title in titles)}")
            return usual
        return found

    def moment(column: Column, parse: Callable[[], str | date]) -> str | date | None:
        try:
            return parse()
        except Unclear as unclear:
            wrong(column, str(unclear))
            return None

    if row.longer:
        mend = "ячеек больше, чем заголовков. Если внутри текста есть «;» или запятая, возьмите его в кавычки"
        problems.append(Problem(row.number, Column.EXPECTED.value, mend))
    held_on = None
    if cells[Column.DAY]:
        held_on = moment(Column.DAY, lambda: event_day(_TIME_OF_DATE.sub("", cells[Column.DAY]), today))
    else:
        wrong(Column.DAY, f"впишите дату, например {today:%d.%m.%Y}")
    hour = cells.get(Column.HOUR, "")
    held_at = moment(Column.HOUR, lambda: event_hour(_as_clock(hour))) if hour else None
    title = words(Column.TITLE, TITLE_LIMIT)
    if not any(mark.isalpha() for mark in title):
        wrong(Column.TITLE, "нужно название словами")
    kind = one_of(Column.KIND, _KIND_STEMS, EventKind.OTHER, list(KIND_TITLES.values()))
    audience = one_of(Column.AUDIENCE, _AUDIENCE_STEMS, Audience.EVERYBODY, list(AUDIENCE_TITLES.values()))
    place, responsible = words(Column.PLACE, PLACE_LIMIT), words(Column.RESPONSIBLE, RESPONSIBLE_LIMIT)
    expected = words(Column.EXPECTED, WORDS_LIMIT)
    seats = seats_in(cells.get(Column.SEATS, ""))
    if cells.get(Column.SEATS) and seats is None:
        wrong(Column.SEATS, f"нужно число {SEATS_BOUNDS} или пустая ячейка")
    if problems or not isinstance(held_on, date) or isinstance(held_at, date):
        return None, problems
    plan = Plan(kind, title, held_on, held_at, place, audience, None, responsible, expected, seats)
    return plan, problems


def seats_in(text: str) -> int | None:
    """A number of seats: «20», «20 мест»; None when it is none or out of bounds."""
    found = re.fullmatch(r"(\d{1,5})(?:[.,]0+)?(?:\s*(?:место|места|мест))?", text.strip(" ."))
    return int(found[1]) if found and 1 <= int(found[1]) <= SEATS_LIMIT else None


def _as_clock(text: str) -> str:
    """The time of a cell that a spreadsheet keeps as a moment or as a share of the day."""
    if _SHARE_OF_DAY.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return _DATE_OF_TIME.sub("", text)


def _known_count(headers: Sequence[str]) -> int:
    return known_count(headers, _COLUMNS)
