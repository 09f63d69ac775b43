"""Counts and packed answers of whole schools, for reports."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Subquery, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.session import State
from services.people.model import Kind, Role
from services.reporting.ports import Participation, SchoolSheets
from storage.tables import consents, invites, organisations, people, roles, survey_sessions


class ReportTable:
    """`services.reporting.ports.ReportStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def participation(self, organisation_id: int, instrument: str, version: str) -> Sequence[Participation]:
        teachers = _teachers(organisation_id)
        finished = _has_test(teachers.c.person_id, instrument, version, State.FINISHED)
        begun = _has_test(teachers.c.person_id, instrument, version, State.IN_PROGRESS)
        counts = (
            select(
                teachers.c.school_id,
                func.count().label("registered"),
                func.sum(case((finished, 1), else_=0)).label("finished"),
                func.sum(case((finished, 0), (begun, 1), else_=0)).label("in_progress"),
            )
            .group_by(teachers.c.school_id)
            .subquery("counts")
        )
        seats = (
            select(invites.c.organisation_id, func.sum(invites.c.max_uses).label("invited"))
            .where(invites.c.role == Role.TEACHER.value)
            .group_by(invites.c.organisation_id)
            .subquery("seats")
        )
        rows = await self._connection.execute(
            select(
                organisations.c.id,
                organisations.c.name,
                func.coalesce(seats.c.invited, 0).label("invited"),
                func.coalesce(counts.c.registered, 0).label("registered"),
                func.coalesce(counts.c.finished, 0).label("finished"),
                func.coalesce(counts.c.in_progress, 0).label("in_progress"),
            )
            .select_from(
                organisations.outerjoin(seats, seats.c.organisation_id == organisations.c.id).outerjoin(
                    counts, counts.c.school_id == organisations.c.id
                )
            )
            .where(
                organisations.c.kind == Kind.SCHOOL.value,
                or_(organisations.c.id == organisation_id, organisations.c.parent_id == organisation_id),
            )
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [
            Participation(
                row.id, row.name, int(row.invited), row.registered, int(row.finished), int(row.in_progress)
            )
            for row in rows
        ]

    async def sheets(self, organisation_id: int, instrument: str, version: str) -> Sequence[SchoolSheets]:
        teachers = _teachers(organisation_id)
        # No later test of the same person: joined to a grouped table, SQLite compares everybody with everybody.
        later = survey_sessions.alias("later")
        superseded = exists().where(
            later.c.person_id == survey_sessions.c.person_id,
            later.c.instrument == instrument,
            later.c.version == version,
            later.c.state == State.FINISHED.value,
            later.c.id > survey_sessions.c.id,
        )
        rows = (
            await self._connection.execute(
                select(teachers.c.school_id, survey_sessions.c.answers)
                .select_from(teachers.join(survey_sessions, survey_sessions.c.person_id == teachers.c.person_id))
                .where(
                    survey_sessions.c.instrument == instrument,
                    survey_sessions.c.version == version,
                    survey_sessions.c.state == State.FINISHED.value,
                    ~superseded,
                )
                .order_by(teachers.c.school_id, survey_sessions.c.finished_at, survey_sessions.c.id)
            )
        ).all()
        return [
            SchoolSheets(school_id, [row[1] for row in group])
            for school_id, group in groupby(rows, key=lambda row: row[0])
        ]


def _teachers(organisation_id: int) -> Subquery:
    """Registered teachers with consent in force and the school each is counted in.

    A teacher of two schools is counted once, in the school joined first: groups must never overlap, or the
    difference between two of them could single somebody out.
    """
    earlier = roles.alias("earlier")
    not_first = exists().where(
        earlier.c.person_id == roles.c.person_id,
        earlier.c.role == Role.TEACHER.value,
        earlier.c.id < roles.c.id,
    )
    return (
        select(roles.c.organisation_id.label("school_id"), roles.c.person_id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .join(people, people.c.id == roles.c.person_id)
        .join(consents, (consents.c.person_id == people.c.id) & consents.c.revoked_at.is_(None))
        .where(
            roles.c.role == Role.TEACHER.value,
            ~not_first,
            people.c.registered_at.is_not(None),
            or_(organisations.c.id == organisation_id, organisations.c.parent_id == organisation_id),
        )
        .subquery("teachers")
    )


def _has_test(person_id: ColumnElement[int], instrument: str, version: str, state: State) -> ColumnElement[bool]:
    return exists().where(
        survey_sessions.c.person_id == person_id,
        survey_sessions.c.instrument == instrument,
        survey_sessions.c.version == version,
        survey_sessions.c.state == state.value,
    )
