"""Pairs that a curator has agreed to are proposed to both. What cannot be any more stays in the run."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.mentoring.bank.card import CardState
from services.mentoring.life.forms import form_of
from services.mentoring.pair import NewPair, Pair, PairEvent, PairHappening
from services.mentoring.pairing.barring import still_possible
from services.mentoring.pairing.offers import owe_offer
from services.mentoring.pairing.run import Decision, Proposal, Run, RunState
from services.mentoring.pairing.task import municipality_of
from services.mentoring.pairing.term import answer_by
from services.mentoring.requests.request import RequestState
from services.people.model import Organisation
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Terms:
    """How pairs are proposed: days to answer, the version of the consent, the usual zone, the moment.

    `chief_may_mentor`: whether the mentee's own curator may be the next choice.
    """

    days: int
    consent: str
    zone: ZoneInfo
    quiet: Quiet
    now: datetime
    chief_may_mentor: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """What has become of the agreed pairs: how many are proposed, and how many stayed. `run` as it is now."""

    run: Run
    sent: int
    stayed: int


async def send(
    work: UnitOfWork, run: Run, place: Organisation, turn: int, actor_id: int, terms: Terms
) -> Sent | None:
    """Propose all agreed pairs; None when the run is not as it was looked at."""
    # Two curators who seat many at once would wait for each other: the second waits for the first to end.
    await work.matching.lock(municipality_of(place) or place.id)
    if run.turn != turn:
        return None
    taken = await work.matching.turned(run)
    if taken is None:
        return None
    agreed = [one for one in await work.matching.proposals(run.id) if one.fixed]
    sent = 0
    for proposal in sorted(agreed, key=lambda one: (one.mentor_id or 0, one.id)):
        sent += await _sent(work, proposal, actor_id, terms)
    left = await work.matching.proposals(run.id)
    if not any(one.waits or one.fixed for one in left):
        taken = await work.matching.turned(taken, RunState.SENT) or taken
    return Sent(taken, sent, len(agreed) - sent)


async def propose(
    work: UnitOfWork,
    request_id: int,
    mentor_id: int,
    actor_id: int | None,
    terms: Terms,
    reasons: tuple[str, ...],
    score: int | None,
    *,
    by_hand: bool = False,
    by_itself: bool = False,
) -> Pair | None:
    """The pair as both are asked about it; None when the request is not open, or one of them may not any more.

    Also None when the mentor has no free seat, or the mentee has a pair. `by_hand`: the actor has chosen just this
    mentor. `by_itself`: the service proposes the next choice of what the actor had proposed.
    """
    request = await work.mentee_requests.get(request_id)
    card = await work.mentor_cards.get(mentor_id)
    if request is None or request.state is not RequestState.OPEN or request.person_id == mentor_id:
        return None
    if card is None or card.state is not CardState.APPROVED:
        return None
    both = (request.person_id, mentor_id)
    if len(await work.matching.profiles(both, terms.consent)) < len(both):
        return None
    bar = (await work.matching.bars([request.person_id])).get((mentor_id, request.person_id))
    if not still_possible(card, request.school_id, bar, by_hand=by_hand):
        return None
    school = await work.organisations.get(request.school_id)
    if school is None:
        return None
    pair = await work.pairs.add(
        NewPair(
            mentor_id=mentor_id,
            mentee_id=request.person_id,
            school_id=school.id,
            form=form_of(await work.directory.grants(mentor_id), school),
            proposed_at=terms.now,
            answer_by=answer_by(terms.now, terms.days, zone_at(school, terms.zone), terms.quiet),
            request_id=request_id,
            proposed_by=actor_id,
            reasons=reasons,
            score=score,
        )
    )
    if pair is None:
        return None
    doer_id = None if by_itself else actor_id
    await work.pairs.note(PairEvent(pair.id, terms.now, doer_id, PairHappening.PROPOSED))
    await owe_offer(work, pair, terms.now)
    await work.audit.note(terms.now, doer_id, Action.PAIR_PROPOSED, pair.mentee_id, pair.school_id, pair=pair.id)
    return pair


async def _sent(work: UnitOfWork, proposal: Proposal, actor_id: int, terms: Terms) -> bool:
    if proposal.mentor_id is None:
        return False
    score = proposal.score if proposal.reasons else None
    pair = await propose(
        work,
        proposal.request_id,
        proposal.mentor_id,
        actor_id,
        terms,
        proposal.reasons,
        score,
        by_hand=proposal.decision is Decision.BY_HAND,
    )
    if pair is not None:
        await work.matching.decide(replace(proposal, decision=Decision.SENT))
    return pair is not None
