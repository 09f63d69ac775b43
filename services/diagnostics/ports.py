"""What diagnostics ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.diagnostics.answering import Sheet, Value
from services.diagnostics.session import Answer, Session
from services.diagnostics.wording import Wording


class SurveyStore(Protocol):
    """Sessions of tests."""

    async def open_session(self, person_id: int, instrument: str, *, anonymous: bool = False) -> Session | None:
        """The session of the instrument that the person has begun and not finished."""
        ...

    async def open_sessions(self, person_id: int) -> Sequence[Session]:
        """All that the person has begun and not finished, the one answered last first."""
        ...

    async def get(self, session_id: int, person_id: int) -> Session | None:
        """The session if it is the person's own."""
        ...

    async def finished(self, person_id: int, instrument: str | None = None) -> Sequence[Session]:
        """The person's finished sessions, of one instrument or of all, the oldest first."""
        ...

    async def values(self, session_id: int) -> dict[int, Value]:
        """The values beside the packed answers, by the numbers of items."""
        ...

    async def start(
        self,
        person_id: int,
        instrument: str,
        version: str,
        wording_id: int | None,
        answers: str,
        now: datetime,
        *,
        alphabet: str = "",
        campaign_id: int | None = None,
        anonymous: bool = False,
        organisation_id: int | None = None,
    ) -> Session:
        """A new session; `alphabet` has the codes that `accept` may take as answers."""
        ...

    async def attach(self, session_id: int, campaign_id: int) -> Session | None:
        """Make an open session part of a campaign; None when it is open no longer."""
        ...

    async def move(self, session_id: int, turn: int, position: int, now: datetime) -> Session | None:
        """Show another item if the session is open and its turn is `turn`."""
        ...

    async def record(self, session: Session, sheet: Sheet, position: int, now: datetime) -> Session | None:
        """The session with these answers and values if it stands where `session` does, finished at position 0.

        A finished session counts in its campaign, an official form once no school of its curator is left without
        one. An anonymous one leaves its sheet under a random number, and is deleted with its values: what is
        returned is in the database no more.
        """
        ...

    async def accept(self, answers: Sequence[Answer], now: datetime, consent_version: str) -> Sequence[Session]:
        """Take those answers that fit their sessions' present state and alphabet (at most one a session)."""
        ...


class WordingStore(Protocol):
    """Wordings that an operator loaded in place of ours."""

    async def add(self, wording: Wording, now: datetime) -> int: ...

    async def newest(self, instrument: str, version: str) -> int | None:
        """Id of the wording loaded last for the instrument; None when ours is in use."""
        ...

    async def get(self, wording_id: int) -> Wording: ...


@dataclass(frozen=True, slots=True)
class InstrumentSource:
    """The file of an instrument that an operator added; `number` grows with each."""

    number: int
    instrument: str
    version: str
    text: str


class InstrumentFileStore(Protocol):
    """Instruments that an operator added to those of the program."""

    async def add(self, instrument: str, version: str, source: str, now: datetime) -> str | None:
        """Keep the text of a file; of an id and version that are there already, the text kept is returned."""
        ...

    async def added_since(self, number: int) -> Sequence[InstrumentSource]:
        """Those with greater numbers, in the order in which they came."""
        ...
