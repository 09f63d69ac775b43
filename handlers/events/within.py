"""Where a tap about an event belongs: the edge lets nobody in whom these find no place for."""

from typing import Protocol

from handlers.visit import Visit
from services.events import rights
from services.events.model import Event
from services.people.model import Organisation


class OfEvent(Protocol):
    """A tap that names an event."""

    event: int


async def planned_event(visit: Visit, tap: OfEvent) -> Organisation | None:
    """The municipality or school whose event it is: its plan is made by who oversees it."""
    event = await visit.work.events.get(tap.event)
    return await visit.work.organisations.get(event.organisation_id) if event else None


async def kept_event(visit: Visit, tap: OfEvent) -> Organisation | None:
    """The same, if the visitor looks after the event: plans it or answers for it."""
    event, place = await _found(visit, tap)
    return place if event and place and rights.keeps(visit.member, event, place) else None


async def seen_event(visit: Visit, tap: OfEvent) -> Organisation | None:
    """The same, if the event is in a plan that the visitor sees."""
    event, place = await _found(visit, tap)
    return place if event and place and rights.may_see(visit.member, event, place) else None


async def my_event(visit: Visit, tap: OfEvent) -> Organisation | None:
    """The same, if the visitor has been told of the event as one of those whom it is for."""
    event, place = await _found(visit, tap)
    if event is None or not event.announced or await visit.work.events.part(event.id, visit.member.id) is None:
        return None
    return place


async def event_of(visit: Visit, tap: OfEvent) -> Event:
    """The event of a tap that the edge has let in. Raises LookupError when it is gone."""
    event = await visit.work.events.get(tap.event)
    if event is None:
        raise LookupError("no such event")
    return event


async def place_of(visit: Visit, event: Event) -> Organisation:
    """The municipality or school whose event it is. Raises LookupError when it is gone."""
    place = await visit.work.organisations.get(event.organisation_id)
    if place is None:
        raise LookupError("no such organisation")
    return place


async def _found(visit: Visit, tap: OfEvent) -> tuple[Event | None, Organisation | None]:
    if visit.person is None:
        return None, None
    event = await visit.work.events.get(tap.event)
    return event, await visit.work.organisations.get(event.organisation_id) if event else None
