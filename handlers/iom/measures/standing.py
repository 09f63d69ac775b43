"""Which municipality's catalogue a conversation is about."""

from handlers.visit import Visit
from services.people import rights
from services.people.model import Kind, Organisation


async def standing_at(visit: Visit) -> Organisation | None:
    """The municipality, if the person is still its methodist."""
    found = visit.conversation.data.get("organisation") if visit.conversation else None
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    if place is None or place.kind is not Kind.MUNICIPALITY or not rights.directs(visit.member, place):
        return None
    return place
