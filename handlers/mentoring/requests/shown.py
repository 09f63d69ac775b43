"""A request gathered for whoever looks at it."""

from handlers.mentoring.around import list_of
from handlers.mentoring.requests import screens
from handlers.mentoring.requests.screens import Shown
from handlers.ui.screen import Screen
from handlers.visit import Visit
from services.mentoring.requests import asking
from services.mentoring.requests.request import Request
from services.people.zones import zone_at

GONE = "больше не в банке"


async def shown_request(visit: Visit, request: Request, note: str = "") -> Screen:
    """The request as the visitor sees it. Leaves any conversation."""
    await visit.leave()
    return screens.request(await gathered(visit, request), note)


async def gathered(visit: Visit, request: Request) -> Shown:
    """All that a screen of the request tells. Raises LookupError when its school is gone."""
    school = await visit.work.organisations.get(request.school_id)
    if school is None:
        raise LookupError("no such school")
    names = await visit.work.audit.names([request.person_id])
    return Shown(
        request=request,
        mentee=names.get(request.person_id) or "Педагог",
        school=school,
        listed_in=list_of(visit.member, school),
        choices=await choice_names(visit, request),
        own=request.person_id == visit.member.id,
        editable=asking.may_edit(visit.member, request, school),
        waited=request.waited(visit.now, zone_at(school, visit.desk.zone)),
    )


async def choice_names(visit: Visit, request: Request) -> list[str]:
    """Names of the preferred mentors in order; of whoever has left the bank that only."""
    found = [await visit.work.mentor_cards.seen(person_id) for person_id in request.choices]
    return [seen.profile.full_name if seen is not None and seen.card.in_bank else GONE for seen in found]
