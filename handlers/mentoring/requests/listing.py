"""The list of those who wait for a mentor, for whoever looks after the school or municipality."""

from handlers.mentoring.requests import listing_screens as screens
from handlers.mentoring.taps import RequestsTap
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.people.early_career import is_early
from services.people.model import Kind, Organisation
from services.people.zones import zone_at

routes = Routes()


@routes.tap(RequestsTap, Access.OVERSEER, within=of_organisation)
async def show_waiting(visit: Visit, tap: RequestsTap) -> Reply:
    return Reply(await waiting_screen(visit, await named(visit, tap.organisation), tap.page))


async def waiting_screen(visit: Visit, place: Organisation, page: int = 0) -> Screen:
    """A page of the list. Leaves any conversation."""
    await visit.leave()
    work, me = visit.work, visit.member.id
    waiting = await work.mentee_requests.waiting(place)
    unasked = [
        one
        for one in await work.mentee_requests.unasked(place)
        if one.person_id != me and is_early(one.profile, visit.today)
    ]
    several = place.kind is not Kind.SCHOOL
    schools = {each.id: each for each in await work.organisations.children(place.id)} if several else {}
    waited = {
        each.id: each.waited(visit.now, zone_at(schools.get(each.school_id, place), visit.desk.zone))
        for each in waiting
    }
    names = await work.audit.names([request.person_id for request in waiting])
    school_names = {each.id: each.name for each in schools.values()}
    return screens.waiting(screens.WaitingList(place, waiting, waited, unasked, names, school_names), page)
