"""Names of schools and municipalities."""

import pytest

from services.natural_order import natural
from services.people.model import Grant, Kind, Organisation, Person, Role
from services.people.places import may_rename, place_name, same_named
from services.people.registration import Unclear

REGION = Organisation(1, Kind.REGION, "Край")
DISTRICT = Organisation(2, Kind.MUNICIPALITY, "Район")
SCHOOL = Organisation(3, Kind.SCHOOL, "Школа № 3", 2)
OTHER = Organisation(4, Kind.SCHOOL, "Гимназия", 9)


@pytest.mark.parametrize("text", ["", "  ", "12", "😀", "№ 3", "!!!", "я" * 101])
def test_what_is_no_name_is_asked_again(text: str) -> None:
    with pytest.raises(Unclear):
        place_name(text)


def test_a_name_keeps_its_words_with_single_spaces() -> None:
    assert place_name("  Школа \n №  3 <b> ") == "Школа № 3 <b>"
    assert place_name("я" * 100) == "я" * 100


def test_spelling_makes_no_new_school() -> None:
    assert same_named("школа №3", [OTHER, SCHOOL]) == SCHOOL
    assert same_named("Школа № 30", [OTHER, SCHOOL]) is None


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    names = ["Школа № 10", "школа № 2", "Гимназия", "2-я школа", "Школа № 1"]
    assert sorted(names, key=natural) == ["2-я школа", "Гимназия", "Школа № 1", "школа № 2", "Школа № 10"]


@pytest.mark.parametrize(
    ("role", "scope", "renamed"),
    [
        (Role.ADMIN, REGION, {DISTRICT.id, SCHOOL.id, OTHER.id}),
        (Role.METHODIST, DISTRICT, {SCHOOL.id}),
        (Role.CURATOR, SCHOOL, set()),
        (Role.TEACHER, SCHOOL, set()),
    ],
)
def test_a_place_is_renamed_by_those_who_keep_what_it_lies_in(
    role: Role, scope: Organisation, renamed: set[int]
) -> None:
    person = Person(1, 1, "1", None, (Grant(role, scope),))
    assert {place.id for place in (DISTRICT, SCHOOL, OTHER) if may_rename(person, place)} == renamed
