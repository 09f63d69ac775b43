"""What the rules about programs ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.mentoring.programs.program import Program, Stage


@dataclass(frozen=True, slots=True)
class Due:
    """A stage of an active pair whose reminder is due."""

    stage: Stage
    mentor_id: int
    mentee_id: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to be reminded, the account to write to, and the hour they prefer (None: the usual one)."""

    person_id: int
    account_id: int
    hour: int | None


class ProgramStore(Protocol):
    """Programs of pairs and their stages."""

    async def get(self, pair_id: int) -> Program | None: ...

    async def add(self, program: Program, stages: Sequence[Stage]) -> bool:
        """Keep a new program with its stages; False, and nothing is changed, when the pair has one."""
        ...

    async def save(self, program: Program) -> Program | None:
        """Write what has changed; None when somebody has changed the program since it was read (`turn`)."""
        ...

    async def stages(self, pair_id: int) -> Sequence[Stage]:
        """In their order; none where there is no program."""
        ...

    async def save_stage(self, stage: Stage) -> None:
        """Write what has changed of a stage of a program that this transaction has saved."""
        ...

    async def due(self, zone: str | None, today: date, consent: str) -> Sequence[Due]:
        """Stages of active pairs of this zone's schools with a reminder today or before.

        Only of pairs that both agree to that version of the consent.
        """
        ...

    async def readers(self, person_ids: Collection[int], consent: str) -> Sequence[Reader]:
        """Those of these people who can be written to."""
        ...

    async def owe(self, reader: Reader, day: date, at: datetime, now: datetime) -> None:
        """Owe the reminder of this day, to be sent at `at`; what is owed already stays as it is."""
        ...

    async def reminded(self, stage: Stage, next_on: date | None) -> None:
        """Note the next reminder of the stage; not of one that has changed since it was read."""
        ...
