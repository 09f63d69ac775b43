"""Events in the database: the plan of a municipality or a school."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.model import (
    Colleague,
    Event,
    EventState,
    Listed,
    PartState,
    Plan,
)
from services.people.model import Kind, Organisation
from storage.event_people import TakingPartTable
from storage.event_reminders import EventReminderTable
from storage.event_rows import ORDER, columns_of, event_of
from storage.reachable import agrees
from storage.reporting_tables import event_people, events
from storage.tables import organisations, people, roles
from storage.takers import within

_TAKEN = (
    select(func.count())
    .select_from(event_people)
    .where(event_people.c.event_id == events.c.id, event_people.c.state == PartState.SIGNED_UP.value)
    .scalar_subquery()
)


class EventTable(TakingPartTable, EventReminderTable):
    """`services.events.ports.EventStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, event_id: int) -> Event | None:
        row = (await self._connection.execute(select(events).where(events.c.id == event_id))).first()
        return event_of(row) if row else None

    async def add(
        self, organisation_id: int, plan: Plan, remind_on: date | None, created_by: int, now: datetime
    ) -> Event:
        values = columns_of(plan) | {
            "organisation_id": organisation_id,
            "state": EventState.PLANNED.value,
            "remind_on": remind_on,
            "created_by": created_by,
            "created_at": now,
        }
        row = (await self._connection.execute(insert(events).values(values).returning(events))).one()
        return event_of(row)

    async def save(self, event: Event) -> Event | None:
        values = columns_of(event.plan) | {
            "state": event.state.value,
            "turn": event.turn + 1,
            "outcome": event.outcome,
            "announced_at": event.announced_at,
            "remind_on": event.remind_on,
            "closed_at": event.closed_at,
        }
        present = (events.c.id == event.id, events.c.turn == event.turn)
        row = (
            await self._connection.execute(update(events).where(*present).values(values).returning(events))
        ).first()
        return event_of(row) if row else None

    async def drop(self, event: Event) -> bool:
        result = await self._connection.execute(
            delete(events).where(
                events.c.id == event.id,
                events.c.turn == event.turn,
                events.c.state == EventState.PLANNED.value,
                events.c.announced_at.is_(None),
                ~exists().where(event_people.c.event_id == events.c.id),
            )
        )
        return result.rowcount == 1

    async def listed(self, place: Organisation, since: date, until: date) -> Sequence[Listed]:
        above = place.parent_id if place.kind is Kind.SCHOOL else None
        around = or_(within(place.id), organisations.c.id == above)
        rows = await self._connection.execute(
            select(
                events,
                organisations.c.kind.label("place_kind"),
                organisations.c.name.label("place_name"),
                organisations.c.parent_id,
                _TAKEN.label("taken"),
            )
            .join(organisations, organisations.c.id == events.c.organisation_id)
            .where(around, events.c.held_on.between(since, until))
            .order_by(*ORDER)
        )
        return [
            Listed(
                event_of(row),
                Organisation(row.organisation_id, Kind(row.place_kind), row.place_name, row.parent_id),
                row.taken,
            )
            for row in rows
        ]

    async def titles(self, organisation_id: int, *, lock: bool = False) -> Sequence[tuple[date, str]]:
        if lock:
            await self._connection.execute(
                select(organisations.c.id).where(organisations.c.id == organisation_id).with_for_update()
            )
        rows = await self._connection.execute(
            select(events.c.held_on, events.c.title).where(events.c.organisation_id == organisation_id)
        )
        return [(held_on, title) for held_on, title in rows]

    async def colleagues(self, place: Organisation, query: str, consent: str, most: int) -> Sequence[Colleague]:
        named = people.c.name_key.contains(query, autoescape=True)
        return await self._colleagues(_colleagues_of(place, consent).where(named).limit(most))

    async def colleague(self, place: Organisation, person_id: int, consent: str) -> Colleague | None:
        found = await self._colleagues(_colleagues_of(place, consent).where(people.c.id == person_id))
        return found[0] if found else None

    async def name_of(self, person_id: int, consent: str) -> str:
        query = select(people.c.full_name).where(people.c.id == person_id, agrees(people.c.id, consent))
        return await self._connection.scalar(query) or ""

    async def _colleagues(self, query: Select[Any]) -> Sequence[Colleague]:
        return [Colleague(row.id, row.full_name, row.place) for row in await self._connection.execute(query)]


def _colleagues_of(place: Organisation, consent: str) -> Select[Any]:
    above = place.parent_id if place.kind is Kind.SCHOOL else None
    return (
        select(people.c.id, people.c.full_name, func.min(organisations.c.name).label("place"))
        .join(roles, roles.c.person_id == people.c.id)
        .join(organisations, organisations.c.id == roles.c.organisation_id)
        .where(
            or_(within(place.id), organisations.c.id == above),
            people.c.registered_at.is_not(None),
            agrees(people.c.id, consent),
        )
        .group_by(people.c.id, people.c.full_name, people.c.name_key)
        .order_by(people.c.name_key, people.c.id)
    )
