"""What reports ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.facts import Basis, Facts
from services.reporting.groups.waves import Wave
from services.reporting.periods import Period
from services.reporting.statement.model import Amount, Statement
from services.reporting.target import Target


class FactStore(Protocol):
    """Facts counted by the database."""

    async def facts(self, place: Organisation, periods: Sequence[Period], basis: Basis) -> Mapping[str, Facts]:
        """Facts of the school, or of the municipality with its schools, by the keys of the periods.

        Portions are not made here: whoever is in none yet is left out (services.reporting.groups.portions.freeze).
        """
        ...

    async def waiting(
        self, place: Organisation, period: Period, basis: Basis
    ) -> Sequence[tuple[Instrument, Wave]]:
        """Takings of the period in which enough people of the place wait for a portion to be made of them."""
        ...

    async def facts_now(self, basis: Basis) -> Mapping[int, Mapping[str, float]]:
        """The facts of STATE of every school and municipality as they are now, by their ids."""
        ...

    async def keep_day(self, day: date, facts: Mapping[int, Mapping[str, float]]) -> bool:
        """Keep `facts_now` for that day; False when such are kept already, which then stay."""
        ...


class PlanStore(Protocol):
    """Plans by the keys of periods and the codes of indicators."""

    async def of(self, organisation_id: int, period: str) -> Mapping[str, Target]: ...

    async def within(self, organisation_id: int, period: str) -> Mapping[int, Mapping[str, Target]]:
        """Plans of the organisation and of what lies right under it, by organisation."""
        ...

    async def put(self, organisation_id: int, period: str, indicator: str, target: Target) -> None: ...

    async def drop(self, organisation_id: int, period: str, indicator: str) -> None: ...


class GivenStore(Protocol):
    """Amounts of past periods that somebody has entered by hand."""

    async def within(self, organisation_id: int, periods: Sequence[str]) -> Mapping[tuple[int, str, str], Amount]:
        """By organisation (it and what lies right under it), period and indicator."""
        ...

    async def put(
        self, organisation_id: int, period: str, indicator: str, amount: Amount, actor_id: int, now: datetime
    ) -> None: ...

    async def drop(self, organisation_id: int, period: str, indicator: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement that was asked for; `statement` is None until it is made, and never changes afterwards."""

    id: int
    organisation_id: int
    period: str
    asked_at: datetime
    asked_by: int | None
    statement: Statement | None


class StatementStore(Protocol):
    """Statements that were handed out: what is in one is never changed."""

    async def order(
        self, organisation_id: int, period: str, person_id: int | None, cause: str, now: datetime
    ) -> int:
        """The id of a new one, asked for by nobody on the command line; the same cause gives the same one."""
        ...

    async def get(self, statement_id: int) -> Kept | None: ...

    async def fill(self, statement_id: int, statement: Statement) -> bool:
        """Keep what it tells; False when it is filled already."""
        ...

    async def listed(self, organisation_id: int, most: int) -> Sequence[Kept]:
        """Filled ones of just this organisation, the newest first, without what is in them."""
        ...

    async def before(self, organisation_id: int, moment: datetime) -> Statement | None:
        """The newest one made before then."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asked for last: a place, and a period by its kind («y») or, for days, by its key."""

    organisation_id: int
    period: str


class ChoiceStore(Protocol):
    """The last choice of everybody who gets reports."""

    async def of(self, person_id: int) -> Choice | None: ...

    async def put(self, person_id: int, choice: Choice) -> None: ...
