"""The diagnosis before and after, and the summary's figures."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.diagnostics.instrument import Item
from services.diagnostics.loading import load_instruments
from services.diagnostics.session import Session, State
from services.iom.model import Form, Plan, Route, RouteKind, RouteState, Step, StepState
from services.iom.outcome import Outcome, compare, summary

DEFICITS = load_instruments()["deficits"]
ZONE = ZoneInfo("Asia/Kamchatka")
NOON = datetime(2026, 9, 5, 12, tzinfo=UTC)
ROUTE = Route(
    1,
    1,
    1,
    RouteKind.DEFICITS,
    RouteState.CLOSED,
    NOON,
    agreed_at=NOON + timedelta(days=1),
    closed_at=NOON + timedelta(days=200),
)


def answer(item: Item, points: int) -> str:
    """The code of the option that gives so many points."""
    return next(code for code in item.option_codes if item.points.get(code, 0) == points)


def taken(points: dict[str, int], days: int = 0) -> Session:
    """A finished diagnosis in which each item of a scale has so many points."""
    answers = "".join(answer(item, points.get(item.scale or "", 0)) for item in DEFICITS.items)
    at = NOON + timedelta(days=days)
    return Session(
        days + 1, 1, DEFICITS.id, DEFICITS.version, None, answers, len(answers), 0, State.FINISHED, at, at
    )


def step(number: int, form: Form, state: StepState) -> Step:
    return Step(number, 1, Plan("digital", f"Шаг {number}", form, date(2026, 10, number)), state, agreed=True)


def test_domains_are_compared_those_of_the_route_first() -> None:
    found = compare(
        DEFICITS,
        taken({"digital": 2, "assessment": 3, "subject": 1}),
        taken({"digital": 1, "assessment": 3, "subject": 2}, 100),
        ("assessment", "digital"),
        ZONE,
    )
    assert [change.domain for change in found.changes[:2]] == ["assessment", "digital"]
    assert len(found.changes) == len({change.domain for change in found.changes}) == 6
    digital = found.changes[1]
    assert (digital.before, digital.after, digital.maximum, digital.difference) == (12, 6, 18, -6)
    assert (digital.before_level, digital.after_level) == ("дефицит", "уверенное владение")
    assert found.changes[0].difference == 0
    assert (found.before_on, found.after_on) == (date(2026, 9, 6), date(2026, 12, 15)), "days of Kamchatka"


def test_a_scale_that_the_instrument_has_not_is_left_out() -> None:
    found = compare(DEFICITS, taken({}), taken({}, 1), ("gone", "digital"), ZONE)
    assert found.changes[0].domain == "digital"
    assert len(found.changes) == 6


def test_the_summary_counts_what_was_confirmed() -> None:
    steps = (
        step(1, Form.WEBINAR, StepState.CONFIRMED),
        step(2, Form.CONTEST, StepState.CONFIRMED),
        step(3, Form.CONTEST, StepState.CONFIRMED),
        step(4, Form.COURSE, StepState.DONE),
        step(5, Form.COURSE, StepState.CANCELLED),
        step(6, Form.COURSE, StepState.PLANNED),
    )
    made = summary(Outcome(ROUTE, steps, None, False), "Ветрова Анна", "Школа № 1", ZONE)
    assert (made.done, made.total) == (3, 5)
    assert made.forms == ((Form.CONTEST, 2), (Form.WEBINAR, 1))
    assert made.begun_on == date(2026, 9, 7)


def test_a_route_that_goes_on_has_no_summary() -> None:
    going = Route(1, 1, 1, RouteKind.GROWTH, RouteState.ACTIVE, NOON)
    with pytest.raises(ValueError, match="not closed"):
        summary(Outcome(going, (), None, False), "Ветрова Анна", "Школа № 1", ZONE)
