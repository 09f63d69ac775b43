"""What diagnostics ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.diagnostics.session import Answer, Session
from services.diagnostics.wording import Wording


class SurveyStore(Protocol):
    """Sessions of tests."""

    async def open_session(self, person_id: int, instrument: str) -> Session | None: ...

    async def get(self, session_id: int, person_id: int) -> Session | None:
        """The session if it is the person's own."""
        ...

    async def finished(self, person_id: int, instrument: str) -> Sequence[Session]:
        """The person's finished sessions, the oldest first."""
        ...

    async def start(
        self,
        person_id: int,
        instrument: str,
        version: str,
        wording_id: int | None,
        answers: str,
        now: datetime,
    ) -> Session: ...

    async def move(self, session_id: int, turn: int, position: int, now: datetime) -> Session | None:
        """Show another item if the session is open and its turn is `turn`."""
        ...

    async def accept(self, answers: Sequence[Answer], now: datetime) -> Sequence[Session]:
        """Take those answers that fit their sessions' present state (at most one a session)."""
        ...


class WordingStore(Protocol):
    """Wordings that an operator loaded in place of ours."""

    async def add(self, wording: Wording, now: datetime) -> int: ...

    async def newest(self, instrument: str, version: str) -> int | None:
        """Id of the wording loaded last for the instrument; None when ours is in use."""
        ...

    async def get(self, wording_id: int) -> Wording: ...
