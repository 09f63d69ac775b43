"""Events: invitations, reminders, changes, feedback."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.events import notices
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.events import rights, taking_part
from services.events.model import Event, EventState, Part, PartState
from services.people.model import Organisation, Person
from services.people.zones import zone_at
from storage.unit_of_work import StoredWork


async def invite(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    event, place, today = await _event(desk, work, parcel)
    part = await _part(work, event, person)
    if not event.open_on(today) or part.state is not PartState.INVITED or not person.grants:
        raise NotDueError("nobody waits for the person's answer")
    counts = await work.events.counts(event.id)
    return notices.invitation(event, place.name, counts.signed_up, await _responsible(desk, work, event), today)


async def reminder(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    event, place, today = await _event(desk, work, parcel)
    part = await _part(work, event, person)
    if not event.open_on(today) or part.state is not PartState.SIGNED_UP:
        raise NotDueError("the person is not expected there")
    if event.plan.held_on.toordinal() != parcel.payload["day"]:
        raise NotDueError("it is held on another day")
    local = desk.clock().astimezone(zone_at(place, desk.zone))
    if event.plan.held_on == today and event.plan.held_at is not None and event.plan.held_at <= f"{local:%H:%M}":
        raise NotDueError("it has begun")
    return notices.reminder(event, await _responsible(desk, work, event), today)


async def changed(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    event, _, today = await _event(desk, work, parcel)
    part = await _part(work, event, person)
    if part.state is not PartState.SIGNED_UP or event.state is EventState.HELD:
        raise NotDueError("the person is not expected there")
    was = date.fromordinal(parcel.payload["was"])
    if max(was, event.plan.held_on) < today:
        raise NotDueError("it is over")
    return notices.changed(event, was, await _responsible(desk, work, event), today)


async def duty(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    event, place, today = await _event(desk, work, parcel)
    if not event.planned or not rights.keeps(person, event, place):
        raise NotDueError("the person has nothing to do about it any more")
    if event.plan.held_on.toordinal() != parcel.payload["day"]:
        raise NotDueError("it is held on another day")
    counts = await work.events.counts(event.id)
    return notices.duty(event, counts, today, may_plan=rights.plans(person, place))


async def feedback(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    event, _, today = await _event(desk, work, parcel)
    part = await _part(work, event, person)
    if part.mark is not None or not taking_part.may_rate(event, part, today):
        raise NotDueError("the person has nothing to say about it, or has said it")
    return notices.feedback(event, today)


async def _event(desk: Desk, work: StoredWork, parcel: Parcel) -> tuple[Event, Organisation, date]:
    """The event, whose it is, and the day that it is there."""
    event = await work.events.get(parcel.payload["event_id"])
    place = await work.organisations.get(event.organisation_id) if event is not None else None
    if event is None or place is None:
        raise NotDueError("no such event")
    return event, place, desk.clock().astimezone(zone_at(place, desk.zone)).date()


async def _part(work: StoredWork, event: Event, person: Person) -> Part:
    part = await work.events.part(event.id, person.id)
    if part is None:
        raise NotDueError("the event is not for the person")
    return part


async def _responsible(desk: Desk, work: StoredWork, event: Event) -> str:
    if event.plan.responsible_id is None:
        return event.plan.responsible
    return await work.events.name_of(event.plan.responsible_id, desk.consent.version)


MAKERS: dict[Kind, Maker] = {
    Kind.EVENT_INVITE: invite,
    Kind.EVENT_REMINDER: reminder,
    Kind.EVENT_CHANGED: changed,
    Kind.EVENT_DUTY: duty,
    Kind.EVENT_FEEDBACK: feedback,
}
