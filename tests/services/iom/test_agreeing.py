"""Who sets a route's mentor, what has changed since it was agreed to, and which decisions are told together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.delivery.quiet import Quiet
from services.iom import agreeing
from services.iom.model import Event, Form, Happening, Plan, Route, RouteKind, RouteState, Step, StepState
from services.iom.telling import standing_decisions, told_together
from services.iom.versions import changes, last_agreed, snapshot
from services.people.model import Grant, Kind, Organisation, Person, Role
from tests.services.iom.walked import a_school

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
SCHOOL = Organisation(2, Kind.SCHOOL, "Школа № 1", 1)
ROUTE = Route(1, 10, SCHOOL.id, RouteKind.GROWTH, RouteState.REVIEW, NOW, submitted_at=NOW)
PLAN = Plan("digital", "Вебинар", Form.WEBINAR, TODAY + timedelta(days=7), "Я", "Конспект")


def step(number: int, **fields: object) -> Step:
    return replace(Step(number, ROUTE.id, PLAN, StepState.PLANNED), **fields)  # type: ignore[arg-type]


def due(day: date) -> Plan:
    return replace(PLAN, due_on=day)


def person(number: int, *roles: Role) -> Person:
    return Person(number, number, "1", None, tuple(Grant(role, SCHOOL) for role in roles))


def test_the_mentor_of_a_route_is_set_by_others_who_oversee_the_school() -> None:
    mentored = replace(ROUTE, mentor_id=5)
    assert agreeing.may_set_mentor(person(4, Role.CURATOR), mentored, SCHOOL)
    assert not agreeing.may_set_mentor(person(5, Role.MENTOR), mentored, SCHOOL)
    assert not agreeing.may_set_mentor(person(10, Role.CURATOR, Role.MENTOR), mentored, SCHOOL)
    assert not agreeing.may_set_mentor(person(4, Role.CURATOR), replace(mentored, state=RouteState.CLOSED), SCHOOL)


def test_a_version_has_all_but_cancelled_steps_by_their_terms() -> None:
    later = due(TODAY + timedelta(days=30))
    steps = [step(1, plan=later), step(2), step(3, state=StepState.CANCELLED), step(4, state=StepState.CONFIRMED)]
    assert [one["id"] for one in snapshot(steps)] == ["2", "4", "1"]
    assert snapshot([step(2)])[0] == {
        "id": "2",
        "domain": "digital",
        "title": "Вебинар",
        "form": "webinar",
        "due_on": "2026-12-01",
        "responsible": "Я",
        "result": "Конспект",
    }


def test_a_change_tells_which_fields_are_others() -> None:
    old = snapshot([step(1), step(2)])
    mended = replace(PLAN, due_on=TODAY, title="Вебинар о критериях")
    found = changes(old, snapshot([step(1, plan=mended), step(3)]))
    assert [(one.before["due_on"], one.fields) for one in found.changed] == [("2026-12-01", ("title", "due_on"))]
    assert [one["id"] for one in found.added] == ["3"]
    assert [one["id"] for one in found.removed] == ["2"]


@st.composite
def versions(draw: st.DrawFn) -> list[Step]:
    numbers = draw(st.lists(st.integers(1, 9), unique=True))
    return [
        step(number, plan=due(TODAY + timedelta(days=draw(st.integers(0, 3)))), agreed=draw(st.booleans()))
        for number in numbers
    ]


@given(versions(), versions())
def test_changes_lead_from_the_old_version_to_the_new_one(old: list[Step], new: list[Step]) -> None:
    before, after = snapshot(old), snapshot(new)
    found = changes(before, after)
    kept = {one["id"]: one for one in before}
    for gone in found.removed:
        del kept[gone["id"]]
    for one in found.changed:
        assert one.fields
        assert kept[one.after["id"]] == one.before
        kept[one.after["id"]] = one.after
    assert not {one["id"] for one in found.added} & set(kept)
    kept |= {one["id"]: one for one in found.added}
    assert kept == {one["id"]: one for one in after}
    assert bool(found) is (kept != {one["id"]: one for one in before})


def event(what: Happening, minutes: int = 0, step_id: int | None = None, **fields: object) -> Event:
    made = Event(ROUTE.id, NOW + timedelta(minutes=minutes), 5, what, step_id=step_id)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_the_last_agreed_version_is_not_one_that_was_only_sent() -> None:
    first, second, sent = snapshot([step(1)]), snapshot([step(2)]), snapshot([step(3)])
    assert last_agreed([event(Happening.SUBMITTED, version=first)]) is None
    history = [
        event(Happening.AGREED, version=first),
        event(Happening.AGREED, version=second),
        event(Happening.SUBMITTED, version=sent),
    ]
    assert last_agreed(history) == second


def test_a_decision_stands_until_something_happens_to_its_step() -> None:
    history = [
        event(Happening.STEP_DONE, 0, 1),
        event(Happening.STEP_RETURNED, 1, 1, words="Нет фото"),
        event(Happening.STEP_CONFIRMED, 2, 2),
        event(Happening.STEP_RETURNED, 3, 3, words="Нет отзыва"),
        event(Happening.STEP_POSTPONED, 4, 3),
        event(Happening.PAUSED, 5),
        event(Happening.STEP_CONFIRMED, 6, 1),
    ]
    found = standing_decisions(history)
    assert [(one.step_id, one.confirmed) for one in found] == [(2, True), (1, True)]


def test_decisions_of_one_night_are_told_together_and_those_of_a_day_apart() -> None:
    evening = datetime(2026, 11, 24, 21, tzinfo=MOSCOW)
    moments = [
        datetime(2026, 11, 24, 15, tzinfo=MOSCOW),
        evening,
        datetime(2026, 11, 25, 6, tzinfo=MOSCOW),
        datetime(2026, 11, 25, 8, 5, tzinfo=MOSCOW),
    ]
    history = [
        replace(event(Happening.STEP_CONFIRMED, step_id=number), at=at) for number, at in enumerate(moments)
    ]
    decisions = standing_decisions(history)
    assert [one.step_id for one in told_together(decisions, evening, Quiet(), MOSCOW)] == [1, 2]
    assert [one.step_id for one in told_together(decisions, moments[0], Quiet(), MOSCOW)] == [0]
    # Seven hours to the east that afternoon is a night, and that night a day.
    far = ZoneInfo("Asia/Vladivostok")
    assert [one.step_id for one in told_together(decisions, moments[0], Quiet(), far)] == [0, 1]


async def test_agreeing_again_does_not_move_the_first_agreement(tmp_path: Path) -> None:
    async with a_school(tmp_path) as school:
        first = school.route.agreed_at
        review = await school.work.iom.save(replace(school.route, state=RouteState.REVIEW))
        place = await school.work.organisations.get(school.id)
        assert review is not None
        assert place is not None
        number, _ = await school.somebody(2, Role.CURATOR, school.id)
        curator = Person(number, number, "1", None, (Grant(Role.CURATOR, place),))
        decider = agreeing.Decider(curator, place, NOW + timedelta(days=40), MOSCOW, Quiet())
        agreed = await agreeing.agree(school.work, decider, review, review.turn)
        assert agreed is not None
        assert (agreed.state, agreed.agreed_at) == (RouteState.ACTIVE, first)
