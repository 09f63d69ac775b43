"""Who takes part in events, in the database: enrolled, invited, signed up, marked."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Update,
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

from services.delivery.model import Kind
from services.events.model import Attendee, Audience, Candidate, Counts, Event, EventState, Part, PartState
from services.mentoring.pair import PairState
from services.people.early_career import FIRST_YEARS, YOUNG_UNDER
from services.people.model import Kind as Place
from services.people.model import Profile, Role
from storage.conflict import insert_for
from storage.event_rows import ORDER, answers_for, event_of
from storage.mentoring_tables import pairs
from storage.reachable import agrees, newest_account, reachable
from storage.reporting_tables import event_people, events
from storage.tables import accounts, organisations, outbox, people, roles
from storage.takers import within

_AT_ONCE = 500
"""Ids in one condition: both databases have a limit on parameters."""
_OWED = ("account_id", "kind", "key", "payload", "not_before", "created_at")
_ROLES = {
    Audience.EVERYBODY: (Role.TEACHER, Role.MENTOR, Role.CURATOR),
    Audience.EARLY: (Role.TEACHER,),
    Audience.MENTORS: (Role.MENTOR,),
    Audience.MENTEES: (Role.TEACHER,),
    Audience.CURATORS: (Role.CURATOR,),
}
_WORKS = (PairState.APPROVED.value, PairState.ACTIVE.value, PairState.PAUSED.value)
_SIGNED_UP = event_people.c.state == PartState.SIGNED_UP.value


class TakingPartTable:
    """The people's part of `services.events.ports.EventStore` over one connection."""

    _connection: AsyncConnection

    async def candidates(
        self, organisation_id: int, audience: Audience, consent: str, today: date, *, beside: int | None = None
    ) -> Sequence[Candidate]:
        query = (
            select(roles.c.person_id, roles.c.organisation_id, *_PROFILE)
            .join(people, people.c.id == roles.c.person_id)
            .join(organisations, organisations.c.id == roles.c.organisation_id)
            .where(
                roles.c.role.in_([role.value for role in _ROLES[audience]]),
                organisations.c.kind == Place.SCHOOL.value,
                within(organisation_id),
                reachable(people.c.id, consent),
            )
            .order_by(roles.c.id)
        )
        if audience is Audience.EARLY:
            # Years of work only grow: whoever is early today is among these.
            young = people.c.birth_year > today.year - YOUNG_UNDER
            query = query.where(or_(young, people.c.years_of_work < FIRST_YEARS))
        if beside is not None:
            mine = (event_people.c.event_id == beside, event_people.c.person_id == roles.c.person_id)
            query = query.where(~exists().where(*mine))
        if audience is Audience.MENTEES:
            query = query.where(exists().where(pairs.c.mentee_id == roles.c.person_id, pairs.c.state.in_(_WORKS)))
        return [
            Candidate(row.person_id, row.organisation_id, Profile(*row[2:]))
            for row in await self._connection.execute(query)
        ]

    async def enrolled(self, event_id: int) -> Collection[int]:
        found = await self._connection.scalars(
            select(event_people.c.person_id).where(event_people.c.event_id == event_id)
        )
        return set(found.all())

    async def enrol(self, event_id: int, people: Sequence[tuple[int, int]]) -> None:
        if people:
            state = PartState.INVITED.value
            await self._connection.execute(
                insert_for(self._connection.dialect)(event_people).on_conflict_do_nothing(),
                [
                    {"event_id": event_id, "person_id": person_id, "school_id": school_id, "state": state}
                    for person_id, school_id in people
                ],
            )

    async def unenrol(self, event_id: int, person_ids: Collection[int]) -> None:
        ids = sorted(person_ids)
        for start in range(0, len(ids), _AT_ONCE):
            await self._connection.execute(
                delete(event_people).where(
                    event_people.c.event_id == event_id,
                    event_people.c.person_id.in_(ids[start : start + _AT_ONCE]),
                    event_people.c.state == PartState.INVITED.value,
                    event_people.c.attended.is_(None),
                )
            )

    async def invite(self, event_id: int, consent: str, now: datetime) -> int:
        start = f"event:{event_id}:invite:"
        waiting = and_(
            event_people.c.event_id == event_id,
            event_people.c.state == PartState.INVITED.value,
            ~exists().where(outbox.c.key == _key(start)),
        )
        return await self._owe(waiting, Kind.EVENT_INVITE, start, {"event_id": event_id}, consent, now, now)

    async def tell_changed(
        self, event: Event, was: date, consent: str, not_before: datetime, now: datetime
    ) -> None:
        start = f"event:{event.id}:changed:"
        waits = exists().where(
            accounts.c.person_id == event_people.c.person_id,
            outbox.c.account_id == accounts.c.id,
            outbox.c.kind == Kind.EVENT_CHANGED.value,
            outbox.c.state == "pending",
            outbox.c.key.startswith(start),
        )
        payload = {"event_id": event.id, "was": was.toordinal()}
        told = and_(event_people.c.event_id == event.id, _SIGNED_UP, ~waits)
        await self._owe(told, Kind.EVENT_CHANGED, f"{start}{event.turn}:", payload, consent, not_before, now)

    async def part(self, event_id: int, person_id: int) -> Part | None:
        row = (await self._connection.execute(select(event_people).where(*_one(event_id, person_id)))).first()
        return _part(row) if row else None

    async def counts(self, event_id: int) -> Counts:
        mine = event_people.c
        row = (
            await self._connection.execute(
                select(
                    func.count(),
                    _count(_SIGNED_UP),
                    _count(mine.state == PartState.DECLINED.value),
                    _count(mine.attended.is_(True)),
                    _count(mine.attended.is_(False)),
                    func.count(mine.mark),
                    func.coalesce(func.sum(mine.mark), 0),
                ).where(mine.event_id == event_id)
            )
        ).one()
        return Counts(*(int(number) for number in row))

    async def lock(self, event_id: int) -> None:
        # SQLite has one writer at a time, and leaves this out.
        await self._connection.execute(select(events.c.id).where(events.c.id == event_id).with_for_update())

    async def take_seat(self, event_id: int, person_id: int, today: date, now: datetime) -> bool:
        # Whoever comes second waits here: their statement then counts the first one's seat.
        await self.lock(event_id)
        beside = event_people.alias("beside")
        taken = (
            select(func.count())
            .select_from(beside)
            .where(beside.c.event_id == event_id, beside.c.state == PartState.SIGNED_UP.value)
            .scalar_subquery()
        )
        is_open = exists().where(
            events.c.id == event_id,
            events.c.state == EventState.PLANNED.value,
            events.c.announced_at.is_not(None),
            events.c.held_on >= today,
            or_(events.c.seats.is_(None), events.c.seats > taken),
        )
        return await self._changed(
            update(event_people)
            .where(*_one(event_id, person_id), ~_SIGNED_UP, is_open)
            .values(state=PartState.SIGNED_UP.value, signed_up_at=now)
        )

    async def decline(self, event_id: int, person_id: int) -> bool:
        return await self._changed(
            update(event_people)
            .where(*_one(event_id, person_id), event_people.c.state != PartState.DECLINED.value)
            .values(state=PartState.DECLINED.value, signed_up_at=None)
        )

    async def leave(self, person_id: int) -> None:
        planned = select(events.c.id).where(events.c.state == EventState.PLANNED.value)
        await self._connection.execute(
            update(event_people)
            .where(event_people.c.person_id == person_id, _SIGNED_UP, event_people.c.event_id.in_(planned))
            .values(state=PartState.DECLINED.value, signed_up_at=None)
        )

    async def people(self, event_id: int, consent: str, query: str | None = None) -> Sequence[Attendee]:
        shown = or_(_SIGNED_UP, event_people.c.attended.is_not(None))
        if query is not None:
            shown = people.c.name_key.contains(query, autoescape=True)
        rows = await self._connection.execute(
            select(event_people, people.c.full_name, organisations.c.name)
            .join(people, people.c.id == event_people.c.person_id)
            .join(organisations, organisations.c.id == event_people.c.school_id)
            .where(event_people.c.event_id == event_id, shown, agrees(people.c.id, consent))
            .order_by(people.c.name_key, people.c.id)
        )
        return [Attendee(row.person_id, row.full_name, row.name, _part(row)) for row in rows]

    async def attend(self, event_id: int, person_id: int, attended: bool) -> None:
        await self._changed(update(event_people).where(*_one(event_id, person_id)).values(attended=attended))

    async def all_attended(self, event_id: int) -> None:
        unmarked = (event_people.c.event_id == event_id, _SIGNED_UP, event_people.c.attended.is_(None))
        await self._connection.execute(update(event_people).where(*unmarked).values(attended=True))

    async def rate(self, event_id: int, person_id: int, mark: int) -> None:
        await self._changed(update(event_people).where(*_one(event_id, person_id)).values(mark=mark))

    async def comment(self, event_id: int, person_id: int, words: str) -> None:
        await self._changed(update(event_people).where(*_one(event_id, person_id)).values(words=words))

    async def opinions(self, event_id: int) -> Sequence[str]:
        said = event_people.c.words
        found = await self._connection.scalars(
            select(said).where(event_people.c.event_id == event_id, said != "").order_by(said)
        )
        return found.all()

    async def mine(self, person_id: int, since: date, until: date) -> Sequence[tuple[Event, Part]]:
        rows = await self._connection.execute(
            select(
                events,
                event_people.c.state.label("part"),
                event_people.c.attended,
                event_people.c.mark,
                event_people.c.words,
            )
            .join(event_people, event_people.c.event_id == events.c.id)
            .where(
                event_people.c.person_id == person_id,
                events.c.announced_at.is_not(None),
                events.c.held_on.between(since, until),
            )
            .order_by(*ORDER)
        )
        return [(event_of(row), Part(PartState(row.part), row.attended, row.mark, row.words)) for row in rows]

    async def answered_for(self, person_id: int, since: date) -> Sequence[Event]:
        rows = await self._connection.execute(
            select(events)
            .where(
                answers_for(person_id),
                events.c.held_on >= since,
                events.c.state != EventState.CANCELLED.value,
            )
            .order_by(*ORDER)
        )
        return [event_of(row) for row in rows]

    async def _owe(
        self,
        told: ColumnElement[bool],
        kind: Kind,
        start: str,
        payload: dict[str, int],
        consent: str,
        not_before: datetime,
        now: datetime,
    ) -> int:
        """A row for each of the event's people `told` who can be reached; how many."""
        person_id = event_people.c.person_id
        owed = select(
            newest_account(person_id),
            literal(kind.value),
            _key(start),
            literal(payload, outbox.c.payload.type),
            literal(not_before, outbox.c.not_before.type),
            literal(now, outbox.c.created_at.type),
        ).where(told, reachable(person_id, consent), exists().where(roles.c.person_id == person_id))
        statement = insert_for(self._connection.dialect)(outbox).from_select(_OWED, owed).on_conflict_do_nothing()
        return int((await self._connection.execute(statement)).rowcount)

    async def _changed(self, statement: Update) -> bool:
        return (await self._connection.execute(statement)).rowcount == 1


_PROFILE = (
    people.c.full_name,
    people.c.position,
    people.c.subject,
    people.c.years_of_work,
    people.c.birth_year,
    people.c.category,
    people.c.profile_on,
)
"""As `Profile` takes them."""


def _one(event_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return event_people.c.event_id == event_id, event_people.c.person_id == person_id


def _key(start: str) -> ColumnElement[str]:
    return literal(start) + cast(event_people.c.person_id, String)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _part(row: Any) -> Part:
    return Part(PartState(row.state), row.attended, row.mark, row.words)
