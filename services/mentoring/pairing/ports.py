"""What is asked of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.mentoring.pairing.run import NewProposal, Proposal, Run, RunState
from services.mentoring.sides import Aim, Bar
from services.people.model import Profile

Couple = tuple[int, int]
"""Ids of a mentor and a mentee."""


@dataclass(frozen=True, slots=True)
class Seats:
    """A mentor's seats, and how many of them are free."""

    capacity: int
    free: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed pair that waits for answers, by its id."""

    pair_id: int
    school_id: int
    proposed_at: datetime
    answer_by: datetime


class MatchingStore(Protocol):
    """Runs of matching, their proposals, and who is never to be proposed to whom."""

    async def lock(self, place_id: int) -> None:
        """Whoever seats several people in the place at the same moment waits until this transaction is over."""
        ...

    async def open_of(self, organisation_id: int) -> Run | None:
        """The organisation's run that is gone through."""
        ...

    async def newest_of(self, organisation_id: int) -> Run | None:
        """The organisation's last run, whatever has become of it."""
        ...

    async def run(self, run_id: int) -> Run | None: ...

    async def caused_by(self, cause: str) -> Run | None:
        """The run that this event has made already."""
        ...

    async def add(
        self,
        organisation_id: int,
        aim: Aim,
        total: int,
        made_by: int,
        cause: str,
        proposals: Sequence[NewProposal],
        now: datetime,
    ) -> Run | None:
        """A new open run in place of the organisation's others; None when the cause has made one already."""
        ...

    async def proposals(self, run_id: int) -> Sequence[Proposal]:
        """In the order in which they were added."""
        ...

    async def proposal(self, proposal_id: int) -> Proposal | None: ...

    async def sent_for(self, request_id: int) -> Proposal | None:
        """The newest proposal of the request that was sent."""
        ...

    async def turned(self, run: Run, state: RunState | None = None) -> Run | None:
        """Take the run's next turn, with another state if given; None when somebody was faster."""
        ...

    async def decide(self, proposal: Proposal) -> None:
        """Write the proposal's mentor, score, words and decision. Take the run's turn before."""
        ...

    async def bar(self, mentor_id: int, mentee_id: int, made_by: int, now: datetime) -> None:
        """Never propose these two to each other."""
        ...

    async def bars(self, mentee_ids: Collection[int]) -> Mapping[Couple, Bar]:
        """Who is not to be proposed to these, and why.

        Refused: they have not come together, or have parted before the time. In conflict: one shows a result to
        the other as a psychologist.
        """
        ...

    async def profiles(self, person_ids: Collection[int], consent: str | None) -> Mapping[int, Profile]:
        """Those who are registered, have an account and a consent to this version (None: any) in force."""
        ...

    async def curators(self, person_ids: Collection[int]) -> set[tuple[int, int]]:
        """Who of them is a curator of which school: ids of the person and the school."""
        ...

    async def seats(self, mentor_ids: Collection[int]) -> Mapping[int, Seats]: ...

    async def paired(self, mentee_ids: Collection[int]) -> set[int]:
        """Those of them who have an open pair."""
        ...

    async def route_domains(self, person_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
        """Domains of the steps of their submitted open routes."""
        ...

    async def over(self, now: datetime) -> Sequence[int]:
        """Ids of proposed pairs whose term has passed, or one of whose people has taken their consent back."""
        ...

    async def unanswered(self, before: datetime) -> Sequence[Offer]:
        """Proposed pairs whose term is over before then, and nobody of which was reminded."""
        ...

    async def reminded(self, pair_id: int, today: date) -> bool:
        """Note that those of a proposed pair who have not answered are reminded; False when they were."""
        ...
