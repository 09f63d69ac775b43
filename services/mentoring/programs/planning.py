"""When a new program ends, and its stages with it."""

from calendar import monthrange
from datetime import date, timedelta

from services.delivery.quiet import Quiet
from services.mentoring.programs.program import StageNumber
from services.mentoring.programs.templates import Template

SHORTEST = 3
"""Months that a program lasts at least."""
WORKDAYS = Quiet(saturdays=True)
"""Saturdays are no days to end a stage on, whether anything is sent on them or not."""
_SUMMER = (6, 7, 8)


def end_of(template: Template, starts_on: date) -> date:
    """The last day of a program that begins then: the end of the school year, or of the usual length before it.

    Nothing ends sooner than in three months, nor in summer, when nobody is at school.
    """
    shortest = _later(starts_on, SHORTEST)
    years_end = date(starts_on.year, 5, 31)
    while years_end < shortest:
        years_end = years_end.replace(year=years_end.year + 1)
    end = min(years_end, max(shortest, _later(starts_on, template.months)))
    end = WORKDAYS.open_day_before(end)
    return WORKDAYS.open_day_before(date(end.year, 9, 30)) if end.month in _SUMMER else end


def stage_ends(template: Template, starts_on: date, ends_on: date) -> dict[StageNumber, date]:
    """The last day of each stage, on working days; the last one's is that of the program."""
    length = (ends_on - starts_on).days
    ends: dict[StageNumber, date] = {}
    share = 0
    for number, part in zip(StageNumber, template.shares, strict=True):
        share += part
        day = starts_on + timedelta(days=length * share // 100)
        ends[number] = ends_on if number is StageNumber.CONTROL else WORKDAYS.open_day(day)
    return ends


def _later(day: date, months: int) -> date:
    """The same day so many months later, the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
