"""People of a place: the list, finding somebody, one person's card."""

from handlers import otherwise
from handlers.people import member_screens as screens
from handlers.people.standing import given_about, named, standing_at
from handlers.people.taps import FoundPeopleTap, MemberTap, PeopleTap
from handlers.people.within import of_member
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.people.model import Organisation
from services.people.names import name_key
from services.people.ports import Member
from services.privacy.ports import Action

routes = Routes()

FIND = "people:find"
QUERY_LIMIT = 50


@routes.tap(PeopleTap, Access.MANAGER, within=of_organisation)
async def show_people(visit: Visit, tap: PeopleTap) -> Reply:
    place = await named(visit, tap.organisation)
    await visit.work.audit.note(visit.now, visit.member.id, Action.PEOPLE_SEEN, organisation_id=place.id)
    return Reply(await listed(visit, place, tap.page, tap.waiting))


@routes.step(FIND, Access.MANAGER)
async def words(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.MANAGER)
    query = " ".join(text.split())[:QUERY_LIMIT]
    await visit.stand(FIND, {"organisation": place.id, "query": query})
    return Reply(await _found(visit, place, query, 0))


@routes.tap(FoundPeopleTap, Access.MANAGER, within=of_organisation)
async def show_found(visit: Visit, tap: FoundPeopleTap) -> Reply:
    place = await named(visit, tap.organisation)
    query = given_about(visit, FIND, place).get("query")
    if not isinstance(query, str):
        return Reply(await listed(visit, place))
    return Reply(await _found(visit, place, query, tap.page))


@routes.tap(MemberTap, Access.MANAGER, within=of_member)
async def show_member(visit: Visit, tap: MemberTap) -> Reply:
    place = await named(visit, tap.organisation)
    member = await member_of(visit, place, tap.person)
    await visit.work.audit.note(visit.now, visit.member.id, Action.PEOPLE_SEEN, member.id, place.id)
    return Reply(screens.card(visit.member, place, member, visit.today))


async def listed(visit: Visit, place: Organisation, page: int = 0, waiting: bool = False) -> Screen:
    """A page of the people; whatever is written next is a part of a name to find."""
    members = await visit.work.directory.members(place.id)
    await visit.stand(FIND, {"organisation": place.id})
    shown = [member for member in members if not (waiting and member.joined)]
    return screens.listed(place, members, page_of(shown, page, screens.SHOWN), visit.today, waiting)


async def member_of(visit: Visit, place: Organisation, person_id: int) -> Member:
    """The person whom the tap's rule has just found there."""
    member = await visit.work.directory.member(place.id, person_id)
    if member is None:
        raise LookupError(f"person {person_id} has no role in organisation {place.id}")
    return member


async def _found(visit: Visit, place: Organisation, query: str, page: int) -> Screen:
    key = name_key(query)
    members = await visit.work.directory.members(place.id)
    matching = [member for member in members if key and key in name_key(member.profile.full_name)]
    return screens.found(place, query, page_of(matching, page, screens.SHOWN), visit.today)
