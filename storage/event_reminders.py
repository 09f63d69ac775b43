"""Reminders of events in the database: who is to be told of what."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind
from services.delivery.quiet import USUAL_HOUR
from services.events.model import Duty, Event, EventState, PartState, Told
from services.iom.reminding_ports import Moment
from storage.conflict import insert_for
from storage.event_rows import ORDER, answers_for, event_of
from storage.organisations import TIMEZONE
from storage.outbox import row_of
from storage.reachable import newest_account, reachable
from storage.reporting_tables import event_people, events
from storage.tables import organisations, outbox, people, roles

_PLANNED = events.c.state == EventState.PLANNED.value


class EventReminderTable:
    """The reminding part of `services.events.ports.EventStore` over one connection."""

    _connection: AsyncConnection

    async def zones(self) -> Sequence[str | None]:
        places = exists().where(events.c.organisation_id == organisations.c.id)
        return (await self._connection.scalars(select(TIMEZONE).where(places).distinct())).all()

    async def announced_ahead(self, moment: Moment) -> Sequence[Event]:
        rows = await self._connection.execute(
            select(events)
            .where(
                _PLANNED,
                events.c.announced_at.is_not(None),
                events.c.held_on >= moment.today,
                _lives_in(moment),
            )
            .order_by(*ORDER)
        )
        return [event_of(row) for row in rows]

    async def duties(self, moment: Moment) -> Sequence[Duty]:
        who = case(
            (
                and_(answers_for(events.c.responsible_id), reachable(events.c.responsible_id, moment.consent)),
                events.c.responsible_id,
            ),
            else_=events.c.created_by,
        )
        due = (
            select(events.c.id.label("event_id"), who.label("person_id"))
            .where(_PLANNED, events.c.remind_on <= moment.today, _lives_in(moment))
            .subquery("due")
        )
        rows = await self._connection.execute(
            select(
                events,
                due.c.person_id,
                newest_account(due.c.person_id).label("account_id"),
                reachable(due.c.person_id, moment.consent).label("reachable"),
                func.coalesce(people.c.reminder_hour, USUAL_HOUR).label("hour"),
            )
            .join(due, due.c.event_id == events.c.id)
            .outerjoin(people, people.c.id == due.c.person_id)
            .order_by(*ORDER)
        )
        return [
            Duty(event_of(row), row.person_id, row.account_id)
            if row.reachable
            else Duty(event_of(row), None, None)
            for row in rows
            if not row.reachable or row.hour <= moment.hour
        ]

    async def owe_duty(self, duty: Duty, next_on: date | None, now: datetime) -> None:
        event = duty.event
        noted = await self._connection.execute(
            update(events)
            .where(events.c.id == event.id, events.c.turn == event.turn, events.c.remind_on == event.remind_on)
            .values(remind_on=next_on)
        )
        if noted.rowcount != 1 or duty.account_id is None:
            return
        key = f"event:{event.id}:duty:{event.remind_on}:{duty.person_id}"
        payload = {"event_id": event.id, "day": event.plan.held_on.toordinal()}
        row = row_of(duty.account_id, Kind.EVENT_DUTY, key, payload, now)
        await self._connection.execute(
            insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing(), [row]
        )

    async def to_remind(self, moment: Moment, until: date) -> Sequence[Told]:
        return await self._told(
            moment,
            "remind",
            _PLANNED,
            events.c.held_on > moment.today,
            events.c.held_on <= until,
            event_people.c.state == PartState.SIGNED_UP.value,
            event_people.c.signed_up_at < moment.began,
        )

    async def to_ask(self, moment: Moment, since: date) -> Sequence[Told]:
        signed_up = event_people.c.state == PartState.SIGNED_UP.value
        return await self._told(
            moment,
            "opinion",
            events.c.state != EventState.CANCELLED.value,
            events.c.held_on.between(since, moment.today - timedelta(days=1)),
            event_people.c.mark.is_(None),
            or_(event_people.c.attended.is_(True), and_(event_people.c.attended.is_(None), signed_up)),
        )

    async def owe_reminders(self, told: Sequence[Told], now: datetime) -> None:
        await self._owe_each(told, "remind", Kind.EVENT_REMINDER, now)

    async def owe_questions(self, told: Sequence[Told], now: datetime) -> None:
        await self._owe_each(told, "opinion", Kind.EVENT_FEEDBACK, now)

    async def _told(self, moment: Moment, what: str, *conditions: ColumnElement[bool]) -> Sequence[Told]:
        person = event_people.c.person_id
        query: Select[Any] = (
            select(events.c.id, events.c.held_on, person, newest_account(person))
            .join(event_people, event_people.c.event_id == events.c.id)
            .join(people, people.c.id == person)
            .where(
                *conditions,
                _lives_in(moment),
                reachable(person, moment.consent),
                exists().where(roles.c.person_id == person),
                func.coalesce(people.c.reminder_hour, USUAL_HOUR) <= moment.hour,
                ~exists().where(outbox.c.key == _key(what)),
            )
            .order_by(events.c.id, person)
        )
        return [
            Told(event_id, held_on, person_id, account_id)
            for event_id, held_on, person_id, account_id in await self._connection.execute(query)
        ]

    async def _owe_each(self, told: Sequence[Told], what: str, kind: Kind, now: datetime) -> None:
        rows = [
            row_of(
                each.account_id,
                kind,
                f"event:{each.event_id}:{what}:{each.held_on}:{each.person_id}",
                {"event_id": each.event_id, "day": each.held_on.toordinal()},
                now,
            )
            for each in told
        ]
        if rows:
            await self._connection.execute(
                insert_for(self._connection.dialect)(outbox).on_conflict_do_nothing(), rows
            )


def _lives_in(moment: Moment) -> ColumnElement[bool]:
    """Whether the place that holds an event lives by the moment's zone."""
    return exists().where(
        organisations.c.id == events.c.organisation_id, TIMEZONE.is_not_distinct_from(moment.zone)
    )


def _key(what: str) -> ColumnElement[str]:
    """The key of what is told to somebody of an event and its day: with another day it is told again."""
    event = literal("event:") + cast(events.c.id, String) + f":{what}:" + cast(events.c.held_on, String)
    return event + ":" + cast(event_people.c.person_id, String)
