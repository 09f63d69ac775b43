"""What the rules about pairs ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from typing import Protocol

from services.mentoring.pair import NewPair, Pair, PairEvent


class PairStore(Protocol):
    """Pairs and their history."""

    async def get(self, pair_id: int) -> Pair | None: ...

    async def open_of_mentee(self, mentee_id: int) -> Pair | None:
        """The mentee's one open pair."""
        ...

    async def of_mentor(self, mentor_id: int) -> Sequence[Pair]:
        """Every pair of the mentor, those open first, then the newest first."""
        ...

    async def of_mentee(self, mentee_id: int) -> Sequence[Pair]:
        """Every pair of the mentee, the one open first, then the newest first."""
        ...

    async def add(self, new: NewPair) -> Pair | None:
        """Seat the pair; None when the mentor has no free seat or the mentee has an open pair already."""
        ...

    async def save(self, pair: Pair) -> Pair | None:
        """Write what has changed; None when somebody has changed the pair since it was read (`turn`).

        A pair that is not open any more gives its seat back.
        """
        ...

    async def note(self, event: PairEvent) -> int:
        """Add a line to the pair's history; its id."""
        ...

    async def history(self, pair_id: int) -> Sequence[PairEvent]:
        """The oldest first."""
        ...

    async def set_capacity(self, mentor_id: int, capacity: int) -> bool:
        """Give the mentor so many seats; False, and nothing is changed, when more of them are taken."""
        ...

    async def seats(self, mentor_id: int) -> tuple[int, int]:
        """How many seats the mentor has, and how many of them are taken."""
        ...
