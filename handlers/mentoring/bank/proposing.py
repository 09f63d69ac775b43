"""Whoever looks after a school asks somebody there to become a mentor."""

from datetime import date

from handlers import otherwise
from handlers.mentoring import people_screens
from handlers.mentoring.bank import proposing_screens as screens
from handlers.mentoring.bank.notices import to_owner
from handlers.mentoring.bank.taps import ProposeFoundTap, ProposeTap, ProposeToTap
from handlers.mentoring.bank.within import school_person
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.mentoring.bank import approving
from services.mentoring.bank.card import CardState
from services.people import rights
from services.people.early_career import is_early
from services.people.model import Kind, Organisation
from services.people.names import name_key
from services.people.ports import Member

routes = Routes()

FIND = "mentor_propose"
"""The step at which a part of a name is written."""
QUERY_LIMIT = 50
TAKEN = (CardState.PROPOSED, CardState.OFFERED, CardState.APPROVED, CardState.RESTING)
ASKED_ALREADY = "Этот человек уже приглашён или в банке."


@routes.tap(ProposeTap, Access.OVERSEER, within=of_organisation)
async def show_people(visit: Visit, tap: ProposeTap) -> Reply:
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


@routes.tap(ProposeFoundTap, Access.OVERSEER, within=of_organisation)
async def show_found(visit: Visit, tap: ProposeFoundTap) -> Reply:
    place = await named(visit, tap.organisation)
    data = visit.conversation.data if visit.conversation and visit.conversation.step == FIND else {}
    query = data.get("query")
    if data.get("organisation") != place.id or not isinstance(query, str):
        return Reply(await _listed(visit, place, 0))
    return Reply(await _found(visit, place, query, tap.page))


@routes.tap(ProposeToTap, Access.OVERSEER, within=school_person)
async def propose(visit: Visit, tap: ProposeToTap) -> Reply:
    place = await named(visit, tap.organisation)
    member = await visit.work.directory.member(place.id, tap.person)
    if member is None:
        raise LookupError("no such person there")
    if not tap.sure:
        return Reply(screens.sure(place, member))
    card = await approving.propose(visit.work, visit.member, member.id, place, visit.now)
    if card is None:
        return Reply(await _listed(visit, place, 0), ASKED_ALREADY)
    await visit.leave()
    return Reply(screens.proposed(place, member), owed=await to_owner(visit, card))


async def _listed(visit: Visit, place: Organisation, page: int) -> Screen:
    if place.kind is not Kind.SCHOOL:
        await visit.leave()
        shown = page_of(list(await visit.work.organisations.children(place.id)), page, people_screens.SHOWN)
        return people_screens.schools(
            screens.HEADING,
            shown,
            lambda school: ProposeTap(organisation=school),
            lambda number: ProposeTap(organisation=place.id, page=number),
            screens.back(place),
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
    def turn(number: int) -> ProposeTap | ProposeFoundTap:
        if query is None:
            return ProposeTap(organisation=place.id, page=number)
        return ProposeFoundTap(organisation=place.id, page=number)

    return people_screens.people(
        screens.HEADING,
        query,
        page_of(members, page, people_screens.SHOWN),
        lambda person: ProposeToTap(organisation=place.id, person=person),
        turn,
        screens.back(place),
        screens.EMPTY,
        today,
    )


async def _candidates(visit: Visit, place: Organisation) -> list[Member]:
    """People of the school who are in the bot, and neither in the bank nor asked already: the young ones last."""
    taken = {seen.card.person_id for seen in await visit.work.mentor_cards.listed(place, TAKEN)}
    found = [
        member
        for member in await visit.work.directory.members(place.id)
        if member.joined
        and member.profile.full_name
        and member.id not in taken
        and member.id != visit.member.id
        and await visit.work.people.agrees(member.id, visit.desk.consent.version)
    ]
    return sorted(found, key=lambda member: is_early(member.profile, visit.today))
