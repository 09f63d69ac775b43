"""Reminders of steps, and what mentors hear of steps that are overdue."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.iom.notices import overdue, reminder
from handlers.ui.russian import day_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.iom.reminding import (
    due_before_mentor,
    needs_attention,
)
from services.iom.reminding_ports import LEFT_TO_TODAY
from services.people.model import Person
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def iom_reminder(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    await _is_the_last(work, person, parcel)
    route = await work.iom.open_of(person.id)
    if route is None:
        raise NotDueError("no open route")
    today = _today(desk, person)
    pause = await work.iom.pause(route.id)
    if pause is not None and pause.starts_on <= today:
        raise NotDueError("the route rests")
    steps = [step for step in await work.iom.steps(route.id) if needs_attention(step, today, desk.quiet)]
    if not steps:
        raise NotDueError("nothing to remind of")
    late = parcel.payload["day"] < today.toordinal()
    if late and any(step.remind_on is not None and step.remind_on <= today for step in steps):
        raise NotDueError(LEFT_TO_TODAY)
    return reminder(steps, today)


async def iom_overdue(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    await _is_the_last(work, person, parcel)
    today = _today(desk, person)
    late = await work.iom_reminders.late_for_mentor(
        person.id, due_before_mentor(today), today, desk.consent.version
    )
    if not late:
        raise NotDueError("nothing is overdue")
    return overdue(late, today)


async def _is_the_last(work: StoredWork, person: Person, parcel: Parcel) -> None:
    """Of several that waited the last one tells everything."""
    if await work.iom_reminders.overtaken(person.account_id, parcel.kind, parcel.id):
        raise NotDueError("merged into a later one")


def _today(desk: Desk, person: Person) -> date:
    return day_of(desk.clock(), zone_of(person, desk.zone))


MAKERS: dict[Kind, Maker] = {
    Kind.IOM_REMINDER: iom_reminder,
    Kind.IOM_OVERDUE: iom_overdue,
}
