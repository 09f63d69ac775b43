"""A proposed pair for both to answer, a reminder of it, and that it has not come about."""

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.offers import screens
from handlers.mentoring.offers.screens import Offer
from handlers.mentoring.offers.seen import offer_seen
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring import rights
from services.mentoring.pair import EndReason, Pair, PairState
from services.mentoring.pairing import answering
from services.mentoring.pairing.offers import Told
from services.people.model import Person, Role
from storage.unit_of_work import StoredWork

REMINDER = "<b>Напоминание.</b> Вы ещё не ответили на предложение."
NEXT_CHOICE = "Прошлая пара не сложилась, так бывает. Вот следующий вариант."


async def pair_offer(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    pair = await work.pairs.get(parcel.payload["pair_id"])
    if pair is None:
        raise NotDueError("no such pair")
    seen = await offer_seen(work, desk, pair, person.id, desk.clock())
    told = Told(parcel.payload["told"])
    if told is Told.NOBODY_LEFT:
        return await _nobody_left(work, person, seen)
    if not pair.holds(person.id):
        raise NotDueError("the pair is not the person's")
    if told is Told.OVER:
        if pair.state is not PairState.DECLINED:
            raise NotDueError("the pair is not over")
        return screens.over(seen)
    return await _offered(desk, work, person, seen, told)


async def _offered(desk: Desk, work: StoredWork, person: Person, seen: Offer, told: Told) -> Screen:
    pair = seen.pair
    if not answering.waits(pair, desk.clock()) or answering.has_agreed(pair, person.id):
        raise NotDueError("it waits for no answer")
    if seen.mentor is None or seen.mentee is None:
        raise NotDueError("the consent of one of the two is not in force")
    if told is Told.REMINDER:
        return screens.offer(seen, REMINDER)
    follows = person.id == pair.mentee_id and await _follows(work, pair)
    return screens.offer(seen, NEXT_CHOICE if follows else "")


async def _nobody_left(work: StoredWork, person: Person, seen: Offer) -> Screen:
    pair = seen.pair
    school = await work.organisations.get(pair.school_id)
    if school is None or not rights.hears_both(person, pair, school):
        raise NotDueError("the person does not look after the pair")
    if await work.pairs.open_of_mentee(pair.mentee_id) is not None:
        raise NotDueError("the mentee has another pair by now")
    is_curator = person.holds(Role.CURATOR, school.id)
    return screens.nobody_left(seen, school.id if is_curator or school.parent_id is None else school.parent_id)


async def _follows(work: StoredWork, pair: Pair) -> bool:
    """Whether another pair of the same request has not come about before this one."""
    return any(
        other.request_id == pair.request_id
        and other.id < pair.id
        and other.end_reason not in (None, EndReason.WITHDRAWN)
        for other in await work.pairs.of_mentee(pair.mentee_id)
    )


MAKERS: dict[Kind, Maker] = {Kind.PAIR_OFFER: pair_offer}
