"""Who may be shown a result."""

from dataclasses import replace

import pytest

from services.people.model import Grant, Kind, Organisation, Person, Profile, Role
from services.privacy.sharing import may_be_shown

REGION = Organisation(1, Kind.REGION, "Регион")
DISTRICT = Organisation(2, Kind.MUNICIPALITY, "Сосновский район", 1)
OTHER_DISTRICT = Organisation(3, Kind.MUNICIPALITY, "Речной район", 1)
SCHOOL = Organisation(10, Kind.SCHOOL, "Школа № 1", 2)
NEXT_SCHOOL = Organisation(11, Kind.SCHOOL, "Школа № 2", 2)
FAR_SCHOOL = Organisation(12, Kind.SCHOOL, "Школа № 9", 3)


def person(number: int, position: str, *grants: tuple[Role, Organisation]) -> Person:
    profile = Profile("Кто-то", position)
    return Person(number, number, "1", profile, tuple(Grant(*grant) for grant in grants))


OWNER = person(1, "Учитель", (Role.TEACHER, SCHOOL))


def psychologist(*grants: tuple[Role, Organisation]) -> Person:
    return person(2, "Педагог-психолог", *grants)


@pytest.mark.parametrize(
    "viewer",
    [
        psychologist((Role.TEACHER, SCHOOL)),
        psychologist((Role.TEACHER, NEXT_SCHOOL)),
        # Power over another school is none over the owner's.
        psychologist((Role.CURATOR, NEXT_SCHOOL)),
        psychologist((Role.TEACHER, FAR_SCHOOL), (Role.MENTOR, NEXT_SCHOOL)),
        person(2, "ПСИХОЛОГ школы", (Role.TEACHER, SCHOOL)),
    ],
)
def test_a_psychologist_of_the_district_without_power_over_the_school(viewer: Person) -> None:
    assert may_be_shown(OWNER, viewer)


@pytest.mark.parametrize(
    "viewer",
    [
        person(2, "Учитель", (Role.TEACHER, SCHOOL)),
        psychologist(),
        psychologist((Role.TEACHER, FAR_SCHOOL)),
        psychologist((Role.TEACHER, SCHOOL), (Role.CURATOR, SCHOOL)),
        psychologist((Role.METHODIST, DISTRICT)),
        psychologist((Role.TEACHER, NEXT_SCHOOL), (Role.METHODIST, DISTRICT)),
        psychologist((Role.TEACHER, SCHOOL), (Role.ADMIN, REGION)),
        psychologist((Role.METHODIST, OTHER_DISTRICT)),
        replace(psychologist((Role.TEACHER, SCHOOL)), profile=None),
        replace(psychologist((Role.TEACHER, SCHOOL)), id=OWNER.id),
    ],
)
def test_nobody_else(viewer: Person) -> None:
    assert not may_be_shown(OWNER, viewer)


def test_a_teacher_of_two_schools_is_safe_from_the_curator_of_either() -> None:
    owner = person(1, "Учитель", (Role.TEACHER, SCHOOL), (Role.TEACHER, NEXT_SCHOOL))
    assert not may_be_shown(owner, psychologist((Role.CURATOR, NEXT_SCHOOL)))
    assert may_be_shown(owner, psychologist((Role.TEACHER, NEXT_SCHOOL)))


def test_a_methodist_may_ask_for_help_too() -> None:
    owner = person(1, "Методист", (Role.METHODIST, DISTRICT))
    assert may_be_shown(owner, psychologist((Role.TEACHER, SCHOOL)))
    assert not may_be_shown(owner, psychologist((Role.METHODIST, DISTRICT)))


def test_nobody_without_a_place_shows_anything() -> None:
    assert not may_be_shown(person(1, "Учитель"), psychologist((Role.TEACHER, SCHOOL)))
