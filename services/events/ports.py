"""What events ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from services.events.model import (
    Attendee,
    Audience,
    Candidate,
    Colleague,
    Counts,
    Duty,
    Event,
    Listed,
    Part,
    Plan,
    Told,
)
from services.iom.reminding_ports import Moment
from services.people.model import Organisation


class PlanStore(Protocol):
    """The events themselves."""

    async def get(self, event_id: int) -> Event | None: ...

    async def add(
        self, organisation_id: int, plan: Plan, remind_on: date | None, created_by: int, now: datetime
    ) -> Event: ...

    async def save(self, event: Event) -> Event | None:
        """Keep the event as it is now; None when somebody has changed it since it was read."""
        ...

    async def drop(self, event: Event) -> bool:
        """Delete an event that was never announced; False when it has been, or was changed since it was read."""
        ...

    async def listed(self, place: Organisation, since: date, until: date) -> Sequence[Listed]:
        """Events from one day to another of a school and of the municipality above it, or of a municipality and
        its schools, in order."""
        ...

    async def titles(self, organisation_id: int, *, lock: bool = False) -> Sequence[tuple[date, str]]:
        """Days and titles of all of the organisation's own events; with `lock` nobody else adds any meanwhile."""
        ...

    async def colleagues(self, place: Organisation, query: str, consent: str, most: int) -> Sequence[Colleague]:
        """People with a role within the place, or in the one above a school, whose name holds the query (a
        `name_key`), by name. Here and below: only who agrees to that version of the consent."""
        ...

    async def colleague(self, place: Organisation, person_id: int, consent: str) -> Colleague | None:
        """The same person by the id."""
        ...

    async def name_of(self, person_id: int, consent: str) -> str:
        """The whole name; empty for somebody who is shown to nobody."""
        ...


class TakingPartStore(Protocol):
    """Who takes part."""

    async def candidates(
        self, organisation_id: int, audience: Audience, consent: str, today: date, *, beside: int | None = None
    ) -> Sequence[Candidate]:
        """People of the organisation's schools with the roles of the audience who can be written to.

        Each as often as they have such roles; `beside` an event only those who are not enrolled in it. Of
        `Audience.EARLY` all who might be: the rule decides who is.
        """
        ...

    async def enrolled(self, event_id: int) -> Collection[int]:
        """Ids of those whom the event is for."""
        ...

    async def enrol(self, event_id: int, people: Sequence[tuple[int, int]]) -> None:
        """Add people, each with the school they are counted in."""
        ...

    async def unenrol(self, event_id: int, person_ids: Collection[int]) -> None:
        """Take out those who have neither answered nor been there."""
        ...

    async def invite(self, event_id: int, consent: str, now: datetime) -> int:
        """Owe an invitation to each who has had none; how many."""
        ...

    async def part(self, event_id: int, person_id: int) -> Part | None:
        """The person's part; None when the event is not for them."""
        ...

    async def counts(self, event_id: int) -> Counts: ...

    async def take_seat(self, event_id: int, person_id: int, today: date, now: datetime) -> bool:
        """Sign the person up; False when they are signed up already, or no seat is free, or it is too late.

        However many do it at once, no more seats are taken than there are.
        """
        ...

    async def lock(self, event_id: int) -> None:
        """Let nobody sign up until the transaction ends."""
        ...

    async def decline(self, event_id: int, person_id: int) -> bool:
        """Note that the person does not come; their seat is free."""
        ...

    async def leave(self, person_id: int) -> None:
        """Free the person's seats in everything that is still planned."""
        ...

    async def people(self, event_id: int, consent: str, query: str | None = None) -> Sequence[Attendee]:
        """Who has signed up, or of whom it is noted whether they were there, by name.

        With a query (a `name_key`) all whom the event is for and whose name holds it. Only of those who agree to
        that version of the consent.
        """
        ...

    async def attend(self, event_id: int, person_id: int, attended: bool) -> None:
        """Note whether somebody was there."""
        ...

    async def all_attended(self, event_id: int) -> None:
        """Note that all who had signed up were there, but for those of whom it is noted already."""
        ...

    async def rate(self, event_id: int, person_id: int, mark: int) -> None: ...

    async def comment(self, event_id: int, person_id: int, words: str) -> None: ...

    async def opinions(self, event_id: int) -> Sequence[str]:
        """What people have written of the event, in an order that tells nothing of them."""
        ...

    async def mine(self, person_id: int, since: date, until: date) -> Sequence[tuple[Event, Part]]:
        """Announced events of these days that are for the person, in order."""
        ...

    async def answered_for(self, person_id: int, since: date) -> Sequence[Event]:
        """Events from that day on, not cancelled, that the person is responsible for, in order."""
        ...

    async def tell_changed(
        self, event: Event, was: date, consent: str, not_before: datetime, now: datetime
    ) -> None:
        """Owe news of the event to all who have signed up.

        Whoever has such news waiting already gets that alone. `was` is the day it was to be held on until now.
        """
        ...


class EventReminders(Protocol):
    """Who is to be reminded, asked of the tables each time."""

    async def zones(self) -> Sequence[str | None]:
        """Every zone that a place with events lives by."""
        ...

    async def announced_ahead(self, moment: Moment) -> Sequence[Event]:
        """Announced events of the moment's places that are still to be held."""
        ...

    async def duties(self, moment: Moment) -> Sequence[Duty]:
        """Events whose responsible is to be reminded now; whoever planned it where the responsible cannot be
        reached."""
        ...

    async def owe_duty(self, duty: Duty, next_on: date | None, now: datetime) -> None:
        """Owe the reminder and note the next one; nothing where the event has changed since."""
        ...

    async def to_remind(self, moment: Moment, until: date) -> Sequence[Told]:
        """People signed up before today for an event after today, up to that day, who were not reminded."""
        ...

    async def to_ask(self, moment: Moment, since: date) -> Sequence[Told]:
        """People who were at an event from that day on until yesterday and were not asked what they think."""
        ...

    async def owe_reminders(self, told: Sequence[Told], now: datetime) -> None: ...

    async def owe_questions(self, told: Sequence[Told], now: datetime) -> None: ...


class EventStore(PlanStore, TakingPartStore, EventReminders, Protocol):
    """Events of municipalities and schools, and who takes part."""
