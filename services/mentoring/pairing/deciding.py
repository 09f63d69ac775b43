"""What a curator decides about the proposals of a run. Where somebody else was faster the answer is None.

Nobody decides about a pair in which they would be the mentee.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.mentoring.pairing.run import (
    Choice,
    Decision,
    Proposal,
    Run,
    RunState,
    seats_promised,
)
from services.people.model import Person
from services.privacy.ports import Action
from services.work import UnitOfWork


class NoSeatError(Exception):
    """The mentor has no seat that is not promised to somebody else."""


async def decide(
    work: UnitOfWork, run: Run, proposal: Proposal, turn: int, person: Person, decision: Decision
) -> Run | None:
    """Agree to a pair, leave it out, or (open) take such a decision back. Raises PermissionError, NoSeatError."""
    _admit(person, proposal)
    if not _may_become(proposal, decision):
        return None
    if decision is Decision.AGREED:
        await _seat(work, run, proposal, proposal.mentor_id)
    taken = await _turn(work, run, turn)
    if taken is not None:
        await work.matching.decide(replace(proposal, decision=decision))
    return taken


async def agree_to_all(work: UnitOfWork, run: Run, turn: int, person: Person) -> int | None:
    """Agree to every pair that is still open; to how many."""
    taken = await _turn(work, run, turn)
    if taken is None:
        return None
    waiting = [one for one in await work.matching.proposals(run.id) if one.waits and one.mentee_id != person.id]
    for proposal in waiting:
        await work.matching.decide(replace(proposal, decision=Decision.AGREED))
    return len(waiting)


async def choose(
    work: UnitOfWork, run: Run, proposal: Proposal, turn: int, person: Person, mentor_id: int
) -> Run | None:
    """Fix another mentor, one of the next choices or anybody with a free seat; the rest is to be matched again.

    Raises PermissionError, NoSeatError.
    """
    _admit(person, proposal)
    if proposal.decision is Decision.SENT or mentor_id == proposal.mentee_id:
        return None
    await _seat(work, run, proposal, mentor_id)
    taken = await _turn(work, run, turn)
    if taken is None:
        return None
    chosen = next((one for one in proposal.alternatives if one.mentor_id == mentor_id), Choice(mentor_id, 0))
    if mentor_id == proposal.mentor_id:
        chosen = Choice(mentor_id, proposal.score, proposal.reasons)
    await work.matching.decide(
        replace(
            proposal,
            mentor_id=mentor_id,
            score=chosen.score,
            reasons=chosen.reasons,
            alternatives=_others(proposal, mentor_id),
            cause="",
            decision=Decision.BY_HAND,
        )
    )
    return taken


async def exclude(
    work: UnitOfWork, run: Run, proposal: Proposal, turn: int, person: Person, words: str, now: datetime
) -> Run | None:
    """Never propose these two again; `words` stand in the proposal until the rest is matched again.

    Raises PermissionError.
    """
    _admit(person, proposal)
    if proposal.mentor_id is None or proposal.decision is Decision.SENT:
        return None
    taken = await _turn(work, run, turn)
    if taken is None:
        return None
    await work.matching.bar(proposal.mentor_id, proposal.mentee_id, person.id, now)
    await work.matching.decide(
        replace(proposal, mentor_id=None, score=0, reasons=(), cause=words, decision=Decision.OPEN)
    )
    await work.audit.note(now, person.id, Action.PAIR_EXCLUDED, proposal.mentee_id, run.organisation_id)
    return taken


def may_decide(person: Person, proposal: Proposal) -> bool:
    """Whether the person, who oversees the run's place, decides about the proposal."""
    return proposal.mentee_id != person.id


def _may_become(proposal: Proposal, decision: Decision) -> bool:
    if decision is Decision.AGREED:
        return proposal.waits
    if decision is Decision.LEFT_OUT:
        return proposal.waits or proposal.fixed
    return decision is Decision.OPEN and proposal.decision not in (Decision.OPEN, Decision.SENT)


def _others(proposal: Proposal, mentor_id: int) -> tuple[Choice, ...]:
    """The next choices after this mentor: the one that was proposed among them, the best first."""
    others: Sequence[Choice] = proposal.alternatives
    if proposal.mentor_id is not None:
        others = [Choice(proposal.mentor_id, proposal.score, proposal.reasons), *others]
    return tuple(
        sorted((one for one in others if one.mentor_id != mentor_id), key=lambda one: one.score, reverse=True)
    )


def _admit(person: Person, proposal: Proposal) -> None:
    if not may_decide(person, proposal):
        raise PermissionError(f"person {person.id} may not decide about a mentor of their own")


async def _seat(work: UnitOfWork, run: Run, proposal: Proposal, mentor_id: int | None) -> None:
    if mentor_id is None:
        raise NoSeatError
    promised = seats_promised(await work.matching.proposals(run.id), mentor_id, but_for=proposal.id)
    seats = (await work.matching.seats([mentor_id])).get(mentor_id)
    if seats is None or seats.free <= promised:
        raise NoSeatError


async def _turn(work: UnitOfWork, run: Run, turn: int) -> Run | None:
    if run.turn != turn or run.state is not RunState.OPEN:
        return None
    return await work.matching.turned(run)
