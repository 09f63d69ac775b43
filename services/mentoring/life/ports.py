"""What is asked of storage about lists of pairs. Every call works inside the caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.mentoring.pair import EndReason, Pair, PairForm, PairState
from services.people.model import Organisation


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair with the names of both, as a list shows it.

    `school` is the mentee's. `end_asked`: one of the two has asked to end it, and nobody has answered.
    `resumed_at`: when its last pause ended.
    """

    id: int
    state: PairState
    form: PairForm
    turn: int
    mentor_id: int
    mentor: str
    mentee_id: int
    mentee: str
    school_id: int
    school: str
    mentor_agreed: bool
    mentee_agreed: bool
    started_on: date | None
    ended_on: date | None
    end_reason: EndReason | None
    last_met_on: date | None
    paused_until: date | None
    end_asked: bool
    resumed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Forsaken:
    """A pair without one of the two: its mentor, or (not `mentor_gone`) its mentee."""

    pair: Pair
    mentor_gone: bool


class PairLists(Protocol):
    """Lists of pairs with names, for those who may see them.

    Pairs of somebody whose consent is not in force are in none of them.
    """

    async def of_person(self, person_id: int) -> Sequence[PairLine]:
        """Every pair of which the person is one, those open first, then the newest first."""
        ...

    async def of_place(self, place: Organisation) -> Sequence[PairLine]:
        """Every pair of the mentees of the school, or of the municipality's schools, by school and mentee."""
        ...

    async def resting_until(self, before: date) -> Sequence[Pair]:
        """Pairs at rest whose last day of it is before that day."""
        ...

    async def forsaken(self, before: datetime) -> Sequence[Forsaken]:
        """Live pairs of which one has taken their consent back before then, and not given it again."""
        ...

    async def active_since(self, days: Collection[date]) -> Sequence[Pair]:
        """Pairs that work together and began on one of the days."""
        ...

    async def owed(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that the outbox has."""
        ...
