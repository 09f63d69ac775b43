"""Counts of whole schools and what there is to report on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, literal, or_, select, true, union
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.session import State
from services.people.model import Kind, Role
from services.reporting.groups.ports import Participation
from services.reporting.groups.waves import Wave, of_campaign
from storage.tables import (
    anonymous_sheets,
    campaign_people,
    campaigns,
    invites,
    organisations,
    portion_members,
    portions,
    survey_sessions,
)
from storage.takers import finished, taken_in, takers, within


class ReportTable:
    """`services.reporting.groups.ports.ReportStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def participation(
        self, organisation_id: int, instrument: str, version: str, wave: Wave, now: datetime
    ) -> Sequence[Participation]:
        found = takers(organisation_id, wave.campaign_id).subquery("takers")
        done, begun, counted = _standing(found, instrument, version, wave)
        counts = (
            select(
                found.c.school_id,
                func.count().label("registered"),
                func.sum(case((done, 1), else_=0)).label("finished"),
                func.sum(case((done, 0), (begun, 1), else_=0)).label("in_progress"),
                func.sum(case((and_(done, ~counted), 1), else_=0)).label("waiting"),
            )
            .group_by(found.c.school_id)
            .subquery("counts")
        )
        seats = _invited(wave, now)
        rows = await self._connection.execute(
            select(
                organisations.c.id,
                organisations.c.name,
                func.coalesce(seats.c.invited, 0).label("invited"),
                func.coalesce(counts.c.registered, 0).label("registered"),
                func.coalesce(counts.c.finished, 0).label("finished"),
                func.coalesce(counts.c.in_progress, 0).label("in_progress"),
                func.coalesce(counts.c.waiting, 0).label("waiting"),
            )
            .select_from(
                organisations.outerjoin(seats, seats.c.school_id == organisations.c.id).outerjoin(
                    counts, counts.c.school_id == organisations.c.id
                )
            )
            .where(
                organisations.c.kind == Kind.SCHOOL.value,
                within(organisation_id),
                *((seats.c.invited.is_not(None),) if wave.campaign_id is not None else ()),
            )
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [
            Participation(
                row.id,
                row.name,
                int(row.invited),
                row.registered,
                int(row.finished),
                int(row.in_progress),
                int(row.waiting),
            )
            for row in rows
        ]

    async def instruments(self) -> Sequence[str]:
        done = select(survey_sessions.c.instrument).where(survey_sessions.c.state == State.FINISHED.value)
        found = union(done, select(anonymous_sheets.c.instrument), select(portions.c.instrument)).subquery()
        return (await self._connection.scalars(select(found.c.instrument).order_by(found.c.instrument))).all()

    async def campaigns(self, organisation_id: int, instrument: str, version: str) -> Sequence[Wave]:
        key = literal("c").concat(campaigns.c.id)
        kept = exists().where(
            portions.c.instrument == instrument,
            portions.c.version == version,
            portions.c.wave == key,
            or_(
                campaigns.c.anonymous,
                exists().where(organisations.c.id == portions.c.school_id, within(organisation_id)),
            ),
        )
        done = exists().where(
            survey_sessions.c.campaign_id == campaigns.c.id,
            survey_sessions.c.version == version,
            survey_sessions.c.state == State.FINISHED.value,
            survey_sessions.c.person_id == campaign_people.c.person_id,
            campaign_people.c.campaign_id == campaigns.c.id,
            organisations.c.id == campaign_people.c.school_id,
            within(organisation_id),
        )
        handed_in = exists().where(
            anonymous_sheets.c.campaign_id == campaigns.c.id, anonymous_sheets.c.version == version
        )
        rows = await self._connection.execute(
            select(
                campaigns.c.id,
                campaigns.c.title,
                campaigns.c.created_at,
                campaigns.c.launched_at,
                campaigns.c.anonymous,
            ).where(
                campaigns.c.instrument == instrument,
                or_(~campaigns.c.anonymous, campaigns.c.organisation_id == organisation_id),
                or_(kept, done, and_(campaigns.c.anonymous, handed_in)),
            )
        )
        return [
            of_campaign(row.id, row.title, row.launched_at or row.created_at, anonymous=row.anonymous)
            for row in rows
        ]

    async def span(self, organisation_id: int, instrument: str, version: str) -> tuple[datetime, datetime] | None:
        first, last = (
            await self._connection.execute(
                select(func.min(survey_sessions.c.finished_at), func.max(survey_sessions.c.finished_at)).where(
                    *_finished_by_teachers(organisation_id, instrument, version, None)
                )
            )
        ).one()
        return None if first is None else (first, last)

    async def has_finished(self, organisation_id: int, instrument: str, version: str, wave: Wave) -> bool:
        condition = exists().where(*_finished_by_teachers(organisation_id, instrument, version, wave))
        return bool(await self._connection.scalar(select(condition)))


def _finished_by_teachers(
    organisation_id: int, instrument: str, version: str, wave: Wave | None
) -> tuple[ColumnElement[bool], ...]:
    teachers = takers(organisation_id, None).subquery("teachers")
    return (
        finished(survey_sessions, instrument, version, wave),
        survey_sessions.c.person_id == teachers.c.person_id,
    )


def _standing(
    found: Subquery, instrument: str, version: str, wave: Wave
) -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """Whether somebody has finished, has begun, and is in a portion."""
    own = survey_sessions.c.person_id == found.c.person_id
    begun = exists().where(
        own,
        survey_sessions.c.instrument == instrument,
        survey_sessions.c.version == version,
        survey_sessions.c.state == State.IN_PROGRESS.value,
        *taken_in(survey_sessions, wave, survey_sessions.c.updated_at),
    )
    if wave.anonymous:
        done = exists().where(
            campaign_people.c.campaign_id == wave.campaign_id,
            campaign_people.c.person_id == found.c.person_id,
            campaign_people.c.finished,
        )
        # Sheets have no school: whether they are in a portion is known of all of them together only.
        return done, begun, true()
    done = exists().where(own, finished(survey_sessions, instrument, version, wave))
    counted = exists().where(
        portion_members.c.instrument == instrument,
        portion_members.c.version == version,
        portion_members.c.wave == wave.key,
        portion_members.c.person_id == found.c.person_id,
    )
    return done, begun, counted


def _invited(wave: Wave, now: datetime) -> Subquery:
    """By `school_id`: whom a campaign is for, or people with teachers' invites of their own and seats on links.

    Links over by now count with those who came by them. A link for one's own other phone invites nobody.
    """
    if wave.campaign_id is not None:
        return (
            select(campaign_people.c.school_id, func.count().label("invited"))
            .where(campaign_people.c.campaign_id == wave.campaign_id)
            .group_by(campaign_people.c.school_id)
            .subquery("seats")
        )
    in_force = and_(invites.c.revoked_at.is_(None), invites.c.expires_at > now)
    seats = case((invites.c.person_id.is_not(None), 0), (in_force, invites.c.max_uses), else_=invites.c.used)
    people_count = func.count(invites.c.person_id.distinct())
    return (
        select(invites.c.organisation_id.label("school_id"), (func.sum(seats) + people_count).label("invited"))
        .where(
            invites.c.role == Role.TEACHER.value,
            or_(
                invites.c.person_id.is_(None),
                invites.c.issued_by.is_(None),
                invites.c.issued_by != invites.c.person_id,
            ),
        )
        .group_by(invites.c.organisation_id)
        .subquery("seats")
    )
