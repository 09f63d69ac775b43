"""What reports ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Participation:
    """Counts of a school: seats on invites for teachers, registered teachers, and where their tests stand."""

    school_id: int
    school: str
    invited: int
    registered: int
    finished: int
    in_progress: int


@dataclass(frozen=True, slots=True)
class SchoolSheets:
    """Packed answers of a school's teachers, in the order they finished: the latest test of each, no names."""

    school_id: int
    sheets: Sequence[str]


class ReportStore(Protocol):
    """Counts and packed answers of whole schools."""

    async def participation(self, organisation_id: int, instrument: str, version: str) -> Sequence[Participation]:
        """A row for every school of the organisation, ordered by name."""
        ...

    async def sheets(self, organisation_id: int, instrument: str, version: str) -> Sequence[SchoolSheets]: ...
