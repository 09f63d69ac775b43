"""What overviews of routes ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from services.iom.counting import AsOf, Counts, Period, SchoolCounts
from services.iom.model import RouteKind, RouteState
from services.reporting.target import Target


class Filter(StrEnum):
    """Which routes a list shows."""

    ALL = ""
    WAITING = "review"
    ACTIVE = "active"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """A route in a list. `open_steps` are agreed steps not confirmed yet, `overdue` of them are late."""

    route_id: int
    teacher: str
    school: str
    kind: RouteKind
    state: RouteState
    open_steps: int
    overdue: int


class CountStore(Protocol):
    """Routes of organisations in counts and lists. An organisation is itself and what lies right under it."""

    async def counts(self, organisation_id: int, period: Period, as_of: AsOf) -> Counts:
        """All schools together; a person of two of them is counted once."""
        ...

    async def by_school(self, organisation_id: int, period: Period, as_of: AsOf) -> Sequence[SchoolCounts]:
        """Every school apart, also those without a route."""
        ...

    async def lines(
        self, organisation_id: int, chosen: Filter, as_of: AsOf, most: int, skip: int
    ) -> Sequence[Line]:
        """Routes that have been sent to be agreed to at least once, by names, the newest of a name first."""
        ...

    async def line_count(self, organisation_id: int, chosen: Filter, as_of: AsOf) -> int:
        """How many routes `lines` has in all."""
        ...


class PlanStore(Protocol):
    """Plans of school years, by the calendar year in which they begin."""

    async def get(self, organisation_id: int, year: int) -> Target | None: ...

    async def within(self, organisation_id: int, year: int) -> Mapping[int, Target]:
        """Plans of the organisation and of what lies right under it, by organisation."""
        ...

    async def put(self, organisation_id: int, year: int, target: Target) -> None: ...

    async def drop(self, organisation_id: int, year: int) -> None: ...
