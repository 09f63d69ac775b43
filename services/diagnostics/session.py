"""A session: one person's taking of one test, and the answers given to it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from services.diagnostics.instrument import UNANSWERED
from services.people.model import Account


class State(StrEnum):
    """Life of a session; `STOPPED` when consent was revoked."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Session:
    """One taking of a test. `position` is the number of the item shown, 0 when none is left."""

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

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return len(self.answers) - self.answers.count(UNANSWERED)

    @property
    def first_unanswered(self) -> int:
        """Number of the first item without an answer; 0 when there is none."""
        return self.answers.find(UNANSWERED) + 1

    def answer(self, item: int) -> str | None:
        """Code of the option chosen for the item, None without an answer."""
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
