"""A day that a message names, read both ways: as a day that was and as a day to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.mentoring.messages.spans import Span

Days = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DayFound:
    """`past` and `future`: what it may mean, the likeliest first; one day is sure unless `vague`."""

    span: Span
    past: Days
    future: Days
    vague: bool = False
    is_deadline: bool = False
    """Said with «до» or «к»: something is due by it."""
    is_weekday: bool = False
    is_counted: bool = False
    """Counted from some day on: «через неделю»."""
    is_for: bool = False
    """Said with «на» or «к»: something is meant for it, nothing was held on it."""
    is_of_topic: bool = False
    """The same after what is spoken of: «планы на пятницу»."""

    @property
    def only_past(self) -> bool:
        return bool(self.past) and not self.future

    @property
    def only_future(self) -> bool:
        return bool(self.future) and not self.past


def shifted(day: date, days: int) -> date:
    """So many days later; the day itself where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day
