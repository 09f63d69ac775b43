"""Counts of routes as values."""

from datetime import UTC, datetime

from services.iom.counting import Counts, Tally, year_period, year_title
from services.iom.model import RouteKind


def test_both_kinds_together() -> None:
    deficits, growth = Tally(1, 2, 3, 4, 5, 6, 7), Tally(10, 20, 30, 40, 50, 60, 70)
    counts = Counts(kinds={RouteKind.DEFICITS: deficits, RouteKind.GROWTH: growth})
    assert counts.total == Tally(11, 22, 33, 44, 55, 66, 77)
    assert Counts(kinds={RouteKind.GROWTH: growth}).of(RouteKind.DEFICITS) == Tally()


def test_a_school_year_is_from_september_to_september() -> None:
    period = year_period(2026, UTC)
    assert (period.begins, period.ends) == (datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
    assert year_title(2026) == "2026/27 учебный год"
    assert year_title(2099) == "2099/00 учебный год"
