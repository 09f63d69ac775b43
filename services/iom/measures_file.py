"""Reads a catalogue of measures that a methodist sends: what is wrong is told with how to mend it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.iom.catalogue import DAYS_LIMIT
from services.iom.catalogue_ports import MeasureFields
from services.iom.model import TITLE_LIMIT, WORDS_LIMIT, Form
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES
from services.spreadsheets.errors import SheetError
from services.spreadsheets.headed import by_spelling, cell_text, known_count, places_of, plain, short
from services.spreadsheets.sent_file import Row, open_sent

ROW_LIMIT = 1_000
EXAMPLE = "пример"
"""What the domain of the template's example row begins with."""


class Column(StrEnum):
    """Columns of a catalogue by their headings."""

    DOMAIN = "Область"
    TITLE = "Мероприятие"
    FORM = "Форма"
    DAYS = "Срок (дней)"
    RESULT = "Ожидаемый результат"


_SPELLINGS = {
    Column.DOMAIN: ("область", "направление", "дефицит", "область дефицита", "компетенции", "группа"),
    Column.TITLE: ("мероприятие", "название", "название мероприятия", "мера", "содержание"),
    Column.FORM: ("форма", "форма мероприятия", "вид", "форма работы"),
    Column.DAYS: ("срок дней", "срок", "срок в днях", "дней", "длительность", "длительность дней"),
    Column.RESULT: ("ожидаемый результат", "результат", "планируемый результат"),
}
_COLUMNS = by_spelling(_SPELLINGS)
_NEEDED = (Column.DOMAIN, Column.TITLE, Column.FORM, Column.DAYS)
_DOMAIN_STEMS = {
    "предмет": "subject",
    "метод": "methodical",
    "психол": "psycho_pedagogical",
    "цифр": "digital",
    "оцен": "assessment",
    "коммуник": "communication",
    "проф": "",
    "рост": "",
}
_FORM_STEMS = {
    "курс": Form.COURSE,
    "повышение квал": Form.COURSE,
    "вебинар": Form.WEBINAR,
    "взаимопос": Form.LESSON_EXCHANGE,
    "консульт": Form.CONSULTATION,
    "мастер": Form.MASTER_CLASS,
    "самообр": Form.SELF_STUDY,
    "публик": Form.PUBLICATION,
    "конкурс": Form.CONTEST,
}
_DAYS = re.compile(r"(\d{1,9})(?:[.,]0+)?(?:\s*(?:день|дня|дней|дн\.?))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, as its number in the spreadsheet, and how to mend it."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class MeasuresFile:
    """The measures of a file in its order, and what could not be read."""

    measures: tuple[MeasureFields, ...]
    problems: tuple[Problem, ...]


def title_key(title: str) -> str:
    """The title in the one spelling that measures of a domain are told apart by."""
    return " ".join(title.casefold().replace("ё", "е").split()).strip(" .")


def parsed_days(text: str) -> int | None:
    """A length in days: «30», «30 дней»; None when it is none or out of bounds."""
    found = _DAYS.fullmatch(text.strip(" .!"))
    return int(found[1]) if found and 1 <= int(found[1]) <= DAYS_LIMIT else None


def read_measures(name: str, content: bytes) -> MeasuresFile:
    """The measures in a .csv or .xlsx. Raises SheetError when the file cannot be used at all."""
    sheet = open_sent(name, content, _known_count, ROW_LIMIT, "по областям")
    places = places_of(sheet.headers, _COLUMNS, _NEEDED)
    measures: list[MeasureFields] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        cells = {column: cell_text(row.cells[place]) for column, place in places.items()}
        if not any(cells.values()) or cells[Column.DOMAIN].casefold().startswith(EXAMPLE):
            continue
        fields, found = _read_row(row, cells)
        if fields is not None:
            first = seen.setdefault((fields.domain, title_key(fields.title)), row.number)
            if first != row.number:
                found = [Problem(row.number, Column.TITLE, f"повторяет строку {first}, оставьте одну из них")]
        problems += found
        if fields is not None and not found:
            measures.append(fields)
    if not measures and not problems:
        raise SheetError("В файле нет мероприятий: впишите их, по одному в строке, и пришлите файл ещё раз.")
    return MeasuresFile(tuple(measures), tuple(problems))


def _read_row(row: Row, cells: dict[Column, str]) -> tuple[MeasureFields | None, list[Problem]]:
    problems: list[Problem] = []

    def checked(column: Column, text: str | None, mend: str) -> str:
        if text is None:
            said = f"«{short(cells.get(column, ''))}» — " if cells.get(column) else ""
            problems.append(Problem(row.number, column.value, f"{said}{mend}"))
        return text or ""

    if row.longer:
        mend = "ячеек больше, чем заголовков. Если внутри текста есть «;» или запятая, возьмите его в кавычки"
        problems.append(Problem(row.number, Column.RESULT.value, mend))
    domain = checked(
        Column.DOMAIN, _known(cells[Column.DOMAIN], _DOMAIN_STEMS), f"выберите: {_listed(DOMAIN_TITLES.values())}"
    )
    title = checked(
        Column.TITLE,
        _fitting(cells[Column.TITLE], TITLE_LIMIT),
        f"нужно название словами, не длиннее {TITLE_LIMIT} знаков",
    )
    form = checked(
        Column.FORM, _known(cells[Column.FORM], _FORM_STEMS), f"выберите: {_listed(FORM_TITLES.values())}"
    )
    days = parsed_days(cells[Column.DAYS])
    checked(Column.DAYS, str(days) if days else None, f"нужно число дней от 1 до {DAYS_LIMIT}, например 30")
    result = cells.get(Column.RESULT, "")
    if len(result) > WORDS_LIMIT:
        checked(Column.RESULT, None, f"длиннее {WORDS_LIMIT} знаков, сократите")
    if problems or days is None:
        return None, problems
    return MeasureFields(domain, title, Form(form), days, result), problems


def _known(text: str, stems: dict[str, str] | dict[str, Form]) -> str | None:
    told = plain(text)
    return next((str(code) for stem, code in stems.items() if told.startswith(stem)), None)


def _fitting(text: str, limit: int) -> str | None:
    return text if len(text) <= limit and any(mark.isalpha() for mark in text) else None


def _listed(titles: Iterable[str]) -> str:
    return ", ".join(title.lower() for title in titles)


def _known_count(headers: Sequence[str]) -> int:
    return known_count(headers, _COLUMNS)
