"""Until when a proposed pair is answered, and when the silent are reminded."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.delivery.quiet import Quiet
from services.mentoring.pairing.term import answer_by, last_day, remind_at

OMSK = ZoneInfo("Asia/Omsk")


def at(day: int, hour: int = 12, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OMSK)


@pytest.mark.parametrize(
    ("proposed", "days", "last"),
    [
        (at(24), 3, date(2026, 11, 27)),
        # Sunday is no day to answer on.
        (at(27), 3, date(2026, 12, 1)),
        (at(28), 1, date(2026, 11, 30)),
        # January's holidays are not either.
        (at(30, month=12), 2, date(2027, 1, 11)),
        # Late in the evening in UTC it is the next day there already.
        (datetime(2026, 11, 24, 19, tzinfo=UTC), 1, date(2026, 11, 26)),
    ],
)
def test_days_to_answer_are_days_on_which_people_are_written_to(proposed: datetime, days: int, last: date) -> None:
    term = answer_by(proposed, days, OMSK, Quiet())
    assert last_day(term, OMSK) == last
    assert (term.astimezone(OMSK).hour, term.astimezone(OMSK).minute) == (0, 0)


def test_the_silent_are_reminded_on_the_morning_of_the_day_before() -> None:
    term = answer_by(at(24), 3, OMSK, Quiet())
    assert remind_at(at(24), term, OMSK, Quiet()) == at(26, 10)


def test_the_day_before_a_monday_is_the_saturday() -> None:
    term = answer_by(at(26), 3, OMSK, Quiet())
    assert last_day(term, OMSK) == date(2026, 11, 30)
    assert remind_at(at(26), term, OMSK, Quiet()) == at(28, 10)


def test_where_the_term_is_near_they_are_reminded_on_its_last_morning() -> None:
    term = answer_by(at(24, 15), 1, OMSK, Quiet())
    assert remind_at(at(24, 15), term, OMSK, Quiet()) == at(25, 10)
