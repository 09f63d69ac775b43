"""Whose roles and links somebody may touch."""

from services.people import appointing
from services.people.model import Grant, Kind, Organisation, Person, Profile, Role
from services.people.ports import Member

DISTRICT = Organisation(2, Kind.MUNICIPALITY, "Район")
SCHOOL = Organisation(3, Kind.SCHOOL, "Школа № 3", 2)
FAR = Organisation(4, Kind.SCHOOL, "Гимназия", 9)


def person(*grants: tuple[Role, Organisation]) -> Person:
    return Person(1, 1, "1", None, tuple(Grant(role, place) for role, place in grants))


def member(number: int, *roles: Role) -> Member:
    return Member(number, Profile("Иванова Мария", "Учитель"), roles, False)


def test_a_curator_gives_roles_of_teachers_and_mentors_in_the_own_school() -> None:
    curator = person((Role.CURATOR, SCHOOL))
    assert appointing.givable(curator, SCHOOL) == (Role.TEACHER, Role.MENTOR)
    assert appointing.givable(curator, FAR) == ()
    assert appointing.givable(curator, DISTRICT) == ()


def test_only_whoever_gives_all_roles_of_somebody_takes_them_out() -> None:
    curator, methodist = person((Role.CURATOR, SCHOOL)), person((Role.METHODIST, DISTRICT))
    both = member(7, Role.TEACHER, Role.CURATOR)
    assert appointing.may_take_out(curator, member(7, Role.TEACHER, Role.MENTOR), SCHOOL)
    assert not appointing.may_take_out(curator, both, SCHOOL)
    assert appointing.may_take_out(methodist, both, SCHOOL)
    assert not appointing.may_take_out(methodist, both, FAR)


def test_a_link_never_carries_more_than_its_holder_gives() -> None:
    curator = person((Role.CURATOR, SCHOOL))
    assert appointing.may_hand_link(curator, [Grant(Role.TEACHER, SCHOOL), Grant(Role.TEACHER, FAR)])
    for role, place in ((Role.CURATOR, SCHOOL), (Role.CURATOR, FAR), (Role.METHODIST, DISTRICT)):
        assert not appointing.may_hand_link(curator, [Grant(Role.TEACHER, SCHOOL), Grant(role, place)])


def test_the_last_of_a_role_is_known() -> None:
    members = [member(1, Role.CURATOR), member(2, Role.TEACHER), member(3, Role.MENTOR)]
    assert appointing.is_last(members, 1, Role.CURATOR)
    assert not appointing.is_last([*members, member(4, Role.CURATOR)], 1, Role.CURATOR)
    assert not appointing.is_last(members, 2, Role.CURATOR)


def test_the_door_closes_with_the_last_managing_role_only() -> None:
    assert appointing.closes_door(person((Role.CURATOR, SCHOOL), (Role.TEACHER, FAR)), Role.CURATOR, SCHOOL)
    both = person((Role.CURATOR, SCHOOL), (Role.CURATOR, FAR))
    assert not appointing.closes_door(both, Role.CURATOR, SCHOOL)
    assert not appointing.closes_door(person((Role.CURATOR, SCHOOL)), Role.TEACHER, SCHOOL)
