"""Days of reminders: the policy on ordinary days, what holidays do to it, and a slow model to agree with."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.delivery.quiet import Quiet
from services.iom.model import Form, Plan, Step, StepState
from services.iom.schedule import first_day, next_day, scheduled
from tests.services.iom.slow_schedule import slow_model

QUIET = Quiet()
MONDAY = date(2026, 10, 5)


@dataclass(frozen=True, slots=True)
class Closed(Quiet):
    """Days on which nothing is sent, whatever the calendar says."""

    days: frozenset[date] = field(default_factory=frozenset)

    def rests(self, day: date) -> bool:
        return day in self.days


def reminders(due_on: date, after: date, until: date, quiet: Quiet = QUIET) -> list[date]:
    """The days of all reminders later than `after`, up to `until`."""
    found = []
    day = next_day(due_on, after, quiet)
    while day <= until:
        found.append(day)
        day = next_day(due_on, day, quiet)
    return found


def step(due_on: date, **fields: object) -> Step:
    planned = Step(1, 1, Plan("digital", "Вебинар", Form.WEBINAR, due_on), StepState.PLANNED, agreed=True)
    return replace(planned, **fields)  # type: ignore[arg-type]


def test_the_policy_on_ordinary_days() -> None:
    due_on = date(2026, 10, 6)
    days = [(day - due_on).days for day in reminders(due_on, date(2026, 9, 1), date(2026, 11, 3))]
    assert days == [-7, -1, 0, 1, 3, 7, 14, 21, 28]


def test_what_falls_on_a_sunday_comes_before_the_term_or_after_it() -> None:
    monday = reminders(MONDAY, date(2026, 9, 20), MONDAY)
    assert monday == [date(2026, 9, 28), date(2026, 10, 3), MONDAY]
    sunday = reminders(date(2026, 10, 4), date(2026, 9, 20), date(2026, 10, 7))
    assert sunday == [date(2026, 9, 26), date(2026, 10, 3), date(2026, 10, 5), date(2026, 10, 7)]


def test_new_year_sends_the_first_ones_ahead_and_keeps_the_late_ones() -> None:
    # 1 to 8 January 2027 and 31 December are holidays; 9 January is a Saturday, 10 January a Sunday.
    assert reminders(date(2027, 1, 8), date(2026, 12, 1), date(2027, 1, 15)) == [
        date(2026, 12, 30),
        date(2027, 1, 9),
        date(2027, 1, 11),
        date(2027, 1, 15),
    ]


def test_a_late_weekly_reminder_is_not_followed_by_another_at_once() -> None:
    # Weekly ones of this term fall on 4 January, which is sent on the 9th, and on the 11th.
    after_new_year = reminders(date(2026, 11, 30), date(2026, 12, 29), date(2027, 1, 25))
    assert after_new_year == [date(2027, 1, 9), date(2027, 1, 18), date(2027, 1, 25)]


@st.composite
def calendars(draw: st.DrawFn) -> tuple[date, date, Quiet]:
    """A term, a day from which to look, and days on which nothing is sent, in rows of up to twelve."""
    due_on = MONDAY + timedelta(days=draw(st.integers(0, 300)))
    rows = draw(st.lists(st.tuples(st.integers(-30, 90), st.integers(1, 12)), max_size=6))
    closed = frozenset(due_on + timedelta(days=start + day) for start, length in rows for day in range(length))
    after = due_on + timedelta(days=draw(st.integers(-30, 80)))
    return due_on, after, Closed(days=closed)


@given(calendars())
def test_whatever_is_closed_the_slow_model_says_the_same(calendar: tuple[date, date, Quiet]) -> None:
    due_on, after, quiet = calendar
    until = due_on + timedelta(days=120)
    assert reminders(due_on, after, until, quiet) == slow_model(due_on, after, until, quiet)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(-20, 60), st.booleans())
@example(date(2026, 11, 30), 29, False)
def test_on_the_real_calendar_too(due_on: date, passed: int, saturdays: bool) -> None:
    quiet = Quiet(saturdays=saturdays)
    after, until = due_on + timedelta(days=passed), due_on + timedelta(days=90)
    days = reminders(due_on, after, until, quiet)
    assert days == slow_model(due_on, after, until, quiet)
    assert not any(quiet.rests(day) for day in days)


@given(calendars(), st.integers(1, 40))
def test_looking_from_any_day_nothing_is_skipped(calendar: tuple[date, date, Quiet], later: int) -> None:
    due_on, after, quiet = calendar
    following = next_day(due_on, after, quiet)
    between = min(following - timedelta(days=1), after + timedelta(days=later))
    assert next_day(due_on, between, quiet) == following


@given(calendars())
def test_the_first_day_is_that_of_the_first_reminder(calendar: tuple[date, date, Quiet]) -> None:
    due_on, _, quiet = calendar
    assert first_day(due_on, quiet) == next_day(due_on, due_on - timedelta(days=60), quiet)


def test_a_step_is_scheduled_from_the_day_that_is_dealt_with() -> None:
    planned = scheduled(step(date(2026, 10, 14)), MONDAY, QUIET)
    assert (planned.reminded_on, planned.remind_on) == (MONDAY, date(2026, 10, 7))


def test_a_day_that_was_dealt_with_stays_so() -> None:
    reminded = step(date(2026, 10, 14), reminded_on=date(2026, 10, 7))
    again = scheduled(reminded, date(2026, 10, 6), QUIET)
    assert (again.reminded_on, again.remind_on) == (date(2026, 10, 7), date(2026, 10, 13))


@pytest.mark.parametrize("state", [StepState.DONE, StepState.CONFIRMED, StepState.CANCELLED])
def test_what_is_done_or_cancelled_is_not_reminded_of(state: StepState) -> None:
    finished = step(date(2026, 10, 14), state=state, remind_on=date(2026, 10, 13))
    assert scheduled(finished, MONDAY, QUIET).remind_on is None


def test_what_nobody_has_agreed_to_is_not_reminded_of() -> None:
    assert scheduled(step(date(2026, 10, 14), agreed=False), MONDAY, QUIET).remind_on is None


def test_with_a_new_term_the_mentor_may_hear_of_it_again() -> None:
    told = step(date(2026, 10, 1), escalated_on=date(2026, 10, 6))
    assert scheduled(told, date(2026, 10, 7), QUIET).escalated_on == date(2026, 10, 6)
    later = replace(told, plan=replace(told.plan, due_on=date(2026, 10, 20)))
    assert scheduled(later, date(2026, 10, 7), QUIET).escalated_on is None
