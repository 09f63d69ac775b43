"""A session: one person's taking of one test, and the answers given to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.diagnostics.instrument import HIDDEN, UNANSWERED
from services.people.model import Account


class State(StrEnum):
    """Life of a session; `STOPPED` when consent was revoked."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Session:
    """One taking of a test. `position` is the number of the item shown, 0 when none is left.

    An `anonymous` one is tied to its person only until it is finished. `organisation_id` is the school that an
    official form speaks of.
    """

    id: int
    person_id: int
    instrument: str
    version: str
    wording_id: int | None
    answers: str
    turn: int
    position: int
    state: State
    started_at: datetime
    finished_at: datetime | None
    campaign_id: int | None = None
    anonymous: bool = False
    organisation_id: int | None = None

    @property
    def total(self) -> int:
        """How many items the person is to answer, as far as it is known by now: without the hidden ones."""
        return len(self.answers) - self.answers.count(HIDDEN)

    @property
    def answered(self) -> int:
        """How many items have an answer or were passed over."""
        return self.total - self.answers.count(UNANSWERED)

    def place(self, item: int) -> int:
        """The place of an item among those that are not hidden, from 1."""
        return item - self.answers[:item].count(HIDDEN)

    @property
    def first_unanswered(self) -> int:
        """Number of the first item without an answer; 0 when there is none."""
        return self.answers.find(UNANSWERED) + 1

    def answer(self, item: int) -> str | None:
        """The character of the item: the code of the option chosen, or a mark; None without an answer."""
        code = self.answers[item - 1]
        return None if code == UNANSWERED else code


@dataclass(frozen=True, slots=True)
class Answer:
    """A tap on an option: whose, in which session, for which item and turn."""

    account: Account
    session_id: int
    item: int
    code: str
    turn: int


class AnswerBook(Protocol):
    """Where answers are accepted, many people at a time in one commit."""

    async def accept(self, answer: Answer) -> Session | None:
        """The session after the answer, committed; None when the answer does not fit its present state.

        The answer that completes a test leaves its chart in the outbox in the same transaction.
        """
        ...
