"""Periods that reports are about: school years, their halves, quarters, months, days of one's own.

A school year begins on 1 September; its first half ends with December, so halves tile the year. Quarters and
months are those of the calendar.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from services.reporting.groups.waves import FIRST_MONTH

_SECOND_HALF = 1
"""The month that the second half of a school year begins with."""
_MONTHS_OF_QUARTER = 3
_MONTHS_OF_YEAR = 12
_LONGEST = timedelta(days=366 * 5)
_EARLIEST, _LATEST = 1990, 2200
"""Years that keys may tell of: far enough from the ends of the calendar to look at periods before."""
_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ROMAN = ("I", "II", "III", "IV")
_KEY = re.compile(r"(?P<kind>[yhqm])(?P<year>\d{4})(?:-(?P<number>\d{1,2}))?|d(?P<first>\d{8})-(?P<last>\d{8})")


class PeriodKind(StrEnum):
    """The values begin the keys of periods."""

    YEAR = "y"
    HALF = "h"
    QUARTER = "q"
    MONTH = "m"
    DAYS = "d"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `begins` on and before `ends`. `key` names it for ever, in at most 19 letters and digits:
    «y2026», «h2026-1», «q2026-4», «m2026-11», «d20260901-20261115» (the last day is the last one inside)."""

    kind: PeriodKind
    key: str
    title: str
    begins: date
    ends: date

    @property
    def last_day(self) -> date:
        """The last day inside."""
        return self.ends - timedelta(days=1)

    def moments(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """When it begins and ends where the zone is."""
        return datetime.combine(self.begins, time(), zone), datetime.combine(self.ends, time(), zone)

    def holds(self, day: date) -> bool:
        """Whether the day is inside."""
        return self.begins <= day < self.ends


def year_key(year: int) -> str:
    """The key of the school year that begins in the calendar year."""
    return f"{PeriodKind.YEAR.value}{year:04}"


def year_of(day: date) -> Period:
    """The school year of the day."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    title = f"{first}/{(first + 1) % 100:02} учебный год"
    return Period(
        PeriodKind.YEAR, year_key(first), title, date(first, FIRST_MONTH, 1), date(first + 1, FIRST_MONTH, 1)
    )


def half_of(day: date) -> Period:
    """The half of the school year that the day is in: September to December, January to August."""
    year = year_of(day)
    turn = date(year.ends.year, _SECOND_HALF, 1)
    name = f"{year.begins.year}/{year.ends.year % 100:02} учебного года"
    if day < turn:
        return Period(PeriodKind.HALF, f"h{year.begins.year}-1", f"первое полугодие {name}", year.begins, turn)
    return Period(PeriodKind.HALF, f"h{year.begins.year}-2", f"второе полугодие {name}", turn, year.ends)


def quarter_of(day: date) -> Period:
    """The quarter of the calendar that the day is in."""
    number = (day.month - 1) // _MONTHS_OF_QUARTER
    begins = date(day.year, number * _MONTHS_OF_QUARTER + 1, 1)
    ends = _months_later(begins, _MONTHS_OF_QUARTER)
    return Period(
        PeriodKind.QUARTER, f"q{day.year}-{number + 1}", f"{_ROMAN[number]} квартал {day.year} года", begins, ends
    )


def month_of(day: date) -> Period:
    """The month that the day is in."""
    begins = day.replace(day=1)
    title = f"{_MONTHS[day.month - 1]} {day.year} года"
    return Period(PeriodKind.MONTH, f"m{day.year}-{day.month}", title, begins, _months_later(begins, 1))


def days(first: date, last: date) -> Period:
    """Days from the first to the last one. Raises ValueError when they are none, more than five years, or so late
    that the calendar is about to end."""
    if not (first <= last and last - first <= _LONGEST and last.year <= _LATEST):
        raise ValueError("the last day is before the first one, years after it, or too late")
    title = f"с {first:%d.%m.%Y} по {last:%d.%m.%Y}"
    return Period(PeriodKind.DAYS, f"d{first:%Y%m%d}-{last:%Y%m%d}", title, first, last + timedelta(days=1))


_OF = {
    PeriodKind.YEAR: year_of,
    PeriodKind.HALF: half_of,
    PeriodKind.QUARTER: quarter_of,
    PeriodKind.MONTH: month_of,
}


def present(kind: PeriodKind, today: date) -> Period:
    """The period of that kind that goes on today. Raises KeyError for days of one's own."""
    return _OF[kind](today)


def previous(period: Period) -> Period:
    """The period of the same kind right before; for days of one's own, as many days."""
    day_before = period.begins - timedelta(days=1)
    if period.kind is PeriodKind.DAYS:
        return days(day_before - (period.last_day - period.begins), day_before)
    return _OF[period.kind](day_before)


def before(period: Period, count: int) -> Sequence[Period]:
    """So many periods of the same kind before this one, the earliest first."""
    found: list[Period] = []
    for _ in range(count):
        period = previous(period)
        found.insert(0, period)
    return found


def by_key(key: str) -> Period | None:
    """The period that the key names; None for a key of nothing."""
    found = _KEY.fullmatch(key) if key.isascii() else None
    if found is None:
        return None
    try:
        if found["first"]:
            first, last = (date.fromisoformat(found[name]) for name in ("first", "last"))
            period = days(first, last)
        else:
            period = _numbered(PeriodKind(found["kind"]), int(found["year"]), int(found["number"] or 0))
    except ValueError:
        return None
    return (
        period if period.key == key and period.begins.year >= _EARLIEST and period.ends.year <= _LATEST else None
    )


def to_numbers(period: Period) -> dict[str, int]:
    """The period as whole numbers, for payloads that hold nothing else."""
    return {
        "period_kind": list(PeriodKind).index(period.kind),
        "first_day": period.begins.toordinal(),
        "last_day": period.last_day.toordinal(),
    }


def from_numbers(numbers: Mapping[str, int]) -> Period:
    """The period that `to_numbers` has told of. Raises KeyError, ValueError for anything else."""
    kind, first = list(PeriodKind)[numbers["period_kind"]], date.fromordinal(numbers["first_day"])
    if kind is PeriodKind.DAYS:
        return days(first, date.fromordinal(numbers["last_day"]))
    return present(kind, first)


def _numbered(kind: PeriodKind, year: int, number: int) -> Period:
    if kind is PeriodKind.YEAR:
        return year_of(date(year, FIRST_MONTH, 1))
    if kind is PeriodKind.HALF:
        return half_of(date(year, FIRST_MONTH, 1) if number == 1 else date(year + 1, _SECOND_HALF, 1))
    if kind is PeriodKind.QUARTER:
        return quarter_of(date(year, (number - 1) * _MONTHS_OF_QUARTER + 1, 1))
    return month_of(date(year, number, 1))


def _months_later(first: date, months: int) -> date:
    passed = first.month - 1 + months
    return date(first.year + passed // _MONTHS_OF_YEAR, passed % _MONTHS_OF_YEAR + 1, 1)
