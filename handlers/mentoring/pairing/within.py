"""Where a run of matching, or a proposal of it, belongs: whoever oversees that place goes through it."""

from typing import Protocol

from handlers.visit import Visit
from services.mentoring.pairing.run import Proposal, Run
from services.people.model import Organisation


class OfRun(Protocol):
    """A tap that names a run."""

    run: int


class OfProposal(Protocol):
    """A tap that names a proposal."""

    proposal: int


async def place_of_run(visit: Visit, tap: OfRun) -> Organisation | None:
    """The place of the run."""
    run = await visit.work.matching.run(tap.run)
    return await visit.work.organisations.get(run.organisation_id) if run is not None else None


async def place_of_proposal(visit: Visit, tap: OfProposal) -> Organisation | None:
    """The place of the run that the proposal is of."""
    proposal = await visit.work.matching.proposal(tap.proposal)
    run = await visit.work.matching.run(proposal.run_id) if proposal is not None else None
    return await visit.work.organisations.get(run.organisation_id) if run is not None else None


async def run_of(visit: Visit, run_id: int) -> tuple[Run, Organisation]:
    """A run that the edge has let in, with its place. Raises LookupError when it is gone."""
    run = await visit.work.matching.run(run_id)
    place = await visit.work.organisations.get(run.organisation_id) if run is not None else None
    if run is None or place is None:
        raise LookupError("no such run")
    return run, place


async def proposal_of(visit: Visit, tap: OfProposal) -> tuple[Run, Organisation, Proposal]:
    """A proposal that the edge has let in, with its run and place. Raises LookupError when it is gone."""
    proposal = await visit.work.matching.proposal(tap.proposal)
    if proposal is None:
        raise LookupError("no such proposal")
    run, place = await run_of(visit, proposal.run_id)
    return run, place, proposal
