"""What stands between a route and its end."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.iom import closing
from services.iom.closing import QUESTIONS, REASON
from services.iom.model import Form, Plan, Route, RouteKind, RouteState, Step, StepState

ROUTE = Route(1, 1, 1, RouteKind.GROWTH, RouteState.ACTIVE, datetime(2026, 9, 5, tzinfo=UTC))
STEPS = tuple(
    Step(number, 1, Plan("", "Шаг", Form.CONTEST, date(2026, 10, 1)), state)
    for number, state in enumerate(StepState, start=1)
)


def test_the_first_question_that_was_not_asked_comes_next() -> None:
    assert closing.first_open(ROUTE) == 0
    codes = [question.code for question in QUESTIONS]
    assert closing.first_open(replace(ROUTE, reflection={codes[0]: "", codes[2]: "Да"})) == 1
    assert closing.first_open(replace(ROUTE, reflection=dict.fromkeys(codes, ""))) is None


def test_the_reason_takes_no_place_among_the_questions() -> None:
    assert REASON not in [question.code for question in QUESTIONS]
    assert closing.first_open(replace(ROUTE, reflection={REASON: "Переезд"})) == 0


def test_planned_and_handed_in_steps_are_left() -> None:
    assert {step.state for step in closing.left(STEPS)} == {StepState.PLANNED, StepState.DONE}


def test_a_reason_is_wanted_while_steps_are_left() -> None:
    assert closing.lacks_reason(ROUTE, STEPS)
    assert not closing.lacks_reason(replace(ROUTE, reflection={REASON: "Переезд"}), STEPS)
    assert not closing.lacks_reason(ROUTE, [step for step in STEPS if step.finished])
    assert not closing.lacks_reason(ROUTE, [])
