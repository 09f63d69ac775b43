"""A statement, as values that can be kept as JSON and come back the same. No names of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.people.model import Kind
from services.reporting.facts import Taking
from services.reporting.periods import Period
from services.reporting.target import Target


class Silence(StrEnum):
    """Why there is no value. `ANONYMOUS`: of enough people, but told of all together at the end alone."""

    NO_DATA = "no_data"
    EMPTY = "empty"
    TOO_FEW = "too_few"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with what it is made of. `denominator` is None for a count.

    `given`: somebody has entered it by hand.
    """

    numerator: float
    denominator: float | None = None
    given: bool = False

    @property
    def value(self) -> float:
        """The count, or the quotient: a share is a part of 1. Raises ZeroDivisionError for an empty group."""
        return self.numerator if self.denominator is None else self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Uncounted:
    """How many were left out, and why."""

    count: float
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in one place. `amount` is None where there is no value, for the reason of `silence`.

    `before` is its amount in the period before, None where there is none to compare with.
    """

    code: str
    amount: Amount | None
    silence: Silence | None = None
    before: Amount | None = None
    plan: Target | None = None
    left_out: tuple[Uncounted, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether there is a value that may not be told."""
        return self.silence in (Silence.TOO_FEW, Silence.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Figures of one place, by the codes of indicators."""

    organisation_id: int
    name: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the past with its amounts by the codes of indicators."""

    period: Period
    amounts: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class SchoolGroup:
    """Schools alike: what tells them apart, in words."""

    title: str
    schools: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found by comparing schools; `grouping` and `factors` say how, or why there is nothing.

    `ranking`: an indicator's code to the schools from the best to the worst with their values; `means`, `medians`
    by code over schools.
    """

    groups: tuple[SchoolGroup, ...] = ()
    grouping: str = ""
    factors: tuple[str, ...] = ()
    factor_words: str = ""
    ranking: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    means: Mapping[str, float] = field(default_factory=dict)
    medians: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A sentence that a rule has drafted, with the indicator behind it. `good`: nothing needs to be done."""

    indicator: str
    words: str
    good: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Whom it is addressed to, what is recommended, and the indicator behind it."""

    indicator: str
    addressee: str
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A management decision: what is to be done until when, who is responsible, the indicator behind it."""

    indicator: str
    words: str
    due_on: date
    responsible: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure of an earlier note has brought: its indicator then and now."""

    indicator: str
    measure: str
    noted_on: date
    then: Amount | None
    now: Amount | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What rules have drafted for a person to edit."""

    conclusions: tuple[Conclusion, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    measures: tuple[Measure, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that a report tells of a place in a period, as of `made_at`.

    `previous` is the period that changes are against; `kept_on` the day of the facts that only a day can tell.
    `dynamics` has earlier periods, the earliest first. `takings` are of the whole and by school.
    """

    organisation_id: int
    name: str
    kind: Kind
    period: Period
    previous: Period
    made_at: datetime
    min_group: int
    kept_on: date | None
    whole: PlaceFigures
    schools: tuple[PlaceFigures, ...] = ()
    takings: tuple[Taking, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)
    dynamics: tuple[Point, ...] = ()
    analysis: Analysis = Analysis()
    drafted: Drafted = Drafted()
