"""Who counts as an early-career teacher, in the database: the same rule as `services.people.early_career`."""

from calendar import monthrange
from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from services.people.early_career import FIRST_YEARS, YOUNG_UNDER
from storage.tables import people


def is_early(day: date) -> ColumnElement[bool]:
    """Whether a row of `people` is an early-career teacher on that day. Never NULL."""
    years, told_on = people.c.years_of_work, people.c.profile_on
    return or_(
        and_(people.c.birth_year.is_not(None), people.c.birth_year > day.year - YOUNG_UNDER),
        and_(years.is_not(None), told_on.is_(None), years < FIRST_YEARS),
        *(
            and_(years.is_not(None), told_on.is_not(None), years < FIRST_YEARS - passed + 1, told_on > limit)
            for passed in range(1, FIRST_YEARS + 1)
            for limit in [_years_before(day, passed)]
        ),
    )


def _years_before(day: date, years: int) -> date:
    """The last day since which so many whole years have passed."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
