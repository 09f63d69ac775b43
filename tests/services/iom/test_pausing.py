"""Pauses: whose terms move and by how much, and what becomes of the reminders."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.iom.model import Happening, Pause, PauseReason, RouteState, StepState
from services.iom.pausing import may_begin, may_end, pause, resume
from tests.services.iom.walked import NOW, QUIET, TODAY, School, a_school


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    async with a_school(tmp_path) as school:
        yield school


async def rested(school: School, first: int, last: int | None, reason: PauseReason = PauseReason.LEAVE) -> Pause:
    ends_on = None if last is None else day(last)
    made = await pause(school.work, school.route, reason, day(first), ends_on, school.teacher, TODAY, NOW)
    assert made is not None
    return made


async def ended(school: School, present: Pause, last: int) -> bool:
    return await resume(school.work, school.route, present, day(last), None, NOW, QUIET)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    first=st.integers(0, 60),
    length=st.integers(1, 120),
    dues=st.lists(st.integers(-40, 200), min_size=1, max_size=6),
    states=st.lists(st.sampled_from(StepState), min_size=6, max_size=6),
)
async def test_terms_in_and_after_a_pause_move_by_its_days_and_nothing_else_moves(
    school: School, first: int, length: int, dues: list[int], states: list[StepState]
) -> None:
    planned = await school.steps([day(due) for due in dues])
    before = []
    for step, state in zip(planned, states, strict=False):
        saved = await school.work.iom.save_step(replace(step, state=state))
        assert saved is not None
        before.append(saved)
    present = await rested(school, first, first + length - 1)
    assert await ended(school, present, first + length - 1)
    for step in before:
        now = await school.again(step)
        moves = step.state is StepState.PLANNED and step.plan.due_on >= present.starts_on
        expected = step.plan.due_on + timedelta(days=length if moves else 0)
        assert now.plan == replace(step.plan, due_on=expected)
        assert (now.state, now.agreed, now.first_due_on) == (step.state, step.agreed, step.first_due_on)
        if not moves:
            assert now == step
    for step in before:
        await school.work.iom.save_step(replace(await school.again(step), state=StepState.CANCELLED))


async def test_ending_early_moves_by_the_days_that_were_rested(school: School) -> None:
    [step] = await school.steps([day(10)])
    present = await rested(school, 0, 30)
    assert await ended(school, present, 4)
    assert (await school.again(step)).plan.due_on == day(15)


async def test_a_pause_that_has_not_begun_moves_nothing(school: School) -> None:
    [step] = await school.steps([day(10)])
    present = await rested(school, 5, 30)
    assert await ended(school, present, -1)
    assert await school.again(step) == step
    assert await school.work.iom.pause(school.route.id) is None


async def test_a_pause_ends_once(school: School) -> None:
    [step] = await school.steps([day(10)])
    present = await rested(school, 0, 6)
    assert await ended(school, present, 6)
    assert not await ended(school, present, 6)
    assert (await school.again(step)).plan.due_on == day(17)
    told = [event.what for event in await school.work.iom.history(school.route.id)]
    assert told == [Happening.PAUSED, Happening.RESUMED]


async def test_reminders_begin_anew_with_the_day_after_the_pause(school: School) -> None:
    # Due on the second day of the pause: after a week of it, the day after the next one.
    [step] = await school.steps([day(1)])
    present = await rested(school, 0, 6)
    assert await ended(school, present, 6)
    now = await school.again(step)
    assert now.plan.due_on == day(8)
    assert now.remind_on == day(7)


async def test_a_day_is_not_reminded_of_twice(school: School) -> None:
    [step] = await school.steps([day(1)])
    reminded = await school.work.iom.save_step(replace(step, reminded_on=day(9)))
    assert reminded is not None
    present = await rested(school, 0, 6)
    assert await ended(school, present, 6)
    now = await school.again(step)
    assert now.remind_on is not None
    assert now.remind_on > day(9)


async def test_there_is_one_pause_at_a_time_and_none_without_an_agreed_route(school: School) -> None:
    await rested(school, 0, 6)
    again = await pause(school.work, school.route, PauseReason.OTHER, TODAY, TODAY, school.teacher, TODAY, NOW)
    assert again is None
    for route in (replace(school.route, agreed_at=None), replace(school.route, state=RouteState.CLOSED)):
        assert await pause(school.work, route, PauseReason.SICK, TODAY, None, 1, TODAY, NOW) is None


def test_which_days_a_pause_may_have() -> None:
    assert may_begin(PauseReason.SICK, TODAY, TODAY)
    assert not may_begin(PauseReason.SICK, day(1), TODAY)
    assert may_begin(PauseReason.HOLIDAYS, day(30), TODAY)
    assert not may_begin(PauseReason.HOLIDAYS, day(-1), TODAY)
    assert may_end(PauseReason.SICK, TODAY, None)
    assert not may_end(PauseReason.LEAVE, TODAY, None)
    assert may_end(PauseReason.LEAVE, TODAY, TODAY)
    assert not may_end(PauseReason.LEAVE, TODAY, day(-1))
    assert not may_end(PauseReason.LEAVE, TODAY, day(366))


async def test_days_that_no_pause_has_are_refused(school: School) -> None:
    with pytest.raises(ValueError, match="no such pause"):
        await pause(school.work, school.route, PauseReason.LEAVE, TODAY, None, 1, TODAY, NOW)
