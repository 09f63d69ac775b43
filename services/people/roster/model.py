"""A roster as it is read, what the service knows already, and what an import would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.people.model import Organisation

CATEGORIES = ("высшая", "первая", "соответствие", "нет")
"""Qualification categories as they are kept."""


class Field(StrEnum):
    """A column of a roster; its value is the heading that people know it by."""

    SCHOOL = "Школа"
    SURNAME = "Фамилия"
    NAME = "Имя"
    PATRONYMIC = "Отчество"
    FULL_NAME = "ФИО"
    POSITION = "Должность"
    SUBJECT = "Предмет"
    YEARS = "Стаж"
    BIRTH_YEAR = "Год рождения"
    CATEGORY = "Категория"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not imported, and how to mend it; `row` is as a spreadsheet shows it, `column` a heading."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"строка {self.row}, «{self.column}»: {self.text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row without a problem. What the row does not tell is empty or None, and leaves what is known alone."""

    row: int
    school: str
    full_name: str
    position: str
    subject: str = ""
    years_of_work: int | None = None
    birth_year: int | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A file that has been read; `examples` counts the rows that the template has for an example.

    `unclear` are the names in rows with problems, `ignored` headings of columns that mean nothing here.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    unclear: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    examples: int = 0


@dataclass(frozen=True, slots=True)
class School:
    """A school of the municipality; `id` is None for one that the import would add."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom the service knows: `teaches_in` and `attached_to` (by any role) are ids of schools.

    `years_of_work` are those of today. `registered` people have told of themselves in chat; without an `account`
    nobody has come in as this person yet.
    """

    id: int
    full_name: str
    position: str
    subject: str
    years_of_work: int | None
    birth_year: int | None
    category: str
    registered: bool
    account: bool
    teaches_in: tuple[int, ...]
    attached_to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an importer may touch: the whole municipality, or only `schools` (ids) of it."""

    municipality_id: int
    schools: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school of the file that is not known, with the people in it; `like` is a known one that it resembles."""

    name: str
    people: int
    like: str | None


@dataclass(frozen=True, slots=True)
class Addition:
    """Somebody new. `namesake` is the birth year of a known person of that name in the same school."""

    entry: Entry
    schools: tuple[School, ...]
    namesake: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of somebody known: `name` is that of the table's column and of `Entry`."""

    name: str
    before: str | int | None
    after: str | int


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes other about somebody known. `told` says that it replaces what they told of themselves."""

    person_id: int
    row: int
    full_name: str
    fields: tuple[FieldChange, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody known who now works elsewhere: roles of a teacher `to` are given and those `left` taken away."""

    person_id: int
    row: int
    full_name: str
    left: tuple[School, ...]
    to: tuple[School, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody known as a teacher of a school of the file whom the file does not have; nothing is done to them."""

    person_id: int
    full_name: str
    school: str


@dataclass(frozen=True, slots=True)
class Double:
    """A row that repeats an earlier one, and is left out."""

    row: int
    first_row: int
    full_name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; the same roster over the same base gives an equal plan.

    `unchanged` are the ids of people about whom nothing changes. People of `new_schools` are in `added` and
    `moved` only when the importer lets the schools be added.
    """

    added: tuple[Addition, ...]
    changed: tuple[Change, ...]
    moved: tuple[Move, ...]
    unchanged: tuple[int, ...]
    new_schools: tuple[NewSchool, ...]
    absent: tuple[Absent, ...]
    doubles: tuple[Double, ...]
    problems: tuple[Problem, ...]

    @property
    def people(self) -> int:
        """How many people an import would add or change anything about."""
        touched = {change.person_id for change in self.changed} | {move.person_id for move in self.moved}
        return len(self.added) + len(touched)

    @property
    def known(self) -> tuple[int, ...]:
        """Ids of everybody in the file whom the service knows."""
        touched = {change.person_id for change in self.changed} | {move.person_id for move in self.moved}
        return tuple(sorted(touched | set(self.unchanged)))


@dataclass(frozen=True, slots=True)
class Base:
    """What the service knows of a municipality, on the day `today`."""

    schools: Sequence[School]
    people: Sequence[Known]
    today: date


@dataclass(frozen=True, slots=True)
class Applied:
    """Counts of what an import has done; `invited` are new personal invites."""

    schools: int
    added: int
    changed: int
    moved: int
    unchanged: int
    invited: int


@dataclass(frozen=True, slots=True)
class Card:
    """A personal invite of somebody who has not joined yet."""

    school_id: int
    school: str
    full_name: str
    position: str
    token: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A school with the number of its people who are in a roster and have not joined yet."""

    school: Organisation
    people: int
