"""Whoever looks after a school asks a mentor for one of its teachers."""

from datetime import date

from handlers import otherwise
from handlers.mentoring import people_screens
from handlers.mentoring.bank.within import school_person
from handlers.mentoring.requests.listing import waiting_screen
from handlers.mentoring.requests.shown import shown_request
from handlers.mentoring.requests.taps import AskForFoundTap, AskForPersonTap, AskForTap
from handlers.mentoring.taps import RequestsTap
from handlers.menu.screens import to_menu
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from handlers.within import of_organisation
from services.mentoring.requests import asking
from services.people import rights
from services.people.model import Kind, Organisation
from services.people.names import name_key
from services.people.ports import Member

routes = Routes()

FIND = "mentee_for"
"""The step at which a part of a name is written."""
QUERY_LIMIT = 50
HEADING = "За кого подать заявку"
EMPTY = "Подавать не за кого: у всех педагогов, кто есть в боте, уже есть наставник или заявка."
HAS_MENTOR = "Этому педагогу наставник уже подобран или предложен."
WRITES = "Этот педагог уже составляет заявку. Как только отправит, она появится здесь."
NOT_TEACHER = "Заявка нужна педагогу этой школы."


@routes.tap(AskForTap, Access.OVERSEER, within=of_organisation)
async def show_people(visit: Visit, tap: AskForTap) -> Reply:
    return Reply(await _listed(visit, await named(visit, tap.organisation), tap.page))


@routes.step(FIND, Access.OVERSEER)
async def find(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    place = await visit.work.organisations.get(int(data.get("organisation") or 0))
    if place is None or not rights.oversees(visit.member, place):
        return await otherwise.no_access(visit, Access.OVERSEER)
    query = " ".join(text.split())[:QUERY_LIMIT]
    await visit.stand(FIND, {"organisation": place.id, "query": query})
    return Reply(await _found(visit, place, query, 0))


@routes.tap(AskForFoundTap, Access.OVERSEER, within=of_organisation)
async def show_found(visit: Visit, tap: AskForFoundTap) -> Reply:
    place = await named(visit, tap.organisation)
    data = visit.conversation.data if visit.conversation and visit.conversation.step == FIND else {}
    query = data.get("query")
    if data.get("organisation") != place.id or not isinstance(query, str):
        return Reply(await _listed(visit, place, 0))
    return Reply(await _found(visit, place, query, tap.page))


@routes.tap(AskForPersonTap, Access.OVERSEER, within=school_person)
async def begin(visit: Visit, tap: AskForPersonTap) -> Reply:
    place = await named(visit, tap.organisation)
    draft = await asking.begin(visit.work, visit.member, tap.person, place, visit.now)
    if draft is not None:
        return Reply(await shown_request(visit, draft))
    if await visit.work.pairs.open_of_mentee(tap.person) is not None:
        return Reply(await waiting_screen(visit, place), HAS_MENTOR)
    request = await visit.work.mentee_requests.open_of(tap.person)
    if request is not None and request.school_id == place.id:
        return Reply(await shown_request(visit, request))
    written = await visit.work.mentee_requests.draft_of(tap.person)
    return Reply(await waiting_screen(visit, place), WRITES if written else NOT_TEACHER)


async def _listed(visit: Visit, place: Organisation, page: int) -> Screen:
    back = (button("‹ К заявкам", RequestsTap(organisation=place.id)), to_menu())
    if place.kind is not Kind.SCHOOL:
        await visit.leave()
        return people_screens.schools(
            HEADING,
            page_of(list(await visit.work.organisations.children(place.id)), page, people_screens.SHOWN),
            lambda school: AskForTap(organisation=school),
            lambda number: AskForTap(organisation=place.id, page=number),
            back,
        )
    await visit.stand(FIND, {"organisation": place.id})
    return _people(place, None, await _candidates(visit, place), page, visit.today)


async def _found(visit: Visit, place: Organisation, query: str, page: int) -> Screen:
    key = name_key(query)
    members = [
        member for member in await _candidates(visit, place) if key and key in name_key(member.profile.full_name)
    ]
    return _people(place, query, members, page, visit.today)


def _people(place: Organisation, query: str | None, members: list[Member], page: int, today: date) -> Screen:
    def turn(number: int) -> AskForTap | AskForFoundTap:
        if query is None:
            return AskForTap(organisation=place.id, page=number)
        return AskForFoundTap(organisation=place.id, page=number)

    return people_screens.people(
        HEADING,
        query,
        page_of(members, page, people_screens.SHOWN),
        lambda person: AskForPersonTap(organisation=place.id, person=person),
        turn,
        (button("‹ К заявкам", RequestsTap(organisation=place.id)), to_menu()),
        EMPTY,
        today,
    )


async def _candidates(visit: Visit, place: Organisation) -> list[Member]:
    """Teachers of the school with neither a mentor nor an open request."""
    unasked = await visit.work.mentee_requests.unasked(place)
    return [
        Member(one.person_id, one.profile, (), joined=True) for one in unasked if one.person_id != visit.member.id
    ]
