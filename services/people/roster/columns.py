"""Which column of a roster holds what, told by the headings: any order, any case, a few spellings each."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.people.roster.model import Field
from services.spreadsheets.errors import SheetError

_SPELLINGS = {
    Field.SCHOOL: (
        "школа", "организация", "образовательная организация", "оо", "оу", "учреждение", "место работы",
        "school", "наименование оо", "наименование организации", "наименование образовательной организации",
        "название школы", "образовательное учреждение",
    ),
    Field.SURNAME: ("фамилия", "surname", "last name"),
    Field.NAME: ("имя", "name", "first name"),
    Field.PATRONYMIC: ("отчество", "отчество при наличии", "patronymic"),
    Field.FULL_NAME: (
        "фио", "фамилия имя отчество", "педагог", "фио педагога", "фио учителя", "фио полностью",
        "учитель", "фио работника", "фио сотрудника", "full name",
    ),
    Field.POSITION: ("должность", "занимаемая должность", "должности", "position"),
    Field.SUBJECT: (
        "предмет", "предметы", "преподаваемый предмет", "преподаваемые предметы", "дисциплина", "учебный предмет",
        "subject",
    ),
    Field.YEARS: (
        "стаж", "педагогический стаж", "педстаж", "пед стаж", "стаж работы", "стаж лет",
        "стаж педагогической работы", "стаж полных лет", "педагогический стаж лет", "years of work",
    ),
    Field.BIRTH_YEAR: ("год рождения", "г р", "гр", "год рожд", "г рождения", "рождение", "birth year"),
    Field.CATEGORY: (
        "категория", "квалификационная категория", "кв категория", "квалификация", "категория по аттестации",
        "category",
    ),
}  # fmt: skip
_FIELDS = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings}


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions (from 0) of the columns that a roster has, and the headings of those that mean nothing here."""

    places: Mapping[Field, int]
    ignored: tuple[str, ...]


def known_count(headers: Sequence[str]) -> int:
    """How many columns of a roster the headings name."""
    return len({field for header in headers if (field := _field(header)) is not None})


def find_columns(headers: Sequence[str]) -> Columns:
    """The columns of a roster. Raises SheetError when a needed one is missing or two have the same meaning."""
    found: dict[Field, list[int]] = defaultdict(list)
    ignored = []
    for position, header in enumerate(headers):
        field = _field(header)
        if field is not None:
            found[field].append(position)
        elif header.strip():
            ignored.append(" ".join(header.split()))
    several = [field for field, places in found.items() if len(places) > 1]
    if several:
        names = ", ".join(f"«{headers[place].strip()}»" for field in several for place in found[field])
        raise SheetError(f"Столбцы {names} значат одно и то же. Оставьте один из них и пришлите файл ещё раз.")
    by_parts = Field.SURNAME in found and Field.NAME in found
    named = by_parts or Field.FULL_NAME in found
    needed = (Field.SCHOOL, *(() if named else (Field.SURNAME, Field.NAME)), Field.POSITION)
    missing = [field for field in needed if field not in found]
    if missing:
        raise SheetError(
            f"В файле не нашлось столбцов: {', '.join(f'«{field}»' for field in missing)}. "
            "Первая строка таблицы должна быть заголовками, как в шаблоне."
        )
    if by_parts:
        found.pop(Field.FULL_NAME, None)
    return Columns({field: places[0] for field, places in found.items()}, tuple(ignored))


def _field(header: str) -> Field | None:
    plain = unicodedata.normalize("NFKC", header).casefold().replace("ё", "е")
    return _FIELDS.get(" ".join(re.findall(r"[^\W_]+", plain)).replace("ф и о", "фио"))
