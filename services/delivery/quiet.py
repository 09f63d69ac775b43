"""Quiet hours: when nobody is disturbed by what could wait."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
USUAL_HOUR = 10
"""When reminders come to whoever has not chosen an hour."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours from `evening` until `morning`, Sundays and official holidays, with `saturdays` Saturdays too.

    Everything is told in the time of the people concerned.
    """

    evening: int = 20
    morning: int = 8
    saturdays: bool = False

    def rests(self, day: date) -> bool:
        """Whether nothing is sent on that day. Official holidays: the `holidays` library, Russia."""
        weekday = day.weekday()
        return weekday == SUNDAY or (self.saturdays and weekday == SATURDAY) or _is_holiday(day)

    def allows(self, local: datetime) -> bool:
        """Whether a message disturbs nobody at that moment."""
        return self.morning <= local.hour < self.evening and not self.rests(local.date())

    def next_allowed(self, local: datetime) -> datetime:
        """The moment itself if it is allowed, otherwise the first one after it that is."""
        if self.allows(local):
            return local
        day = local.date() if local.hour < self.morning else local.date() + timedelta(days=1)
        return datetime.combine(self.open_day(day), time(self.morning), local.tzinfo)

    def open_day(self, day: date) -> date:
        """The day itself, or the first one after it on which something may be sent."""
        while self.rests(day):
            day += timedelta(days=1)
        return day

    def open_day_before(self, day: date) -> date:
        """The day itself, or the last one before it on which something may be sent."""
        while self.rests(day):
            day -= timedelta(days=1)
        return day

    def hour(self, preferred: int | None) -> int:
        """The hour from which somebody gets reminders: the preferred one, within what is allowed."""
        return min(max(USUAL_HOUR if preferred is None else preferred, self.morning), self.evening - 1)

    def preferred_until(self, hour: int) -> int:
        """The latest preferred hour of those who may get reminders at this hour, which is not a quiet one."""
        return 23 if hour >= self.evening - 1 else hour


@lru_cache(maxsize=4096)
def _is_holiday(day: date) -> bool:
    return day in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    # Loaded when the first day is asked about: the library is not small.
    from holidays.countries.russia import RU

    return frozenset(RU(years=year))  # type: ignore[no-untyped-call]
