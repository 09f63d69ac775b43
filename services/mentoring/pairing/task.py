"""What a run of matching is made from: who waits, who has a free seat, what keeps people apart, what is fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.mentoring.bank.card import Card
from services.mentoring.pairing.barring import still_possible
from services.mentoring.pairing.ports import Couple, Seats
from services.mentoring.pairing.run import Choice, Decision, NewProposal, Proposal, Run, RunState
from services.mentoring.proposals import Matching
from services.mentoring.requests.request import Request
from services.mentoring.sides import Aim, Bar, Facts, MenteeSide, MentorSide
from services.people.early_career import is_early, years_now
from services.people.model import Kind, Organisation, Profile
from services.people.zones import zone_at
from services.privacy.ports import Action
from services.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run is made under: the version of the consent in force, the operator's choice, the moment.

    `today` is the day of the place; `zone` is where schools live that say nothing of it.
    """

    consent: str
    chief_may_mentor: bool
    now: datetime
    today: date
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Task:
    """A run to be computed in a place. `kept` is taken over from the run `base` as it stood then."""

    place: Organisation
    aim: Aim
    base: Run | None
    kept: tuple[NewProposal, ...]
    mentors: tuple[MentorSide, ...]
    mentees: tuple[MenteeSide, ...]
    facts: Facts


async def task_of(
    work: UnitOfWork, place: Organisation, aim: Aim, conditions: Conditions, *, left_out: bool
) -> Task:
    """The task of the moment. With `left_out` those who were left out of the open run stay out of the new one."""
    requests = await work.mentee_requests.waiting(place)
    cards = await bank_of(work, place)
    mentee_ids = [request.person_id for request in requests]
    mentor_ids = [card.person_id for card in cards]
    profiles = await work.matching.profiles({*mentee_ids, *mentor_ids}, conditions.consent)
    requests = [request for request in requests if request.person_id in profiles]
    cards = [card for card in cards if card.person_id in profiles]
    seats = dict(await work.matching.seats(mentor_ids))
    base = await work.matching.open_of(place.id)
    bars = await work.matching.bars(mentee_ids)
    kept = await _kept(work, base, requests, seats, cards, bars, left_out=left_out)
    promised = [one.mentor_id for one in kept if one.decision is not Decision.LEFT_OUT]
    done = {one.mentee_id for one in kept}
    chiefs = await work.matching.curators(mentor_ids)
    walked = await work.matching.route_domains(mentee_ids)
    municipality_id = municipality_of(place)
    schools = await work.organisations.by_ids({request.school_id for request in requests})
    mentors = tuple(
        _mentor(
            card,
            profiles[card.person_id],
            seats.get(card.person_id, Seats(0, 0)),
            promised.count(card.person_id),
            frozenset(school for person, school in chiefs if person == card.person_id),
            municipality_id,
            conditions.today,
        )
        for card in cards
    )
    mentees = tuple(
        _mentee(
            request,
            profiles[request.person_id],
            walked.get(request.person_id, frozenset()),
            municipality_id,
            request.waited(conditions.now, zone_at(schools.get(request.school_id), conditions.zone)),
            conditions.today,
        )
        for request in requests
        if request.person_id not in done
    )
    facts = Facts(bars, conditions.chief_may_mentor)
    return Task(place, aim, base, tuple(kept), mentors, mentees, facts)


async def bank_of(work: UnitOfWork, place: Organisation) -> list[Card]:
    """Cards of those who may be proposed in the place: of a school its own mentors, and others who reach out."""
    municipality_id = municipality_of(place)
    if municipality_id is None:
        return []
    cards = await work.mentor_cards.approved(municipality_id)
    if place.kind is Kind.MUNICIPALITY:
        return list(cards)
    return [card for card in cards if card.school_id == place.id or card.reaches_out]


def municipality_of(place: Organisation) -> int | None:
    """The municipality that a school lies in, or the place itself."""
    return place.id if place.kind is Kind.MUNICIPALITY else place.parent_id


async def store(
    work: UnitOfWork, task: Task, matching: Matching, actor_id: int, cause: str, now: datetime
) -> Run | None:
    """The run as it is kept; None when the place's open run has changed since the task was made.

    What the cause has made already is left as it is.
    """
    await work.matching.lock(task.place.id)
    made = await work.matching.caused_by(cause)
    if made is not None:
        return made
    if await work.matching.open_of(task.place.id) != task.base:
        return None
    # Whoever decides something at this very moment is either seen here, or sees that the run is over.
    if task.base is not None and await work.matching.turned(task.base, RunState.REPLACED) is None:
        return None
    found = [
        NewProposal(
            request_id=one.request_id,
            mentee_id=one.mentee_id,
            mentor_id=one.mentor_id,
            score=one.score,
            reasons=tuple(reason.words for reason in one.reasons),
            alternatives=tuple(
                Choice(other.mentor_id, other.score, tuple(reason.words for reason in other.reasons))
                for other in one.alternatives
            ),
            cause=one.cause_words,
        )
        for one in matching.proposals
    ]
    total = matching.total + sum(one.score for one in task.kept if one.decision is not Decision.LEFT_OUT)
    run = await work.matching.add(task.place.id, task.aim, total, actor_id, cause, [*task.kept, *found], now)
    if run is not None:
        await work.audit.note(now, actor_id, Action.PAIRS_MATCHED, organisation_id=task.place.id)
    return run


async def _kept(
    work: UnitOfWork,
    base: Run | None,
    requests: Sequence[Request],
    seats: dict[int, Seats],
    cards: Sequence[Card],
    bars: Mapping[Couple, Bar],
    *,
    left_out: bool,
) -> list[NewProposal]:
    """Decisions of the run before that still can be carried out."""
    if base is None:
        return []
    asked = {request.id: request for request in requests}
    owned = {card.person_id: card for card in cards}
    kept: list[NewProposal] = []
    for one in await work.matching.proposals(base.id):
        request = asked.get(one.request_id)
        if request is None:
            continue
        if one.decision is Decision.LEFT_OUT and left_out:
            kept.append(_copy(one))
        card = owned.get(one.mentor_id) if one.fixed and one.mentor_id is not None else None
        if card is None or not _free(seats, card.person_id, kept):
            continue
        bar = bars.get((card.person_id, one.mentee_id))
        if still_possible(card, request.school_id, bar, by_hand=one.decision is Decision.BY_HAND):
            kept.append(_copy(one))
    return kept


def _free(seats: dict[int, Seats], mentor_id: int, kept: Sequence[NewProposal]) -> bool:
    if mentor_id not in seats:
        return False
    promised = sum(one.mentor_id == mentor_id and one.decision is not Decision.LEFT_OUT for one in kept)
    return seats[mentor_id].free > promised


def _copy(one: Proposal) -> NewProposal:
    return NewProposal(
        one.request_id,
        one.mentee_id,
        one.mentor_id,
        one.score,
        one.reasons,
        one.alternatives,
        one.cause,
        one.decision,
    )


def _mentor(
    card: Card,
    profile: Profile,
    seats: Seats,
    promised: int,
    chief_of: frozenset[int],
    municipality_id: int | None,
    today: date,
) -> MentorSide:
    return MentorSide(
        id=card.person_id,
        school_id=card.school_id,
        municipality_id=municipality_id,
        subject=profile.subject,
        years_of_work=years_now(profile, today),
        category=profile.category,
        strengths=frozenset(card.strengths),
        formats=frozenset(each.value for each in card.formats),
        free_seats=max(0, seats.free - promised),
        taken_seats=seats.capacity - seats.free + promised,
        reaches_out=card.reaches_out,
        prefers_early=card.prefers_early,
        chief_of=chief_of,
    )


def _mentee(
    request: Request,
    profile: Profile,
    domains: frozenset[str],
    municipality_id: int | None,
    waits_days: int,
    today: date,
) -> MenteeSide:
    return MenteeSide(
        id=request.person_id,
        request_id=request.id,
        school_id=request.school_id,
        municipality_id=municipality_id,
        subject=profile.subject,
        years_of_work=years_now(profile, today),
        is_early=is_early(profile, today),
        domains=frozenset(request.domains) | domains,
        formats=frozenset(each.value for each in request.formats),
        choices=request.choices,
        waits_days=waits_days,
    )
