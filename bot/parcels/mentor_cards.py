"""News of info cards and of requests."""

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.bank import news_screens as screens
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring.bank import approving
from services.mentoring.bank.card import CardState
from services.mentoring.requests import asking
from services.mentoring.requests.request import RequestState
from services.people.model import Person
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def to_decide(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    owner = parcel.payload["person_id"]
    seen = await work.mentor_cards.seen(owner)
    if seen is None or seen.card.state is not CardState.OFFERED:
        raise NotDueError("nothing is to be decided about the card")
    if not approving.may_decide(person, seen.card, seen.school):
        raise NotDueError("not for this person to decide")
    if not await work.people.agrees(owner, desk.consent.version):
        raise NotDueError("the owner's consent is not in force")
    later = await work.outbox.later(person.account_id, parcel.kind, parcel.id)
    if any(payload["person_id"] == owner for payload in later):
        raise NotDueError("told with a later one")
    return screens.to_decide(seen, desk.clock().astimezone(zone_of(person, desk.zone)).date())


async def card_news(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    card = await work.mentor_cards.get(person.id)
    if card is None or parcel.payload != {"person_id": person.id, "turn": card.turn}:
        raise NotDueError("something else has happened to the card since")
    if card.state is CardState.APPROVED:
        return screens.approved()
    if card.state is CardState.RETURNED:
        return screens.returned(card)
    school = await work.organisations.get(card.school_id)
    if card.state is not CardState.PROPOSED or school is None:
        raise NotDueError("no news of the card")
    return screens.proposed(school.name)


async def new_request(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    request = await work.mentee_requests.get(parcel.payload["request_id"])
    school = await work.organisations.get(request.school_id) if request is not None else None
    if request is None or school is None or request.state is not RequestState.OPEN:
        raise NotDueError("the request is not open")
    if not asking.may_see(person, request, school):
        raise NotDueError("not for this person to see")
    if await work.pairs.open_of_mentee(request.person_id) is not None:
        raise NotDueError("a mentor is found")
    if request.person_id == person.id:
        return screens.asked_for_you()
    if not await work.people.agrees(request.person_id, desk.consent.version):
        raise NotDueError("the teacher's consent is not in force")
    names = await work.audit.names([request.person_id])
    return screens.new_request(request, names.get(request.person_id) or "Педагог", school)


MAKERS: dict[Kind, Maker] = {
    Kind.BANK_TO_DECIDE: to_decide,
    Kind.BANK_NEWS: card_news,
    Kind.REQUEST_NEW: new_request,
}
