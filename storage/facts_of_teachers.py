"""Schools, their teachers and mentors as they are now."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Role
from services.reporting.facts import Basis
from storage.early_career import is_early
from storage.fact_census import NOW, any_of, count_people, count_rows, how_many, labelled
from storage.fact_windows import WHOLE, Counted, Window
from storage.mentoring_tables import mentor_cards
from storage.tables import consents, people, roles
from storage.takers import joined_earlier


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
    await _count_teachers(connection, live, basis, counted)
    of_mentors = {(NOW, "mentors"): literal(1)}
    mentors = _holders(counted.schools, Role.MENTOR).where(_at_home()).add_columns(*labelled(of_mentors))
    await count_people(connection, mentors, of_mentors, {}, live, counted)


async def _count_teachers(
    connection: AsyncConnection, live: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """For the whole only who was not a teacher of the place in another school before is counted."""
    columns = {
        (NOW, "teachers"): func.count(),
        (NOW, "teachers.joined"): how_many(and_(people.c.registered_at.is_not(None), consents.c.id.is_not(None))),
        (NOW, "teachers.early"): how_many(is_early(basis.today)),
    }
    # Nobody has two consents in force.
    in_force = and_(consents.c.person_id == people.c.id, consents.c.revoked_at.is_(None))
    teachers = roles.join(people, people.c.id == roles.c.person_id).outerjoin(consents, in_force)
    here = and_(roles.c.organisation_id.in_(counted.schools), roles.c.role == Role.TEACHER.value)
    by_school = (
        select(roles.c.organisation_id.label("school"), *labelled(columns)).select_from(teachers).where(here)
    )
    await count_rows(connection, by_school.group_by(roles.c.organisation_id), columns, live, counted)
    # Few have a school that they joined earlier, fewer one of these: only they are looked up a second time.
    again = and_(joined_earlier(), joined_earlier(counted.schools))
    twice = select(*labelled(columns)).select_from(teachers).where(here, again)
    row = (await connection.execute(twice)).one()
    for window in live:
        whole = counted.of(window, WHOLE)
        for (_, code), number in zip(columns, row, strict=True):
            whole[code] -= number


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
