"""The fields of the profile: questions, suggested values, checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.people import registration
from services.people.model import Person, Role, Value

Given = Mapping[str, Value]

POSITIONS = (
    "Учитель",
    "Воспитатель",
    "Учитель начальных классов",
    "Педагог-психолог",
    "Социальный педагог",
    "Заместитель директора",
    "Директор",
    "Методист",
)
SUBJECTS = (
    "Начальные классы",
    "Математика",
    "Русский язык и литература",
    "История и обществознание",
    "Иностранный язык",
    "Физика",
    "Химия",
    "Биология",
    "География",
    "Информатика",
    "Физкультура",
    "Труд (технология)",
    "Музыка, ИЗО",
    "Не веду предмет",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the registration. `parse` takes the words, what was given so far and the year."""

    code: str
    title: str
    question: str
    choices: tuple[str, ...]
    parse: Callable[[str, Given, int], Value]


def _years(text: str, given: Given, year: int) -> Value:
    if text.strip().casefold() == FIRST_YEAR.casefold():
        text = "0"
    return registration.years_of_work(text, _number(given, "birth"), year)


def _birth(text: str, given: Given, year: int) -> Value:
    return registration.birth_year(text, year, _number(given, "years"))


def _number(given: Given, field: str) -> int | None:
    value = given.get(field)
    return value if isinstance(value, int) else None


FIRST_YEAR = "Первый год"

FIELDS = (
    Field(
        "name",
        "Имя",
        "Как вас зовут? Напишите фамилию, имя и отчество.",
        (),
        lambda text, given, year: registration.full_name(text),
    ),
    Field(
        "position",
        "Должность",
        "Кем вы работаете? Выберите или напишите.",
        POSITIONS,
        lambda text, given, year: registration.short_field(text),
    ),
    Field(
        "subject",
        "Предмет",
        "Какой предмет ведёте? Выберите основной или напишите.",
        SUBJECTS,
        lambda text, given, year: registration.short_field(text),
    ),
    Field(
        "years",
        "Стаж",
        "Какой у вас педагогический стаж? Напишите число полных лет.",
        (FIRST_YEAR,),
        _years,
    ),
    Field("birth", "Год рождения", "В каком году вы родились? Напишите четыре цифры.", (), _birth),
)
BY_CODE = {field.code: field for field in FIELDS}
CHECK = "check"
"""The step after the last field: everything is shown to be checked."""


AT_SCHOOL = (Role.TEACHER, Role.MENTOR, Role.CURATOR)


def asked_of(person: Person) -> tuple[Field, ...]:
    """The fields that are asked: all of those who work at a school, name and post of others."""
    return FIELDS if any(person.has(role) for role in AT_SCHOOL) else FIELDS[:2]


def after(code: str, fields: tuple[Field, ...]) -> str:
    """The step that follows a field."""
    place = fields.index(BY_CODE[code]) + 1
    return fields[place].code if place < len(fields) else CHECK


def before(code: str, fields: tuple[Field, ...]) -> str | None:
    """The field before, None at the first."""
    place = fields.index(BY_CODE[code])
    return fields[place - 1].code if place else None


def first_step(person: Person) -> dict[str, Value]:
    """Where the registration begins: what a roster has told is there already, the first gap is asked."""
    known = person.known
    told: dict[str, Value] = {}
    if known is not None and known.full_name:
        values = {
            "name": known.full_name,
            "position": known.position,
            "subject": known.subject,
            "years": known.years_of_work,
            "birth": known.birth_year,
        }
        told = {code: value for code, value in values.items() if value not in (None, "")}
    fields = asked_of(person)
    gap = next((field.code for field in fields if field.code not in told), CHECK)
    return {**told, "field": gap}
