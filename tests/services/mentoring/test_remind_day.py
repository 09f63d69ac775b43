"""On which day an agreed meeting is reminded of."""

from datetime import date

import pytest

from services.delivery.quiet import Quiet
from services.mentoring.meetings.reminding import remind_day

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("next_on", "day"),
    [
        (date(2026, 11, 27), date(2026, 11, 26)),
        (date(2026, 11, 30), date(2026, 11, 28)),
        (date(2026, 11, 26), date(2026, 11, 25)),
        (date(2026, 11, 25), date(2026, 11, 25)),
        (TUESDAY, TUESDAY),
        (date(2026, 11, 23), None),
        (None, None),
        (date(2027, 1, 12), date(2027, 1, 11)),
        (date(2027, 1, 9), date(2026, 12, 30)),
    ],
    ids=["Friday", "Monday", "in two days", "tomorrow", "today", "past", "none", "after holidays", "first day"],
)
def test_it_is_the_last_day_before_on_which_something_is_sent(next_on: date | None, day: date | None) -> None:
    assert remind_day(next_on, TUESDAY, Quiet()) == day


def test_where_saturdays_are_quiet_it_is_the_friday() -> None:
    assert remind_day(date(2026, 11, 30), TUESDAY, Quiet(saturdays=True)) == date(2026, 11, 27)


def test_agreed_on_a_saturday_for_the_monday_it_is_the_monday() -> None:
    assert remind_day(date(2026, 11, 30), date(2026, 11, 28), Quiet()) == date(2026, 11, 30)


def test_agreed_on_a_saturday_for_the_sunday_it_is_at_once() -> None:
    assert remind_day(date(2026, 11, 29), date(2026, 11, 28), Quiet()) == date(2026, 11, 28)
