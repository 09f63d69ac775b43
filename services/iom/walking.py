"""Steps on their way: handed in with evidence, taken back, put off, cancelled. Only their teacher does this."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.iom.model import (
    EVIDENCE_LIMIT,
    Attachment,
    Event,
    Happening,
    Pause,
    Route,
    Step,
    StepState,
)
from services.iom.schedule import scheduled
from services.work import UnitOfWork

FURTHEST = 366
"""Days by which a term is put off at most."""


def may_walk(route: Route, step: Step) -> bool:
    """Whether the step waits to be done: agreed, in a route that goes on."""
    return route.open and step.agreed and step.state is StepState.PLANNED


def may_take_back(route: Route, step: Step) -> bool:
    """Whether the step is handed in and nobody has decided about it yet."""
    return route.open and step.state is StepState.DONE


def may_postpone(route: Route, step: Step, pause: Pause | None, today: date) -> bool:
    """Whether the step's term may be moved by hand: in a pause all of them move by themselves."""
    return may_walk(route, step) and not (pause is not None and pause.rests(today))


async def keep_words(work: UnitOfWork, route: Route, step: Step, words: str, cause: str, now: datetime) -> bool:
    """Keep words as evidence; False when nothing more may be kept for the step."""
    if not await _has_room(work, route, step):
        return False
    await work.iom.add_words(step.id, words, cause, now)
    return True


async def keep_file(
    work: UnitOfWork, route: Route, step: Step, file: Attachment, cause: str, now: datetime
) -> bool:
    """Keep a file as evidence; False when nothing more may be kept for the step."""
    if not await _has_room(work, route, step):
        return False
    await work.iom.add_file(step.id, file, cause, now)
    return True


async def remove_evidence(work: UnitOfWork, route: Route, step: Step, evidence_id: int) -> bool:
    """Drop a piece of evidence of the step; False when it is not there, or the step is handed in."""
    if not may_walk(route, step) or await work.iom.evidence_step(evidence_id) != step.id:
        return False
    await work.iom.drop_evidence(evidence_id)
    return True


async def hand_in(work: UnitOfWork, route: Route, step: Step, now: datetime) -> Step | None:
    """The step as it waits for confirmation; None without evidence, or when it does not wait to be done."""
    if not may_walk(route, step) or not await work.iom.evidence(step.id):
        return None
    done = replace(step, state=StepState.DONE, done_at=now, comment="", remind_on=None)
    return await _saved(work, done, route, Happening.STEP_DONE, "", now)


async def take_back(
    work: UnitOfWork, route: Route, step: Step, today: date, now: datetime, quiet: Quiet
) -> Step | None:
    """The step as it waits to be done again; None when it is not handed in any more."""
    if not may_take_back(route, step):
        return None
    planned = scheduled(replace(step, state=StepState.PLANNED, done_at=None), today, quiet)
    return await _saved(work, planned, route, Happening.TAKEN_BACK, "", now)


def term_after(step: Step, days: int, today: date) -> date:
    """The term put off by so many days; that of an overdue step, from today on."""
    return max(step.plan.due_on, today) + timedelta(days=days)


def earliest_term(step: Step, today: date) -> date:
    """The first day that a term may be put off to."""
    return term_after(step, 1, today)


def latest_term(step: Step, today: date) -> date:
    """The last day that a term may be put off to."""
    return term_after(step, FURTHEST, today)


async def postpone(
    work: UnitOfWork,
    route: Route,
    step: Step,
    due_on: date,
    reason: str,
    today: date,
    now: datetime,
    quiet: Quiet,
) -> Step | None:
    """The step with its later term; None when it does not wait to be done or the day is no later term."""
    pause = await work.iom.pause(route.id)
    if not may_postpone(route, step, pause, today):
        return None
    if not earliest_term(step, today) <= due_on <= latest_term(step, today):
        return None
    later = replace(step, plan=replace(step.plan, due_on=due_on), comment=reason)
    words = f"{step.plan.due_on:%d.%m.%Y} → {due_on:%d.%m.%Y}. {reason}"
    return await _saved(work, scheduled(later, today, quiet), route, Happening.STEP_POSTPONED, words, now)


async def cancel(work: UnitOfWork, route: Route, step: Step, reason: str, now: datetime) -> Step | None:
    """The step as cancelled for this reason; None when it does not wait to be done."""
    if not may_walk(route, step):
        return None
    cancelled = replace(step, state=StepState.CANCELLED, comment=reason, remind_on=None)
    return await _saved(work, cancelled, route, Happening.STEP_CANCELLED, reason, now)


async def _has_room(work: UnitOfWork, route: Route, step: Step) -> bool:
    return may_walk(route, step) and len(await work.iom.evidence(step.id)) < EVIDENCE_LIMIT


async def _saved(
    work: UnitOfWork, step: Step, route: Route, what: Happening, words: str, now: datetime
) -> Step | None:
    """The step as it was written, with a line of history; None when somebody was faster."""
    saved = await work.iom.save_step(step)
    if saved is not None:
        await work.iom.note(Event(route.id, now, route.person_id, what, words, step.id))
    return saved
