"""What facts are counted over: the schools of a place, the days of periods; and where the counts are gathered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from services.reporting.facts import Basis
from services.reporting.periods import Period

WHOLE = 0
"""Stands for all schools together where others are a school's id."""


@dataclass(frozen=True, slots=True)
class Window:
    """A period as counts see it. `as_of`: its last day, or today while it is not over.

    `live`: it is not over, so that what only its own day can tell is counted now.
    """

    period: Period
    began: datetime
    ended: datetime
    as_of: date
    live: bool

    @property
    def key(self) -> str:
        """The key of the period."""
        return self.period.key


def windows_of(periods: Iterable[Period], basis: Basis) -> Sequence[Window]:
    """The periods, each once, as seen today."""
    found = {}
    for period in periods:
        began, ended = period.moments(basis.zone)
        as_of = min(period.last_day, basis.today)
        found[period.key] = Window(period, began, ended, as_of, period.ends > basis.today)
    return tuple(found.values())


@dataclass(slots=True)
class Counted:
    """Counts by the keys of periods, school or `WHOLE`, and code. Codes that are looked for begin with 0."""

    schools: Sequence[int]
    values: dict[str, dict[int, dict[str, float]]] = field(default_factory=dict)

    @property
    def places(self) -> Sequence[int]:
        """All schools, and all of them together."""
        return (WHOLE, *self.schools)

    def look_for(self, windows: Iterable[Window], codes: Iterable[str]) -> None:
        """From now on a place that has none of it has 0."""
        wanted = tuple(codes)
        for window in windows:
            for place in self.places:
                of_place = self.of(window, place)
                for code in wanted:
                    of_place.setdefault(code, 0)

    def of(self, window: Window, place: int) -> dict[str, float]:
        """Counts of a school, or of the whole."""
        return self.values.setdefault(window.key, {}).setdefault(place, {})

    def add(self, window: Window, school: int, counts: Mapping[str, float]) -> None:
        """What one school has, which the whole has too."""
        for place in (school, WHOLE):
            of_place = self.of(window, place)
            for code, number in counts.items():
                of_place[code] = of_place.get(code, 0) + number
