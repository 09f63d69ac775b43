"""Periods of reports: their keys, how they tile the calendar, what was before."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.periods import (
    Period,
    PeriodKind,
    before,
    by_key,
    days,
    from_numbers,
    half_of,
    month_of,
    present,
    previous,
    quarter_of,
    to_numbers,
    year_of,
)

DAYS = st.dates(date(1995, 1, 1), date(2150, 1, 1))
OF_CALENDAR = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)
CALENDAR = st.builds(present, st.sampled_from(OF_CALENDAR), DAYS)
OWN = st.builds(lambda first, length: days(first, first + timedelta(days=length)), DAYS, st.integers(0, 1500))
PERIODS = st.one_of(CALENDAR, OWN)


@given(PERIODS)
def test_a_period_is_found_again_by_its_key_and_by_its_numbers(period: Period) -> None:
    assert by_key(period.key) == period
    assert from_numbers(to_numbers(period)) == period
    assert len(period.key) <= 19


@given(DAYS)
def test_periods_of_a_kind_tile_the_calendar(day: date) -> None:
    for kind in OF_CALENDAR:
        period = present(kind, day)
        assert period.holds(day)
        assert previous(period).ends == period.begins
        assert present(kind, period.ends).begins == period.ends


@given(PERIODS)
def test_the_previous_one_ends_where_this_one_begins(period: Period) -> None:
    assert previous(period).ends == period.begins
    assert previous(period).kind is period.kind
    if period.kind is PeriodKind.DAYS:
        assert previous(period).ends - previous(period).begins == period.ends - period.begins
    earlier = before(period, 4)
    assert [one.ends for one in earlier] == [one.begins for one in (*earlier[1:], period)]


@pytest.mark.parametrize(
    ("period", "key", "title", "begins", "last_day"),
    [
        (year_of(date(2026, 8, 31)), "y2025", "2025/26 учебный год", date(2025, 9, 1), date(2026, 8, 31)),
        (year_of(date(2026, 9, 1)), "y2026", "2026/27 учебный год", date(2026, 9, 1), date(2027, 8, 31)),
        (
            half_of(date(2026, 12, 31)),
            "h2026-1",
            "первое полугодие 2026/27 учебного года",
            date(2026, 9, 1),
            date(2026, 12, 31),
        ),
        (
            half_of(date(2027, 1, 1)),
            "h2026-2",
            "второе полугодие 2026/27 учебного года",
            date(2027, 1, 1),
            date(2027, 8, 31),
        ),
        (quarter_of(date(2026, 11, 24)), "q2026-4", "IV квартал 2026 года", date(2026, 10, 1), date(2026, 12, 31)),
        (month_of(date(2028, 2, 29)), "m2028-2", "февраль 2028 года", date(2028, 2, 1), date(2028, 2, 29)),
        (
            days(date(2026, 9, 1), date(2026, 11, 15)),
            "d20260901-20261115",
            "с 01.09.2026 по 15.11.2026",
            date(2026, 9, 1),
            date(2026, 11, 15),
        ),
    ],
)
def test_periods_as_people_know_them(period: Period, key: str, title: str, begins: date, last_day: date) -> None:
    assert (period.key, period.title, period.begins, period.last_day) == (key, title, begins, last_day)


def test_a_period_begins_at_midnight_where_the_users_live() -> None:
    begins, ends = month_of(date(2026, 11, 24)).moments(ZoneInfo("Europe/Moscow"))
    assert (begins.isoformat(), ends.isoformat()) == ("2026-11-01T00:00:00+03:00", "2026-12-01T00:00:00+03:00")


@given(st.text(alphabet="yhqmd0123456789-", max_size=20))
def test_a_forged_key_is_a_period_that_can_be_compared_or_nothing(key: str) -> None:
    period = by_key(key)
    assert period is None or (period.key == key and before(period, 4))


NOTHING = """
    y0001 y0002 y9999 h2026-0 h2026-3 q2026-5 m2026-13 m2026-00 m2026-011 d20260230-20260301 d20261115-20260901
    d19000101-19000102 d20200101-20260101 x2026 y２026
"""


@pytest.mark.parametrize("key", ["", *NOTHING.split()])
def test_keys_of_nothing(key: str) -> None:
    assert by_key(key) is None


def test_days_of_ones_own_end_after_they_begin_and_are_not_many_years() -> None:
    with pytest.raises(ValueError, match="before the first"):
        days(date(2026, 11, 15), date(2026, 11, 14))
    with pytest.raises(ValueError, match="years after"):
        days(date(2020, 1, 1), date(2026, 1, 1))
