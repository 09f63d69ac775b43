"""What reports ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.diagnostics.answering import Sheet
from services.reporting.groups.suppression import Figures
from services.reporting.groups.waves import Wave


@dataclass(frozen=True, slots=True)
class Participation:
    """Counts of a school in a wave.

    `invited` are people with invites of their own as teachers and seats on links for anybody (of links that are
    over, those taken), in a campaign those whom it is for; `registered` people may take the test; `waiting` of the
    `finished` are in no portion yet.
    """

    school_id: int
    school: str
    invited: int
    registered: int
    finished: int
    in_progress: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """The latest finished test of somebody who is in no portion of the wave; `id` is the person's.

    In an anonymous campaign there are no people and no schools, and `id` is the sheet's own.
    """

    id: int
    school_id: int | None
    sheet: Sheet


class ReportStore(Protocol):
    """Counts of whole schools, and what there is to report on."""

    async def participation(
        self, organisation_id: int, instrument: str, version: str, wave: Wave, now: datetime
    ) -> Sequence[Participation]:
        """A row for every school of the organisation that the wave is about, ordered by name."""
        ...

    async def instruments(self) -> Sequence[str]:
        """Ids of the instruments that anybody has finished or that have portions."""
        ...

    async def campaigns(self, organisation_id: int, instrument: str, version: str) -> Sequence[Wave]:
        """Waves of campaigns that somebody of the organisation has finished, or that have portions."""
        ...

    async def span(self, organisation_id: int, instrument: str, version: str) -> tuple[datetime, datetime] | None:
        """When the first and the last test outside campaigns were finished in the organisation."""
        ...

    async def has_finished(self, organisation_id: int, instrument: str, version: str, wave: Wave) -> bool:
        """Whether anybody of the organisation has finished in the wave, which is not of a campaign."""
        ...


class PortionStore(Protocol):
    """Portions: what is in them is never changed. People are known only so as not to be counted twice."""

    async def lock(self, instrument: str, version: str, wave: Wave) -> None:
        """Until the transaction ends, nobody else makes portions of this wave."""
        ...

    async def waiting(
        self, organisation_id: int, instrument: str, version: str, wave: Wave, *, with_values: bool
    ) -> Sequence[Contribution]:
        """Those who are in no portion of the wave, by school in the order they finished.

        Only registered people with a consent in force, who stay until the transaction, which must be one that may
        write, ends. Sheets of an anonymous campaign come in no order and may be read in any transaction.
        """
        ...

    async def add(
        self,
        instrument: str,
        version: str,
        wave: Wave,
        school_id: int | None,
        figures: Figures,
        members: Sequence[int],
        now: datetime,
    ) -> None:
        """Keep a portion. `members` are the ids of its contributions.

        Raises what the database does when one of them is in a portion of the wave already.
        """
        ...

    async def kept(
        self, organisation_id: int, instrument: str, version: str, wave: Wave
    ) -> Sequence[tuple[int | None, Figures]]:
        """Portions with the school of each, in the order they were made; of the organisation's schools only.

        An anonymous campaign's have no school, and belong to the organisation that launched it.
        """
        ...

    async def years(self, organisation_id: int, instrument: str, version: str) -> Sequence[str]:
        """Keys of the waves outside campaigns that have portions."""
        ...

    async def newest(self, organisation_id: int, instrument: str, version: str, wave: Wave) -> int | None:
        """Id of the portion made last of those that `kept` gives."""
        ...

    async def taking(self, portion_id: int) -> tuple[str, str, str] | None:
        """The instrument, the version and the wave's key of a portion."""
        ...
