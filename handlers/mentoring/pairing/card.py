"""A proposed pair as its curator looks at it: who the two are, and what has changed since."""

from dataclasses import dataclass

from handlers.mentoring.pairing.overview import present
from handlers.visit import Visit
from services.mentoring.bank.card import Card, CardState
from services.mentoring.pairing.barring import still_possible
from services.mentoring.pairing.deciding import may_decide
from services.mentoring.pairing.ports import Seats
from services.mentoring.pairing.run import Decision, Proposal, Run, seats_promised
from services.mentoring.requests.request import Request, RequestState
from services.people.early_career import is_early, years_now
from services.people.model import Organisation, Profile
from services.people.zones import zone_at


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the pair could not be proposed now, as flags."""

    mentee_gone: bool = False
    mentee_taken: bool = False
    mentor_gone: bool = False
    no_seat: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Mentee:
    """Who waits: `profile` None when their consent is not in force; `waits` in days."""

    profile: Profile | None
    school: str
    request: Request | None
    early: bool
    waits: int


@dataclass(frozen=True, slots=True)
class Mentor:
    """Who would be the mentor: `profile` None when their consent is not in force."""

    profile: Profile | None
    school: str
    years: int | None
    card: Card | None
    seats: Seats

    @property
    def takes(self) -> bool:
        """Whether they are in the bank, and take new mentees."""
        return self.profile is not None and self.card is not None and self.card.state is CardState.APPROVED


@dataclass(frozen=True, slots=True)
class PairSeen:
    """A proposal with its people, its place among the others, and the names of the next choices."""

    run: Run
    place: Organisation
    proposal: Proposal
    number: int
    count: int
    before: int | None
    after: int | None
    mentee: Mentee
    mentor: Mentor | None
    others: tuple[tuple[str, int], ...]
    trouble: Trouble
    own: bool


async def pair_seen(visit: Visit, run: Run, place: Organisation, proposal: Proposal) -> PairSeen:
    """The proposal as it is to be looked at now."""
    work = visit.work
    listed = present(await work.matching.proposals(run.id))
    order = [one.id for one in listed]
    at = order.index(proposal.id) if proposal.id in order else 0
    ids = {proposal.mentee_id, *(one.mentor_id for one in proposal.alternatives)}
    if proposal.mentor_id is not None:
        ids.add(proposal.mentor_id)
    profiles = await work.matching.profiles(ids, visit.desk.consent.version)
    mentee = await _mentee(visit, proposal, profiles.get(proposal.mentee_id))
    mentor, no_seat, apart = None, False, False
    if proposal.mentor_id is not None:
        mentor = await _mentor(visit, proposal.mentor_id, profiles.get(proposal.mentor_id))
        no_seat = mentor.seats.free <= seats_promised(listed, proposal.mentor_id, but_for=proposal.id)
        apart = await _apart(visit, proposal, mentee, mentor)
    trouble = Trouble(
        mentee_gone=mentee.profile is None or mentee.request is None,
        mentee_taken=bool(await work.matching.paired([proposal.mentee_id])),
        mentor_gone=mentor is not None and not mentor.takes,
        no_seat=no_seat,
        apart=apart,
    )
    return PairSeen(
        run=run,
        place=place,
        proposal=proposal,
        number=at + 1,
        count=len(order),
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        mentee=mentee,
        mentor=mentor,
        others=tuple(
            (profiles[one.mentor_id].full_name, one.score)
            for one in proposal.alternatives
            if one.mentor_id in profiles
        ),
        trouble=trouble,
        own=not may_decide(visit.member, proposal),
    )


async def _mentee(visit: Visit, proposal: Proposal, profile: Profile | None) -> Mentee:
    request = await visit.work.mentee_requests.get(proposal.request_id)
    if request is None or request.state is not RequestState.OPEN:
        return Mentee(profile, "", None, early=False, waits=0)
    school = await visit.work.organisations.get(request.school_id)
    early = profile is not None and is_early(profile, visit.today)
    waited = request.waited(visit.now, zone_at(school, visit.desk.zone))
    return Mentee(profile, school.name if school is not None else "", request, early, waited)


async def _apart(visit: Visit, proposal: Proposal, mentee: Mentee, mentor: Mentor) -> bool:
    """Whether something has come between the two since they were matched."""
    if mentee.request is None or mentor.card is None:
        return False
    bars = await visit.work.matching.bars([proposal.mentee_id])
    bar = bars.get((mentor.card.person_id, proposal.mentee_id))
    by_hand = proposal.decision is Decision.BY_HAND
    return not still_possible(mentor.card, mentee.request.school_id, bar, by_hand=by_hand)


async def _mentor(visit: Visit, mentor_id: int, profile: Profile | None) -> Mentor:
    card = await visit.work.mentor_cards.get(mentor_id)
    school = await visit.work.organisations.get(card.school_id) if card is not None else None
    seats = (await visit.work.matching.seats([mentor_id])).get(mentor_id, Seats(0, 0))
    years = years_now(profile, visit.today) if profile is not None else None
    return Mentor(profile, school.name if school is not None else "", years, card, seats)
