"""Schools, their teachers and mentors as they are now."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Role
from services.reporting.facts import Basis
from storage.early_career import is_early
from storage.fact_census import NOW, any_of, count_people, count_rows, flag, labelled
from storage.fact_windows import Counted, Window
from storage.mentoring_tables import mentor_cards
from storage.reachable import agrees
from storage.tables import people, roles


async def count_teachers(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """For periods that are not over: `schools`, `schools.curated`, `teachers` and theirs, `mentors`."""
    live = [window for window in windows if window.live]
    if not live:
        return
    for window in live:
        for school in counted.schools:
            counted.add(window, school, {"schools": 1})
    curated = {(NOW, "schools.curated"): any_of(roles.c.role == Role.CURATOR.value)}
    await count_rows(
        connection,
        select(roles.c.organisation_id.label("school"), *labelled(curated))
        .where(roles.c.organisation_id.in_(counted.schools), roles.c.role == Role.CURATOR.value)
        .group_by(roles.c.organisation_id),
        curated,
        live,
        counted,
    )
    of_teachers = {
        (NOW, "teachers"): literal(1),
        (NOW, "teachers.joined"): flag(and_(people.c.registered_at.is_not(None), agrees(people.c.id, None))),
        (NOW, "teachers.early"): flag(is_early(basis.today)),
    }
    holders = _holders(counted.schools, Role.TEACHER).join(people, people.c.id == roles.c.person_id)
    await count_people(connection, holders.add_columns(*labelled(of_teachers)), of_teachers, {}, live, counted)
    of_mentors = {(NOW, "mentors"): literal(1)}
    mentors = _holders(counted.schools, Role.MENTOR).where(_at_home()).add_columns(*labelled(of_mentors))
    await count_people(connection, mentors, of_mentors, {}, live, counted)


def _holders(schools: Sequence[int], role: Role) -> Select[tuple[int, int, int]]:
    return (
        select(roles.c.organisation_id.label("school"), roles.c.person_id, literal(1).label("here"))
        .select_from(roles)
        .where(roles.c.organisation_id.in_(schools), roles.c.role == role.value)
    )


def _at_home() -> ColumnElement[bool]:
    """Whether a mentor's role is not one that a pair has given them in its mentee's school.

    Whoever is a mentor in the school of their card is counted there alone.
    """
    home = roles.alias("home")
    elsewhere = exists().where(
        mentor_cards.c.person_id == roles.c.person_id,
        mentor_cards.c.school_id != roles.c.organisation_id,
        home.c.person_id == roles.c.person_id,
        home.c.role == Role.MENTOR.value,
        home.c.organisation_id == mentor_cards.c.school_id,
    )
    return ~elsewhere
