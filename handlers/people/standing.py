"""Where a manager stands in a conversation, and about which place."""

from handlers.visit import Visit
from services.people import rights
from services.people.model import Organisation, Value


async def named(visit: Visit, organisation_id: int) -> Organisation:
    """The place that a tap's rule has just been asked about. Raises LookupError for one that is not there."""
    place = await visit.work.organisations.get(organisation_id)
    if place is None:
        raise LookupError(f"no organisation {organisation_id}")
    return place


async def standing_at(visit: Visit) -> Organisation | None:
    """The place that the conversation is about, if the person still manages it."""
    found = visit.conversation.data.get("organisation") if visit.conversation else None
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    return place if place is not None and rights.manages(visit.member, place) else None


def given(visit: Visit, step: str) -> dict[str, Value]:
    """What was given at the step; nothing when the person stands elsewhere."""
    conversation = visit.conversation
    return dict(conversation.data) if conversation is not None and conversation.step == step else {}


def given_about(visit: Visit, step: str, place: Organisation) -> dict[str, Value]:
    """The same, if it is about this place."""
    data = given(visit, step)
    return data if data.get("organisation") == place.id else {}
