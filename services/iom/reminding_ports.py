"""What reminding asks of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.delivery.model import NO_CONSENT, Failure, Kind

LEFT_TO_TODAY = "left to the one of today"
"""Why a late reminder is not sent on a day that has its own, a little later."""
UNREACHED = (Failure.BLOCKED.value, Failure.UNREACHABLE.value, NO_CONSENT, LEFT_TO_TODAY)
"""What the reason of a message begins with that has not arrived and is owed still."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment where some schools live: `zone` as it is set for them, None for those of which nobody has set it.

    `began` is when this day began there.

    People who want their messages from `hour` of the day, or from an earlier one, may get them now.
    """

    zone: str | None
    today: date
    began: datetime
    hour: int
    now: datetime
    consent: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is to be told something, and the account to write to."""

    person_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step whose reminder is due."""

    id: int
    due_on: date


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step after its term, as those who look after its teacher are told of it."""

    route_id: int
    teacher: str
    title: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a decision about a route of this teacher, and since when."""

    route_id: int
    teacher: str
    since: datetime


class ReminderStore(Protocol):
    """Who is to be told what, asked of the tables each time."""

    async def zones(self) -> Sequence[str | None]:
        """Every zone that some school lives by."""
        ...

    async def teachers_due(self, moment: Moment, again_since: datetime) -> Sequence[Reader]:
        """Teachers of the moment's schools to be reminded now: not yet today, nothing silences them.

        Those too whose last reminder since `again_since` did not reach them, while a step of it needs it still.
        """
        ...

    async def steps_due(self, person_ids: Sequence[int], today: date) -> Sequence[DueStep]:
        """Steps of these people whose reminders are due."""
        ...

    async def reminded(self, steps: Sequence[tuple[DueStep, date]], today: date) -> None:
        """Note the next reminder of each step; not of those that have changed since they were read."""
        ...

    async def mentors_due(self, moment: Moment, due_before: date, again_since: datetime) -> Sequence[Reader]:
        """Mentors to be told now of steps that were due before that day; their teachers were told before.

        Those too whose last such message since `again_since` did not reach them.
        """
        ...

    async def escalated(self, mentor_ids: Sequence[int], due_before: date, today: date, consent: str) -> None:
        """Note that these mentors are told of what `mentors_due` found for them."""
        ...

    async def owe(self, readers: Sequence[Reader], kind: Kind, day: date, now: datetime) -> None:
        """Owe each of them one message of this kind and day; what is owed already stays as it is."""
        ...

    async def overtaken(self, account_id: int, kind: Kind, parcel_id: int) -> bool:
        """Whether a later message of this kind for the account is on its way or has arrived."""
        ...

    async def late_for_mentor(
        self, mentor_id: int, due_before: date, today: date, consent: str
    ) -> Sequence[LateStep]:
        """Steps of the mentor's teachers that were due before that day, the oldest first; none at rest.

        Here and below: only of teachers who agree to that version of the consent.
        """
        ...

    async def late_for_curator(
        self, reader_id: int, due_before: date, unmentored_before: date, today: date, consent: str
    ) -> Sequence[LateStep]:
        """Late steps of the reader's schools, the oldest first, that teachers and mentors were told of before.

        Due before `due_before`, or where no mentor can be told before `unmentored_before`. The reader's are the
        schools that they curate, and for a methodist those below that have no curator to be told.
        """
        ...

    async def routes_waiting(self, reader_id: int, since: datetime, consent: str) -> Sequence[Waiting]:
        """Routes of the reader's schools that have waited to be agreed to since before that moment."""
        ...

    async def steps_waiting(self, reader_id: int, since: datetime, consent: str) -> Sequence[Waiting]:
        """Steps of the reader's schools that have waited to be confirmed since before that moment."""
        ...
