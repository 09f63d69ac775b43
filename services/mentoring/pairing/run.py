"""A run of matching as its curator goes through it: proposals, what is decided about each, the next choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.mentoring.sides import Aim


class RunState(StrEnum):
    """Gone through, done with, or given way to a newer one of the same place."""

    OPEN = "open"
    SENT = "sent"
    REPLACED = "replaced"


class Decision(StrEnum):
    """What the curator has decided about a proposal. Sent: both are asked."""

    OPEN = "open"
    AGREED = "agreed"
    BY_HAND = "by_hand"
    LEFT_OUT = "left_out"
    SENT = "sent"


FIXED = (Decision.AGREED, Decision.BY_HAND)
"""Such proposals are sent, and stay as they are when the run is done again."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run in a school or municipality. `turn` grows with every decision; `total` is the sum of its scores."""

    id: int
    organisation_id: int
    aim: Aim
    state: RunState
    turn: int
    total: int
    made_by: int | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A mentor who could be the one, with the score from 0 to 100 and the reasons in words, strongest first."""

    mentor_id: int
    score: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewProposal:
    """Whom a run proposes for a request: a mentor and the next choices, or nobody, for the `cause` in words.

    By hand there is no score and there are no reasons.
    """

    request_id: int
    mentee_id: int
    mentor_id: int | None
    score: int = 0
    reasons: tuple[str, ...] = ()
    alternatives: tuple[Choice, ...] = ()
    cause: str = ""
    decision: Decision = Decision.OPEN


@dataclass(frozen=True, slots=True)
class Proposal(NewProposal):
    """The same as it is kept."""

    id: int = 0
    run_id: int = 0

    @property
    def fixed(self) -> bool:
        """The curator wants just this pair."""
        return self.decision in FIXED and self.mentor_id is not None

    @property
    def waits(self) -> bool:
        """A pair that the curator has decided nothing about."""
        return self.decision is Decision.OPEN and self.mentor_id is not None


@dataclass(frozen=True, slots=True)
class Tally:
    """A run in numbers: pairs proposed, those agreed to (by hand too), those open, without a mentor, left out."""

    pairs: int
    fixed: int
    open: int
    unmatched: int
    left_out: int


def tally(proposals: Sequence[Proposal]) -> Tally:
    """Counts what is not sent yet."""
    present = [one for one in proposals if one.decision is not Decision.SENT]
    left_out = sum(one.decision is Decision.LEFT_OUT for one in present)
    unmatched = sum(one.decision is Decision.OPEN and one.mentor_id is None for one in present)
    fixed = sum(one.fixed for one in present)
    waiting = sum(one.waits for one in present)
    return Tally(fixed + waiting, fixed, waiting, unmatched, left_out)


def seats_promised(proposals: Sequence[Proposal], mentor_id: int, but_for: int = 0) -> int:
    """How many of the mentor's seats go to agreed pairs, not counting the proposal of the id `but_for`."""
    return sum(one.fixed and one.mentor_id == mentor_id and one.id != but_for for one in proposals)
