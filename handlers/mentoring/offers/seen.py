"""A proposed pair with all that is shown of it."""

from datetime import datetime

from handlers.mentoring.offers.screens import Offer
from handlers.visit import Desk
from services.mentoring.pair import Pair
from services.mentoring.pairing.term import last_day
from services.mentoring.requests.request import RequestState
from services.people.early_career import is_early, years_now
from services.people.zones import zone_at
from services.work import UnitOfWork


async def offer_seen(work: UnitOfWork, desk: Desk, pair: Pair, reader_id: int, now: datetime) -> Offer:
    """The pair as one of the two, or whoever looks after it, is to see it."""
    school = await work.organisations.get(pair.school_id)
    zone = zone_at(school, desk.zone)
    today = now.astimezone(zone).date()
    card = await work.mentor_cards.get(pair.mentor_id)
    card_school = await work.organisations.get(card.school_id) if card is not None else None
    profiles = await work.matching.profiles((pair.mentor_id, pair.mentee_id), desk.consent.version)
    mentor, mentee = profiles.get(pair.mentor_id), profiles.get(pair.mentee_id)
    request = await work.mentee_requests.get(pair.request_id) if pair.request_id is not None else None
    return Offer(
        pair=pair,
        reader_id=reader_id,
        mentor=mentor,
        mentee=mentee,
        mentor_school=card_school.name if card_school is not None else "",
        mentee_school=school.name if school is not None else "",
        years=years_now(mentor, today) if mentor is not None else None,
        early=mentee is not None and is_early(mentee, today),
        card=card,
        request=request if request is not None and request.state is RequestState.OPEN else None,
        until=last_day(pair.answer_by, zone),
        today=today,
    )
