"""Planning an event, changing it, cancelling it, telling what came of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.diagnostics.answer_parsing import Unclear
from services.events import announcing
from services.events.model import Event, EventState, Plan
from services.events.reminding import next_duty
from services.people.model import Organisation
from services.privacy.ports import Action
from services.work import UnitOfWork

SETTLES = timedelta(minutes=10)
"""News of a change waits for so long: what is changed in one go is told in one message."""


async def create(
    work: UnitOfWork, place: Organisation, plan: Plan, actor_id: int, today: date, quiet: Quiet, now: datetime
) -> Event:
    """A new event of the place; nobody is told of it yet."""
    event = await work.events.add(place.id, plan, next_duty(plan.held_on, today, quiet), actor_id, now)
    await note(work, event, actor_id, now)
    return event


async def change(
    work: UnitOfWork,
    event: Event,
    plan: Plan,
    actor_id: int,
    today: date,
    quiet: Quiet,
    consent: str,
    now: datetime,
) -> Event | None:
    """The event with another plan; None when somebody has changed or closed it since it was read.

    Whoever has signed up hears of another day, hour or place. Raises Unclear for fewer seats than are taken, and
    for a past day of an announced one.
    """
    if not event.planned:
        return None
    if event.announced and plan.held_on != event.plan.held_on and plan.held_on < today:
        raise Unclear("Событие уже объявлено: перенести его можно на сегодня или на любой день вперёд.")
    await work.events.lock(event.id)
    taken = (await work.events.counts(event.id)).signed_up
    if plan.seats is not None and plan.seats < taken:
        raise Unclear(f"Записей уже {taken}: меньше мест не сделать.")
    was = event.plan
    moved = replace(event, plan=plan)
    if plan.held_on != was.held_on:
        moved = replace(moved, remind_on=next_duty(plan.held_on, today, quiet))
    saved = await work.events.save(moved)
    if saved is None:
        return None
    await note(work, saved, actor_id, now)
    if saved.announced:
        if (plan.held_on, plan.held_at, plan.place) != (was.held_on, was.held_at, was.place):
            await work.events.tell_changed(saved, was.held_on, consent, now + SETTLES, now)
        if (plan.audience, plan.responsible_id) != (was.audience, was.responsible_id):
            await announcing.gather(work, saved, today, consent, now)
    return saved


async def cancel(
    work: UnitOfWork, event: Event, reason: str, actor_id: int, consent: str, now: datetime
) -> Event | None:
    """The event cancelled, everybody who has signed up told; None when it is not planned any more."""
    if not event.planned:
        return None
    cancelled = replace(event, state=EventState.CANCELLED, outcome=reason, remind_on=None, closed_at=now)
    saved = await work.events.save(cancelled)
    if saved is not None:
        await note(work, saved, actor_id, now)
        if saved.announced:
            await work.events.tell_changed(saved, saved.plan.held_on, consent, now, now)
    return saved


async def hold(
    work: UnitOfWork, event: Event, outcome: str, actor_id: int, today: date, now: datetime
) -> Event | None:
    """The event held, with what came of it; of a held one another outcome. None: not now."""
    if event.state is EventState.CANCELLED or event.plan.held_on > today:
        return None
    held = replace(event, state=EventState.HELD, outcome=outcome, remind_on=None, closed_at=event.closed_at or now)
    saved = await work.events.save(held)
    if saved is not None:
        await note(work, saved, actor_id, now)
    return saved


async def drop(work: UnitOfWork, event: Event, actor_id: int, now: datetime) -> bool:
    """Delete an event that nobody was told of; False when somebody was."""
    dropped = await work.events.drop(event)
    if dropped:
        await note(work, event, actor_id, now)
    return dropped


async def note(work: UnitOfWork, event: Event, actor_id: int, now: datetime) -> None:
    """Put the change into the audit log."""
    await work.audit.note(
        now, actor_id, Action.EVENTS_CHANGED, organisation_id=event.organisation_id, event=event.id
    )
