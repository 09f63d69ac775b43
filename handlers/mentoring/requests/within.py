"""Where a tap about a request belongs: the edge lets nobody in whom these find no place for."""

from collections.abc import Callable
from typing import Protocol

from handlers.visit import Visit
from services.mentoring.requests import asking
from services.mentoring.requests.request import Request
from services.people.model import Organisation, Person


class OfRequest(Protocol):
    """A tap that names a request."""

    request: int


async def seen_request(visit: Visit, tap: OfRequest) -> Organisation | None:
    """The school of a request that the visitor may see."""
    return await _place(visit, tap, asking.may_see)


async def edited_request(visit: Visit, tap: OfRequest) -> Organisation | None:
    """The school of a request that is the visitor's to change; whether it can be changed now is asked later."""
    return await _place(visit, tap, _is_theirs)


async def request_of(visit: Visit, tap: OfRequest) -> Request:
    """The request of a tap that the edge has let in. Raises LookupError when it is gone."""
    request = await visit.work.mentee_requests.get(tap.request)
    if request is None:
        raise LookupError("no such request")
    return request


def _is_theirs(person: Person, request: Request, school: Organisation) -> bool:
    return request.person_id == person.id or (
        request.made_by is not None and asking.may_see(person, request, school)
    )


async def _place(
    visit: Visit, tap: OfRequest, admits: Callable[[Person, Request, Organisation], bool]
) -> Organisation | None:
    request = await visit.work.mentee_requests.get(tap.request)
    school = await visit.work.organisations.get(request.school_id) if request is not None else None
    if request is None or school is None or visit.person is None or not admits(visit.person, request, school):
        return None
    # Whoever has taken their consent back is shown to nobody.
    own = request.person_id == visit.person.id
    agrees = own or await visit.work.people.agrees(request.person_id, visit.desk.consent.version)
    return school if agrees else None
