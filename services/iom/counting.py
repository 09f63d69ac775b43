"""Routes of schools and municipalities in counts: what happened in a period, and how things stand today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from services.iom.model import RouteKind
from services.reporting.groups.waves import school_year


@dataclass(frozen=True, slots=True)
class Period:
    """Moments from `begins` on and before `ends`."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class AsOf:
    """How things stand on the day `today`, among those whose `consent` to that version is in force: of whoever
    has taken it back nothing is shown any more."""

    today: date
    consent: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Routes of one kind.

    Of the period: `drafted` (begun: sent or not, cancelled or not), `agreed` (for the first time), `finished`,
    `cancelled`.
    As of today, whenever begun: `in_progress` (agreed once and open), `waiting` (to be agreed to), `overdue`
    (with a step whose term has passed).
    """

    drafted: int = 0
    agreed: int = 0
    finished: int = 0
    cancelled: int = 0
    in_progress: int = 0
    waiting: int = 0
    overdue: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.drafted + other.drafted,
            self.agreed + other.agreed,
            self.finished + other.finished,
            self.cancelled + other.cancelled,
            self.in_progress + other.in_progress,
            self.waiting + other.waiting,
            self.overdue + other.overdue,
        )


@dataclass(frozen=True, slots=True)
class StepTally:
    """Agreed steps. Of the period: `confirmed`. As of today, in open routes: `planned`, of them `overdue`, and
    `handed_in`, which wait to be confirmed."""

    planned: int = 0
    overdue: int = 0
    handed_in: int = 0
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """An organisation's routes.

    `teachers` are all of its teachers, joined or not. Of them `developed`, the fact of the plan, have a route
    begun or agreed to in the period, `with_route` one that was open at some time of it (`with_kind`: one of that
    kind), and `took_part` handed in a step of theirs in it. Cancelled routes and those never sent to be agreed to
    give nobody a route.
    """

    teachers: int = 0
    developed: int = 0
    with_route: int = 0
    with_kind: Mapping[RouteKind, int] = field(default_factory=dict)
    took_part: int = 0
    kinds: Mapping[RouteKind, Tally] = field(default_factory=dict)
    steps: StepTally = StepTally()

    @property
    def total(self) -> Tally:
        """Both kinds together."""
        return sum((self.kinds.get(kind, Tally()) for kind in RouteKind), Tally())

    def of(self, kind: RouteKind) -> Tally:
        """Routes of this kind."""
        return self.kinds.get(kind, Tally())


@dataclass(frozen=True, slots=True)
class SchoolCounts:
    """One school of several."""

    school_id: int
    school: str
    counts: Counts


def year_period(year: int, zone: tzinfo) -> Period:
    """The school year that begins in `year`."""
    wave = school_year(year, zone)
    assert wave.ends is not None
    return Period(wave.begins, wave.ends)


def year_title(year: int) -> str:
    """«2026/27 учебный год»"""
    return f"{year}/{(year + 1) % 100:02} учебный год"
