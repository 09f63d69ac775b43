"""Counts and packed answers of whole schools, for reports."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Subquery, case, func, or_, select
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
        tests = (
            select(
                survey_sessions.c.person_id,
                func.max(case((survey_sessions.c.state == State.FINISHED.value, 1), else_=0)).label("done"),
            )
            .where(
                survey_sessions.c.instrument == instrument,
                survey_sessions.c.version == version,
                survey_sessions.c.state.in_((State.FINISHED.value, State.IN_PROGRESS.value)),
            )
            .group_by(survey_sessions.c.person_id)
            .subquery("tests")
        )
        counts = (
            select(
                teachers.c.school_id,
                func.count().label("registered"),
                func.coalesce(func.sum(tests.c.done), 0).label("finished"),
                func.coalesce(func.sum(1 - tests.c.done), 0).label("in_progress"),
            )
            .select_from(teachers.outerjoin(tests, tests.c.person_id == teachers.c.person_id))
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
        latest = (
            select(func.max(survey_sessions.c.id).label("id"))
            .where(
                survey_sessions.c.instrument == instrument,
                survey_sessions.c.version == version,
                survey_sessions.c.state == State.FINISHED.value,
            )
            .group_by(survey_sessions.c.person_id)
            .subquery("latest")
        )
        rows = (
            await self._connection.execute(
                select(teachers.c.school_id, survey_sessions.c.answers)
                .select_from(
                    latest.join(survey_sessions, survey_sessions.c.id == latest.c.id).join(
                        teachers, teachers.c.person_id == survey_sessions.c.person_id
                    )
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
    first = (
        select(func.min(roles.c.id).label("id"))
        .where(roles.c.role == Role.TEACHER.value)
        .group_by(roles.c.person_id)
        .subquery("first_roles")
    )
    return (
        select(roles.c.organisation_id.label("school_id"), roles.c.person_id)
        .join(first, first.c.id == roles.c.id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .join(people, people.c.id == roles.c.person_id)
        .join(consents, (consents.c.person_id == people.c.id) & consents.c.revoked_at.is_(None))
        .where(
            people.c.registered_at.is_not(None),
            or_(organisations.c.id == organisation_id, organisations.c.parent_id == organisation_id),
        )
        .subquery("teachers")
    )
