"""What importing a roster asks of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.people.roster.model import Applied, Base, Card, Plan, Waiting


class RosterStore(Protocol):
    """People of a municipality in bulk, and their personal invites."""

    async def base(self, municipality_id: int, today: date, *, lock: bool = False) -> Base:
        """What is known of the municipality; with `lock` nobody else imports there until the transaction ends."""
        ...

    async def apply(
        self,
        municipality_id: int,
        plan: Plan,
        today: date,
        expires_at: datetime,
        issued_by: int | None,
        now: datetime,
    ) -> Applied:
        """Do what the plan says, and invite its people who have no account until `expires_at`."""
        ...

    async def invite(
        self, school_ids: Sequence[int], expires_at: datetime, issued_by: int | None, now: datetime
    ) -> int:
        """Give everybody of the schools whom a roster has brought and who has not joined a personal invite, unless
        one is in force; how many were given."""
        ...

    async def waiting(self, municipality_ids: Sequence[int]) -> Sequence[Waiting]:
        """Schools of the municipalities, each with the number of those whom a roster has brought and who have not
        joined; by name."""
        ...

    async def cards(self, school_ids: Sequence[int], now: datetime) -> Sequence[Card]:
        """Those of the schools who have not joined, with their personal invites in force; by school and name."""
        ...
