"""Who may be chosen by hand for a proposal: everybody of the bank with a seat that is promised to nobody."""

from dataclasses import dataclass

from handlers.visit import Visit
from services.mentoring.pairing.run import Proposal, seats_promised
from services.mentoring.pairing.task import bank_of
from services.mentoring.sides import Bar
from services.people.model import Organisation, Profile
from services.people.names import name_key


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor to choose, with free seats. `refused`: the two have parted or not come together before.

    `score` and `reasons` are those of a next choice, None and none for others.
    """

    person_id: int
    profile: Profile
    school: str
    free: int
    refused: bool = False
    score: int | None = None
    reasons: tuple[str, ...] = ()


async def candidates(visit: Visit, place: Organisation, proposal: Proposal) -> list[Candidate]:
    """By name; without the mentor who is proposed now, and those who are kept apart from the mentee."""
    work, policy = visit.work, visit.desk.mentoring
    cards = [card for card in await bank_of(work, place) if card.person_id not in _present(proposal)]
    ids = [card.person_id for card in cards]
    profiles = await work.matching.profiles(ids, visit.desk.consent.version)
    seats = await work.matching.seats(ids)
    bars = await work.matching.bars([proposal.mentee_id])
    request = await work.mentee_requests.get(proposal.request_id)
    chiefs = set() if policy.chief_may_mentor else await work.matching.curators(ids)
    in_run = await work.matching.proposals(proposal.run_id)
    schools = await work.organisations.by_ids({card.school_id for card in cards})
    known = {one.mentor_id: one for one in proposal.alternatives}
    found = []
    for card in cards:
        person_id = card.person_id
        bar = bars.get((person_id, proposal.mentee_id))
        is_chief = request is not None and (person_id, request.school_id) in chiefs
        free = seats[person_id].free if person_id in seats else 0
        free -= seats_promised(in_run, person_id, but_for=proposal.id)
        if person_id not in profiles or free <= 0 or is_chief or bar in (Bar.CONFLICT, Bar.EXCLUDED):
            continue
        school = schools.get(card.school_id)
        choice = known.get(person_id)
        found.append(
            Candidate(
                person_id,
                profiles[person_id],
                school.name if school is not None else "",
                free,
                refused=bar is Bar.REFUSED,
                score=choice.score if choice is not None else None,
                reasons=choice.reasons if choice is not None else (),
            )
        )
    return sorted(found, key=lambda one: (name_key(one.profile.full_name), one.person_id))


def _present(proposal: Proposal) -> set[int | None]:
    return {proposal.mentor_id, proposal.mentee_id}
