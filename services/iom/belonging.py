"""A route goes with its teacher to another school, ends when they leave, and outlives its mentor."""

from dataclasses import replace
from datetime import datetime

from services.delivery.model import Kind
from services.iom.ending import silence
from services.iom.model import Event, Happening, Route, RouteState, StepState
from services.iom.recipients import deciders
from services.iom.submitting import proposals
from services.work import UnitOfWork


async def moved(work: UnitOfWork, person_id: int, left_id: int, to_id: int, now: datetime) -> None:
    """The open route of the school that is left belongs to the other one from now on, and has no mentor there yet.

    Whoever was asked to agree to it is asked no more: it is a draft again. One never agreed to is private again.
    """
    while (route := await _open(work, person_id, left_id)) is not None:
        changed = replace(route, school_id=to_id, mentor_id=None)
        if route.state is RouteState.REVIEW:
            changed = replace(changed, state=RouteState.DRAFT)
        if route.agreed_at is None:
            changed = replace(changed, submitted_at=None, comment="")
        if await work.iom.save(changed) is not None:
            await work.iom.note(Event(route.id, now, person_id, Happening.MOVED))
            return


async def left(work: UnitOfWork, person_id: int, school_id: int, now: datetime) -> None:
    """The open route of the school is cancelled: nobody there walks it or looks after it any more.

    Steps of a draft that nobody has agreed to yet are deleted.
    """
    while (route := await _open(work, person_id, school_id)) is not None:
        if route.state is RouteState.DRAFT:
            for step in proposals(await work.iom.steps(route.id)):
                if step.first_due_on is None:
                    await work.iom.drop_step(step)
        if await work.iom.save(replace(route, state=RouteState.CANCELLED, closed_at=now)) is not None:
            await silence(work, route.id, await work.iom.steps(route.id), now.date())
            await work.iom.note(Event(route.id, now, None, Happening.CANCELLED))
            return


async def _open(work: UnitOfWork, person_id: int, school_id: int) -> Route | None:
    route = await work.iom.open_of(person_id)
    return route if route is not None and route.school_id == school_id else None


async def mentor_left(work: UnitOfWork, person_id: int, school_id: int, now: datetime) -> None:
    """Open routes of the school have this mentor no more; whoever decides now hears what waits for a decision."""
    while routes := await work.iom.mentored(person_id, school_id):
        for route in routes:
            await _without_mentor(work, route, now)


async def pair_ended(work: UnitOfWork, mentor_id: int, teacher_id: int, now: datetime) -> None:
    """The teacher's open route has this mentor no more; whoever decides now hears what waits for a decision."""
    while (route := await work.iom.open_of(teacher_id)) is not None and route.mentor_id == mentor_id:
        await _without_mentor(work, route, now)


async def _without_mentor(work: UnitOfWork, route: Route, now: datetime) -> None:
    """Nothing is done where somebody has changed the route since it was read."""
    saved = await work.iom.save(replace(route, mentor_id=None))
    if saved is not None:
        await work.iom.note(Event(route.id, now, None, Happening.MENTOR_CHANGED))
        await _hand_over(work, saved, now)


async def _hand_over(work: UnitOfWork, route: Route, now: datetime) -> None:
    """Owe those who decide about the route now what was owed to its mentor.

    The keys of steps have the route's turn besides: the same people may have been told before there was a mentor.
    """
    done = [step for step in await work.iom.steps(route.id) if step.state is StepState.DONE]
    for account in await deciders(work, route):
        if route.state is RouteState.REVIEW:
            key = f"iom-agree:{route.id}:{route.turn}:{account}"
            payload = {"route_id": route.id, "turn": route.turn}
            await work.outbox.owe(account, Kind.IOM_TO_AGREE, key, payload, now)
        for step in done:
            key = f"iom-confirm:{step.id}:{step.turn}:{route.turn}:{account}"
            payload = {"step_id": step.id, "turn": step.turn}
            await work.outbox.owe(account, Kind.IOM_TO_CONFIRM, key, payload, now)
