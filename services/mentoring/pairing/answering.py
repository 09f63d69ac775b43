"""Mentor and mentee answer to a proposed pair; without both answers in time, the next choice is proposed.

An offer is made once and answered once by each: its number alone says what is answered, and an answer of one
does not make the button of the other old.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services.mentoring.life import ending
from services.mentoring.life.entrusting import entrust
from services.mentoring.life.news import pair_news
from services.mentoring.pair import EndReason, Pair, PairEvent, PairHappening, PairState
from services.mentoring.pairing.offers import owe_nobody_left, owe_over
from services.mentoring.pairing.sending import Terms, propose
from services.mentoring.requests.request import RequestState
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.work import UnitOfWork


def waits(pair: Pair, now: datetime) -> bool:
    """Whether the pair can still be answered."""
    return pair.state is PairState.PROPOSED and now < pair.answer_by


def has_agreed(pair: Pair, person_id: int) -> bool:
    """Whether this one of the two has agreed."""
    return (pair.mentor_agreed_at if person_id == pair.mentor_id else pair.mentee_agreed_at) is not None


async def agree(work: UnitOfWork, pair_id: int, person_id: int, terms: Terms) -> Pair | None:
    """The pair with the person's agreement, approved when it is the second one; None when it waits no more."""
    while (pair := await work.pairs.get(pair_id)) is not None and waits(pair, terms.now):
        if has_agreed(pair, person_id):
            return pair
        if person_id == pair.mentor_id:
            agreed, what = replace(pair, mentor_agreed_at=terms.now), PairHappening.MENTOR_AGREED
        else:
            agreed, what = replace(pair, mentee_agreed_at=terms.now), PairHappening.MENTEE_AGREED
        both = agreed.mentor_agreed_at is not None and agreed.mentee_agreed_at is not None
        if both:
            agreed = replace(agreed, state=PairState.APPROVED, approved_at=terms.now, nudged_on=None)
        saved = await work.pairs.save(agreed)
        if saved is None:
            # The other one has answered at the same moment.
            continue
        await work.pairs.note(PairEvent(pair.id, terms.now, person_id, what))
        if both:
            await _approved(work, saved, person_id, terms.now)
        return saved
    return None


async def decline(
    work: UnitOfWork, pair_id: int, person_id: int, words: str, terms: Terms, *, needless: bool = False
) -> Pair | None:
    """The pair as it has not come about, for the reason in words; None when it waits no more.

    `needless`: the mentee wants no mentor any more, and the request is closed.
    """
    reasons = {True: EndReason.MENTOR_DECLINED, False: EndReason.MENTEE_DECLINED}
    while (pair := await work.pairs.get(pair_id)) is not None and waits(pair, terms.now):
        reason = reasons[person_id == pair.mentor_id]
        saved = await _ended(work, pair, reason, words, person_id, PairHappening.DECLINED, terms)
        if saved is None:
            continue
        if needless and person_id == pair.mentee_id and pair.request_id is not None:
            await work.mentee_requests.close(pair.request_id, RequestState.WITHDRAWN, terms.now)
        await _onward(work, saved, terms, [pair.other(person_id)])
        return saved
    return None


async def expire(work: UnitOfWork, pair_id: int, terms: Terms) -> Pair | None:
    """The pair as it is over without both answers, or because one of the two is not there for it any more.

    None when it waits still, or somebody was faster.
    """
    pair = await work.pairs.get(pair_id)
    if pair is None or pair.state is not PairState.PROPOSED:
        return None
    present = await work.matching.profiles((pair.mentor_id, pair.mentee_id), None)
    if pair.mentee_id not in present:
        reason = EndReason.MENTEE_LEFT
    elif pair.mentor_id not in present or not await _is_mentor(work, pair.mentor_id):
        reason = EndReason.MENTOR_LEFT
    elif terms.now >= pair.answer_by:
        reason = EndReason.NO_ANSWER
    else:
        return None
    saved = await _ended(work, pair, reason, "", None, PairHappening.EXPIRED, terms)
    if saved is not None:
        await _onward(work, saved, terms, [pair.mentor_id, pair.mentee_id])
    return saved


async def withdraw(work: UnitOfWork, pair: Pair, actor_id: int, terms: Terms) -> Pair | None:
    """The pair as its curator has taken it back before both have answered; the request waits on.

    None when it is proposed no more.
    """
    if pair.state is not PairState.PROPOSED:
        return None
    today = await _today(work, pair, terms)
    saved = await ending.end(work, pair, EndReason.WITHDRAWN, "", actor_id, today, terms.now)
    if saved is not None:
        await work.audit.note(
            terms.now, actor_id, Action.PAIR_WITHDRAWN, pair.mentee_id, pair.school_id, pair=pair.id
        )
    return saved


async def _approved(work: UnitOfWork, pair: Pair, actor_id: int, now: datetime) -> None:
    noted = await work.pairs.note(PairEvent(pair.id, now, None, PairHappening.APPROVED))
    if pair.request_id is not None:
        await work.mentee_requests.close(pair.request_id, RequestState.PAIRED, now)
    await entrust(work, pair, now)
    await pair_news(work, pair, actor_id, now, noted)


async def _ended(
    work: UnitOfWork,
    pair: Pair,
    reason: EndReason,
    words: str,
    actor_id: int | None,
    what: PairHappening,
    terms: Terms,
) -> Pair | None:
    today = await _today(work, pair, terms)
    saved = await work.pairs.save(
        replace(pair, state=PairState.DECLINED, ended_on=today, end_reason=reason, comment=words, nudged_on=None)
    )
    if saved is not None:
        await work.pairs.note(PairEvent(pair.id, terms.now, actor_id, what, words))
    return saved


async def _onward(work: UnitOfWork, pair: Pair, terms: Terms, readers: Sequence[int]) -> None:
    """Propose the next choice, or tell the curator that there is none; `readers` of the two hear of the end."""
    following = await _next_choice(work, pair, terms)
    # The mentee hears of it with the next offer.
    await owe_over(work, pair, [one for one in readers if following is None or one != pair.mentee_id], terms.now)
    if following is None:
        await owe_nobody_left(work, pair, terms.now)


async def _is_mentor(work: UnitOfWork, person_id: int) -> bool:
    card = await work.mentor_cards.get(person_id)
    return card is not None and card.in_bank


async def _next_choice(work: UnitOfWork, pair: Pair, terms: Terms) -> Pair | None:
    if pair.request_id is None or pair.end_reason is EndReason.MENTEE_LEFT:
        return None
    proposal = await work.matching.sent_for(pair.request_id)
    if proposal is None:
        return None
    bars = await work.matching.bars([pair.mentee_id])
    chiefs = await work.matching.curators([one.mentor_id for one in proposal.alternatives])
    for choice in proposal.alternatives:
        if (choice.mentor_id, pair.mentee_id) in bars or choice.mentor_id == pair.mentor_id:
            continue
        if not terms.chief_may_mentor and (choice.mentor_id, pair.school_id) in chiefs:
            continue
        following = await propose(
            work,
            pair.request_id,
            choice.mentor_id,
            pair.proposed_by,
            terms,
            choice.reasons,
            choice.score,
            by_itself=True,
        )
        if following is not None:
            return following
    return None


async def _today(work: UnitOfWork, pair: Pair, terms: Terms) -> date:
    school = await work.organisations.get(pair.school_id)
    return terms.now.astimezone(zone_at(school, terms.zone)).date()
