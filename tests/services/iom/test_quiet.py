"""Quiet hours: evenings, nights, Sundays and holidays, where the people live."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delivery.quiet import USUAL_HOUR, Quiet

OMSK = ZoneInfo("Asia/Omsk")
QUIET = Quiet()
HOURS = st.builds(Quiet, evening=st.integers(12, 24), morning=st.integers(0, 11), saturdays=st.booleans())

MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=OMSK) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-24 07:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 19:59", True),
        ("2026-11-24 20:00", False),
        ("2026-11-28 12:00", True),
        ("2026-11-29 12:00", False),
        ("2026-11-04 12:00", False),
        ("2027-01-05 12:00", False),
        ("2027-02-22 12:00", False),
        ("2027-01-09 12:00", True),
    ],
    ids=lambda value: str(value),
)
def test_when_somebody_may_be_disturbed(moment: str, allowed: bool) -> None:
    assert QUIET.allows(datetime.fromisoformat(moment).replace(tzinfo=OMSK)) is allowed


def test_saturdays_may_rest_too() -> None:
    saturday = datetime(2026, 11, 28, 12, tzinfo=OMSK)
    assert not Quiet(saturdays=True).allows(saturday)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-24 21:30", "2026-11-25 08:00"),
        ("2026-11-24 03:00", "2026-11-24 08:00"),
        ("2026-11-28 20:00", "2026-11-30 08:00"),
        ("2026-11-29 05:00", "2026-11-30 08:00"),
        ("2026-12-30 20:00", "2027-01-09 08:00"),
    ],
)
def test_what_could_wait_waits_for_the_next_morning(moment: str, then: str) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=OMSK)
    assert QUIET.next_allowed(local) == datetime.fromisoformat(then).replace(tzinfo=OMSK)


@given(HOURS, MOMENTS)
def test_no_earlier_moment_would_do(quiet: Quiet, local: datetime) -> None:
    then = quiet.next_allowed(local)
    assert quiet.allows(then)
    hour = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    while hour < then:
        assert not quiet.allows(hour)
        hour += timedelta(hours=1)
    assert then == local or not quiet.allows(local)


@given(HOURS, st.none() | st.integers(0, 23))
def test_everybody_has_an_hour_that_is_not_quiet(quiet: Quiet, preferred: int | None) -> None:
    assert quiet.morning <= quiet.hour(preferred) < quiet.evening


@given(HOURS, st.none() | st.integers(0, 23), st.integers(0, 23))
def test_an_hour_has_come_for_those_who_prefer_it_or_an_earlier_one(
    quiet: Quiet, preferred: int | None, hour: int
) -> None:
    if quiet.morning <= hour < quiet.evening:
        wanted = USUAL_HOUR if preferred is None else preferred
        assert (wanted <= quiet.preferred_until(hour)) is (quiet.hour(preferred) <= hour)


@given(HOURS, st.dates(date(2026, 1, 1), date(2027, 12, 1)))
def test_days_move_to_the_nearest_open_one(quiet: Quiet, day: date) -> None:
    after, before = quiet.open_day(day), quiet.open_day_before(day)
    between = [before + timedelta(days=number) for number in range(1, (after - before).days)]
    assert before <= day <= after
    assert all(quiet.rests(one) for one in between)
    assert not quiet.rests(after)
    assert not quiet.rests(before)
