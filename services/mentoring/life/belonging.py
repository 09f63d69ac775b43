"""A pair goes with its mentee to another school, and ends when one of the two leaves."""

from dataclasses import replace
from datetime import date, datetime

from services.mentoring.bank.card import CardState
from services.mentoring.life.ending import end
from services.mentoring.life.entrusting import entrust, release
from services.mentoring.life.news import pair_news
from services.mentoring.pair import EndReason, Pair, PairEvent, PairHappening, PairState
from services.mentoring.requests.request import RequestState
from services.people.zones import local_day
from services.work import UnitOfWork


async def mentor_left(work: UnitOfWork, person_id: int, school_id: int, now: datetime) -> None:
    """Somebody is no mentor in the school any more: their pairs end, the mentees are looked another one for.

    In the school of their card that is so of all their pairs, and the card is in the bank no more; after one that
    was only proposed the next choice follows. Elsewhere it is so only of the pairs there.
    """
    card = await work.mentor_cards.get(person_id)
    at_home = card is None or card.school_id == school_id
    while card is not None and at_home and card.state not in (CardState.DRAFT, CardState.PROPOSED):
        if await work.mentor_cards.save(replace(card, state=CardState.DRAFT)) is not None:
            break
        card = await work.mentor_cards.get(person_id)
    while pairs := [
        pair
        for pair in await work.pairs.of_mentor(person_id)
        if pair.open and (at_home or pair.school_id == school_id) and not (at_home and _is_over(pair, now))
    ]:
        for pair in pairs:
            if at_home and pair.state is PairState.PROPOSED:
                # Nobody can answer any more, and the clock proposes the next choice.
                await work.pairs.save(replace(pair, answer_by=now))
                continue
            await end(work, pair, EndReason.MENTOR_LEFT, "", None, await _today(work, pair.school_id, now), now)


async def mentee_left(work: UnitOfWork, person_id: int, school_id: int, now: datetime) -> None:
    """Somebody teaches in the school no more: their pair there ends, and nobody is looked for."""
    while (pair := await _open(work, person_id, school_id)) is not None:
        await end(work, pair, EndReason.MENTEE_LEFT, "", None, await _today(work, school_id, now), now)
    draft = await work.mentee_requests.draft_of(person_id)
    if draft is not None and draft.school_id == school_id:
        await work.mentee_requests.drop(draft)
    request = await work.mentee_requests.open_of(person_id)
    if request is not None and request.school_id == school_id:
        await work.mentee_requests.close(request.id, RequestState.WITHDRAWN, now)


async def mentee_moved(work: UnitOfWork, person_id: int, left_id: int, to_id: int, now: datetime) -> None:
    """The pair goes on in another school of the municipality, as does what the person asks for; elsewhere it ends.

    To be called while they belong to the school they leave.
    """
    left, to = await work.organisations.get(left_id), await work.organisations.get(to_id)
    if left is None or to is None or left.parent_id != to.parent_id:
        await mentee_left(work, person_id, left_id, now)
        return
    await work.mentee_requests.move(person_id, left_id, to_id)
    while (pair := await _open(work, person_id, left_id)) is not None:
        saved = await work.pairs.save(replace(pair, school_id=to_id))
        if saved is None:
            continue
        noted = await work.pairs.note(PairEvent(pair.id, now, person_id, PairHappening.MOVED))
        if saved.live:
            await release(work, pair, now)
            await entrust(work, saved, now)
        await pair_news(work, saved, person_id, now, noted)


async def _today(work: UnitOfWork, school_id: int, now: datetime) -> date:
    return local_day(await work.organisations.get(school_id), now)


def _is_over(pair: Pair, now: datetime) -> bool:
    """Whether the pair is proposed still, and can be answered no more."""
    return pair.state is PairState.PROPOSED and pair.answer_by <= now


async def _open(work: UnitOfWork, person_id: int, school_id: int) -> Pair | None:
    pair = await work.pairs.open_of_mentee(person_id)
    return pair if pair is not None and pair.school_id == school_id else None
