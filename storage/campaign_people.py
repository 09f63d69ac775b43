"""Whom campaigns are for, in the database: added and taken out, invited, reminded, counted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns.model import ROLES, Audience, Candidate, SchoolStanding, Standing, Unfinished
from services.delivery.model import Kind
from services.diagnostics.session import State as SessionState
from services.people.model import Kind as Place
from services.people.model import Profile
from storage.conflict import insert_for
from storage.reachable import newest_account, reachable
from storage.tables import (
    campaign_people,
    campaigns,
    organisations,
    outbox,
    people,
    roles,
    survey_sessions,
)
from storage.takers import within
from storage.types import UtcDateTime

_OWED = ("account_id", "kind", "key", "payload", "not_before", "created_at")
"""Columns of the outbox that a new row fills."""


class EnrolmentTable:
    """The people's half of `services.campaigns.ports.CampaignStore` over one connection."""

    _connection: AsyncConnection

    async def opened(self, campaign_id: int, person_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(campaign_people)
            .where(
                campaign_people.c.campaign_id == campaign_id,
                campaign_people.c.person_id == person_id,
                campaign_people.c.opened_at.is_(None),
            )
            .values(opened_at=_moment_of_opening(campaign_id, now))
        )

    async def candidates(
        self,
        organisation_id: int,
        audience: Audience,
        consent: str | None,
        *,
        beside: int | None = None,
        person_id: int | None = None,
    ) -> Sequence[Candidate]:
        query = (
            select(
                roles.c.person_id,
                organisations.c.id.label("school_id"),
                organisations.c.name.label("school"),
                people.c.full_name,
                people.c.position,
                people.c.subject,
                people.c.years_of_work,
                people.c.birth_year,
                people.c.category,
                people.c.profile_on,
                reachable(people.c.id, consent).label("reachable"),
            )
            .join(people, people.c.id == roles.c.person_id)
            .join(organisations, organisations.c.id == roles.c.organisation_id)
            .where(
                _one_of(audience),
                organisations.c.kind == Place.SCHOOL.value,
                within(organisation_id),
                # Somebody who has come in and not yet told their name.
                people.c.full_name != "",
            )
            .order_by(roles.c.id)
        )
        if audience.schools:
            query = query.where(organisations.c.id.in_(audience.schools))
        if beside is not None:
            query = query.where(
                ~exists().where(
                    campaign_people.c.campaign_id == beside, campaign_people.c.person_id == roles.c.person_id
                )
            )
        if person_id is not None:
            query = query.where(roles.c.person_id == person_id)
        return [
            Candidate(
                row.person_id,
                row.school_id,
                row.school,
                Profile(
                    row.full_name,
                    row.position,
                    row.subject,
                    row.years_of_work,
                    row.birth_year,
                    row.category,
                    row.profile_on,
                ),
                bool(row.reachable),
            )
            for row in await self._connection.execute(query)
        ]

    async def attach_begun(self, campaign_id: int, instrument: str) -> None:
        awaited = select(campaign_people.c.person_id).where(
            campaign_people.c.campaign_id == campaign_id, campaign_people.c.finished.is_(False)
        )
        await self._connection.execute(
            update(survey_sessions)
            .where(
                survey_sessions.c.instrument == instrument,
                survey_sessions.c.state == "in_progress",
                survey_sessions.c.campaign_id.is_(None),
                survey_sessions.c.anonymous.is_(False),
                # A school's form is of the school, which need not be one of the campaign's.
                survey_sessions.c.organisation_id.is_(None),
                survey_sessions.c.person_id.in_(awaited),
            )
            .values(campaign_id=campaign_id)
        )

    async def enrol(self, campaign_id: int, people: Sequence[tuple[int, int]]) -> None:
        if people:
            await self._connection.execute(
                insert_for(self._connection.dialect)(campaign_people).on_conflict_do_nothing(),
                [
                    {"campaign_id": campaign_id, "person_id": person_id, "school_id": school_id}
                    for person_id, school_id in people
                ],
            )

    async def unenrol(self, campaign_id: int, audience: Audience, person_id: int | None = None) -> None:
        holds = exists().where(
            roles.c.person_id == campaign_people.c.person_id,
            roles.c.organisation_id == campaign_people.c.school_id,
            _one_of(audience),
        )
        statement = delete(campaign_people).where(
            campaign_people.c.campaign_id == campaign_id, campaign_people.c.finished.is_(False), ~holds
        )
        if person_id is not None:
            statement = statement.where(campaign_people.c.person_id == person_id)
        await self._connection.execute(statement)

    async def invite(
        self, campaign_id: int, consent: str | None, now: datetime, person_id: int | None = None
    ) -> int:
        waiting = select(campaign_people.c.person_id).where(
            campaign_people.c.campaign_id == campaign_id, campaign_people.c.finished.is_(False)
        )
        if person_id is not None:
            waiting = waiting.where(campaign_people.c.person_id == person_id)
        key = _key(_invite_key(campaign_id))
        return await self._owe(waiting, consent, Kind.CAMPAIGN_INVITE, key, {"campaign_id": campaign_id}, now)

    async def forget_failed(self, campaign_id: int) -> None:
        await self._connection.execute(
            delete(outbox).where(
                outbox.c.kind == Kind.CAMPAIGN_INVITE.value,
                outbox.c.state == "failed",
                outbox.c.key.startswith(_invite_key(campaign_id)),
            )
        )

    async def remind(
        self, campaign_ids: Sequence[int], day: date, since: datetime, consent: str, now: datetime
    ) -> int:
        mine = campaign_people.c
        invited = literal("campaign:") + cast(mine.campaign_id, String) + ":invite:" + cast(mine.person_id, String)
        invited_today = exists().where(outbox.c.key == invited, outbox.c.created_at >= since)
        waiting = (
            select(campaign_people.c.person_id)
            .distinct()
            .where(
                campaign_people.c.campaign_id.in_(campaign_ids),
                campaign_people.c.finished.is_(False),
                ~invited_today,
            )
        )
        key = _key("campaigns:remind:") + f":{day.isoformat()}"
        return await self._owe(waiting, consent, Kind.CAMPAIGN_REMINDER, key, {"day": day.toordinal()}, now)

    async def _owe(
        self,
        waiting: Select[tuple[int]],
        consent: str | None,
        kind: Kind,
        key: ColumnElement[str],
        payload: dict[str, int],
        now: datetime,
    ) -> int:
        """A row for each of the `waiting` people who are reachable; how many are new."""
        owed = select(
            newest_account(people.c.id),
            literal(kind.value),
            key,
            literal(payload, outbox.c.payload.type),
            literal(now, outbox.c.not_before.type),
            literal(now, outbox.c.created_at.type),
        ).where(
            people.c.id.in_(waiting),
            reachable(people.c.id, consent),
            ~exists().where(outbox.c.key == key),
        )
        statement = insert_for(self._connection.dialect)(outbox).from_select(_OWED, owed).on_conflict_do_nothing()
        return int((await self._connection.execute(statement)).rowcount)

    async def awaits(self, campaign_id: int, person_id: int) -> bool:
        found = await self._connection.scalar(
            select(campaign_people.c.person_id).where(
                campaign_people.c.campaign_id == campaign_id,
                campaign_people.c.person_id == person_id,
                campaign_people.c.finished.is_(False),
            )
        )
        return found is not None

    async def standing(self, campaign_id: int, consent: str) -> Sequence[SchoolStanding]:
        mine = campaign_people.c
        # Found once, not once a person: asked for each, SQLite goes through all tests of the campaign every time.
        begun = mine.person_id.in_(
            select(survey_sessions.c.person_id).where(
                survey_sessions.c.campaign_id == campaign_id,
                survey_sessions.c.state == SessionState.IN_PROGRESS.value,
            )
        )
        rows = await self._connection.execute(
            select(
                mine.school_id,
                organisations.c.name,
                func.count().label("people"),
                _count(and_(~mine.finished, ~reachable(mine.person_id, consent))).label("absent"),
                _count(or_(mine.finished, mine.opened_at.is_not(None), begun)).label("opened"),
                _count(and_(~mine.finished, begun)).label("in_progress"),
                _count(mine.finished).label("done"),
            )
            .join(organisations, organisations.c.id == mine.school_id)
            .where(mine.campaign_id == campaign_id)
            .group_by(mine.school_id, organisations.c.name)
            .order_by(organisations.c.name, mine.school_id)
        )
        return [
            SchoolStanding(
                row.school_id,
                row.name,
                Standing(row.people, int(row.absent), int(row.opened), int(row.in_progress), int(row.done)),
            )
            for row in rows
        ]

    async def unfinished(
        self, campaign_id: int, consent: str, school_id: int | None = None
    ) -> Sequence[Unfinished]:
        query = (
            select(
                people.c.full_name,
                organisations.c.name,
                reachable(people.c.id, consent).label("reachable"),
            )
            .join(campaign_people, campaign_people.c.person_id == people.c.id)
            .join(organisations, organisations.c.id == campaign_people.c.school_id)
            .where(campaign_people.c.campaign_id == campaign_id, campaign_people.c.finished.is_(False))
            .order_by(organisations.c.name, organisations.c.id, people.c.name_key, people.c.id)
        )
        if school_id is not None:
            query = query.where(campaign_people.c.school_id == school_id)
        return [
            Unfinished(row.full_name, row.name, bool(row.reachable))
            for row in await self._connection.execute(query)
        ]


def _one_of(audience: Audience) -> ColumnElement[bool]:
    """Whether a row of `roles` has a role of the audience."""
    return roles.c.role.in_([role.value for role in audience.roles or ROLES])


def _invite_key(campaign_id: int) -> str:
    """What the keys of a campaign's invitations begin with; the person's id follows."""
    return f"campaign:{campaign_id}:invite:"


def _key(start: str) -> ColumnElement[str]:
    return literal(start) + cast(people.c.id, String)


def _count(condition: Any) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _moment_of_opening(campaign_id: int, now: datetime) -> ColumnElement[Any]:
    """When somebody opened a campaign; of an anonymous one always the launch, for a moment would tell whose sheet
    came when."""
    return (
        select(case((campaigns.c.anonymous, campaigns.c.launched_at), else_=literal(now, UtcDateTime)))
        .where(campaigns.c.id == campaign_id)
        .scalar_subquery()
    )
