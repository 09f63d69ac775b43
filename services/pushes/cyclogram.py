"""The cyclogram of monitorings, as data: cyclogram.yaml says what each field means."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from services.delivery.quiet import Quiet
from services.pushes.model import MonitoringMark, Stage
from services.reporting.indicators.registry import MONITORINGS
from services.reporting.periods import Period, PeriodKind, month_of, present

_FILE = Path(__file__).parent / "cyclogram.yaml"
MONTHS_OF_YEAR = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5)
"""From August, when the year is prepared, until May."""
MAKE_UP = timedelta(days=6)
"""How many days after its day an offer or a note is made up for, where the service was away."""


class Span(StrEnum):
    """Of which period a note is."""

    MONTH = "month"
    HALF = "half"
    YEAR = "year"


_KINDS = {Span.MONTH: PeriodKind.MONTH, Span.HALF: PeriodKind.HALF, Span.YEAR: PeriodKind.YEAR}


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Monitoring:
    """One of cyclogram.yaml."""

    code: str
    months: tuple[int, ...]
    note: Span
    instruments: tuple[str, ...] = field(default=())
    source: str = ""

    @property
    def title(self) -> str:
        """«Профессиональные дефициты»."""
        return MONITORINGS[self.code]


@dataclass(frozen=True)
class Turn:
    """A monitoring in a month of a year."""

    monitoring: Monitoring
    month: date

    @property
    def key(self) -> str:
        """«2026-09:deficits»."""
        return f"{self.month:%Y-%m}:{self.monitoring.code}"

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return month_of(self.month).last_day

    def begins(self, quiet: Quiet) -> date:
        """The first open day of the month, when it is offered."""
        return quiet.open_day(self.month)

    def closes(self, quiet: Quiet) -> date:
        """The last open day of the month, when its note is drafted."""
        return quiet.open_day_before(self.last_day)

    def period(self) -> Period:
        """The period of its note."""
        return present(_KINDS[self.monitoring.note], self.month)


@cache
def cyclogram() -> Sequence[Monitoring]:
    """All monitorings, in the order of the year. Raises ValidationError for a file that is none."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Monitoring, ...]).validate_python(content["monitorings"])


def turns_in(month: date) -> Sequence[Turn]:
    """Monitorings of the month that the day is in."""
    first = month.replace(day=1)
    return [Turn(one, first) for one in cyclogram() if first.month in one.months]


def turns_of_year(day: date) -> Sequence[Turn]:
    """The whole round that the day is in, from August on."""
    first = day.year if day.month >= MONTHS_OF_YEAR[0] else day.year - 1
    months = (date(first if month >= MONTHS_OF_YEAR[0] else first + 1, month, 1) for month in MONTHS_OF_YEAR)
    return [turn for month in months for turn in turns_in(month)]


def turn_by(number: int, code: str) -> Turn | None:
    """The monitoring in the month that holds the day of that number (of `date.toordinal`); None for none."""
    try:
        month = date.fromordinal(number)
    except (ValueError, OverflowError):
        return None
    return next((turn for turn in turns_in(month) if turn.monitoring.code == code), None)


def to_offer(today: date, quiet: Quiet) -> Sequence[Turn]:
    """What is offered on that day: on the first open one of the month, or a few days later to make up for it."""
    return [turn for turn in turns_in(today) if turn.begins(quiet) <= today <= turn.begins(quiet) + MAKE_UP]


def to_write_up(today: date, quiet: Quiet) -> Sequence[Turn]:
    """What is written up on that day: on the last open one of the month, or a few days later."""
    months = {today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)}
    turns = [turn for month in sorted(months) for turn in turns_in(month)]
    return [turn for turn in turns if turn.closes(quiet) <= today <= turn.closes(quiet) + MAKE_UP]


def stages(marks: Sequence[MonitoringMark]) -> Mapping[str, frozenset[Stage]]:
    """Which stages each monitoring has come to, by its key."""
    return {each.key: frozenset(one.stage for one in marks if one.key == each.key) for each in marks}
