"""Lists of people and events beside the figures of a report, as they are today; storage is asked for them.

Names only of work (pairs, routes, events), as curators see them in chat: nothing of anybody's results.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from services.events.model import Audience, EventKind, EventState
from services.iom.model import RouteKind, RouteState
from services.mentoring.pair import PairForm, PairState
from services.people.model import Organisation
from services.reporting.facts import Basis
from services.reporting.periods import Period

MOST = 5_000
"""Rows of one list: more than that nobody reads, and a file of names need not be a copy of the register."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """The first `MOST` rows of a list, and how many there are of all."""

    rows: Sequence[Row] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair at work at some time of the period. `stage` is the present one (1 to 3), None: over, or no program.

    `meetings` were held in the period; `met_on` is the day of the last one of all.
    """

    school: str
    mentor: str
    mentee: str
    form: PairForm
    state: PairState
    stage: int | None
    started_on: date | None
    ended_on: date | None
    meetings: int
    met_on: date | None


@dataclass(frozen=True, slots=True)
class SilentRow:
    """A pair that has not met for long; `since` is the last day on which there was something to tell of it."""

    school: str
    mentor: str
    mentee: str
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A route that was sent to be agreed to: open today, or ended in the period.

    `steps` are the agreed ones not cancelled; `handed_in` wait to be confirmed.
    """

    school: str
    teacher: str
    kind: RouteKind
    state: RouteState
    agreed_on: date | None
    steps: int
    confirmed: int
    handed_in: int
    overdue: int


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """A teacher who lacks something. `joined`: they have an account here."""

    school: str
    teacher: str
    position: str
    subject: str
    joined: bool


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """An early-career teacher without a pair at work; `waits_since`: they have asked for a mentor."""

    school: str
    teacher: str
    position: str
    subject: str
    joined: bool
    waits_since: date | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of the period. `attended` None: it has not been held. `mark`: a mean of enough people, or None."""

    held_on: date
    title: str
    kind: EventKind
    holder: str
    audience: Audience
    responsible: str
    state: EventState
    signed_up: int
    attended: int | None
    mark: float | None


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of one place, as of the day `made_on`."""

    made_on: date
    pairs: Listed[PairRow] = Listed()
    silent: Listed[SilentRow] = Listed()
    routes: Listed[RouteRow] = Listed()
    without_route: Listed[TeacherRow] = Listed()
    early_without_mentor: Listed[EarlyRow] = Listed()
    events: Listed[EventRow] = Listed()


class ReportLists(Protocol):
    """Lists for whoever oversees a place. Every call works inside the caller's transaction."""

    async def of_place(self, place: Organisation, period: Period, reader_id: int | None, basis: Basis) -> Lists:
        """The lists of the school, or of the municipality with its schools.

        Whoever has taken their consent back is in none of them, nor is a pair that the reader is the mentee of.
        """
        ...
