"""The fields of one's own profile: as they stand, and as they are changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.start.fields import FIELDS, Field, Given, asked_of
from services.people.early_career import years_now
from services.people.model import Person, Profile, Value
from services.people.registration import Unclear
from services.people.roster.model import CATEGORIES


def _category(text: str, given: Given, year: int) -> Value:
    plain = text.strip().strip(".!").casefold()
    if plain not in CATEGORIES:
        raise Unclear("Выберите категорию кнопкой.")
    return plain


CATEGORY = Field("category", "Категория", "Какая у вас квалификационная категория?", CATEGORIES, _category)

_CHANGED: dict[str, Callable[[Profile, Value, date], Profile]] = {
    "name": lambda profile, value, today: replace(profile, full_name=str(value)),
    "position": lambda profile, value, today: replace(profile, position=str(value)),
    "subject": lambda profile, value, today: replace(profile, subject=str(value)),
    "years": lambda profile, value, today: replace(profile, years_of_work=_whole(value), known_on=today),
    "birth": lambda profile, value, today: replace(profile, birth_year=_whole(value)),
    "category": lambda profile, value, today: replace(profile, category=str(value)),
}


def fields_of(person: Person, profile: Profile, today: date) -> tuple[Field, ...]:
    """The fields that the person's roles ask for, and others that they have told."""
    asked, told = asked_of(person), given_of(profile, today)
    at_school = len(asked) == len(FIELDS)
    return tuple(
        field
        for field in (*FIELDS, CATEGORY)
        if field in asked or (field is CATEGORY and at_school) or told[field.code] not in (None, "")
    )


def given_of(profile: Profile, today: date) -> dict[str, Value]:
    """The profile as the registration holds it: years of work as they are today."""
    return {
        "name": profile.full_name,
        "position": profile.position,
        "subject": profile.subject,
        "years": years_now(profile, today),
        "birth": profile.birth_year,
        "category": profile.category,
    }


def changed(profile: Profile, field: Field, text: str, today: date) -> Profile:
    """The profile with another value of the field. Raises Unclear."""
    value = field.parse(text, given_of(profile, today), today.year)
    return _CHANGED[field.code](profile, value, today)


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
