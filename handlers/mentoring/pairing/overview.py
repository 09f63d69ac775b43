"""A run as a list of its pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.ui.pages import Page, page_of
from services.mentoring.pairing.run import Decision, Proposal, Run, Tally, tally
from services.people.model import Organisation, Profile
from services.people.names import short_name
from services.work import UnitOfWork

PAIRS_SHOWN = 10
HIDDEN = "данные скрыты"
"""In place of the name of somebody who has taken their consent back."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair of a run, with short names to be escaped; `mentor` is empty where nobody was found."""

    number: int
    proposal: Proposal
    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A run with a page of its pairs; `newcomers` is how many wait who are not in it."""

    run: Run
    place: Organisation
    tally: Tally
    page: Page[Line]
    newcomers: int


async def overview_of(work: UnitOfWork, consent: str, run: Run, place: Organisation, number: int = 0) -> Overview:
    """The run as it stands, with the page of that number; pairs that are sent are no part of it any more."""
    proposals = present(await work.matching.proposals(run.id))
    numbered = page_of(list(enumerate(proposals, 1)), number, PAIRS_SHOWN)
    shown = [one for _, one in numbered.items]
    ids = {one.mentee_id for one in shown} | {one.mentor_id for one in shown if one.mentor_id is not None}
    profiles = await work.matching.profiles(ids, consent)
    lines = [
        Line(at, one, _name(profiles, one.mentee_id), _name(profiles, one.mentor_id) if one.mentor_id else "")
        for at, one in numbered.items
    ]
    known = {one.request_id for one in proposals}
    newcomers = sum(request.id not in known for request in await work.mentee_requests.waiting(place))
    return Overview(run, place, tally(proposals), Page(lines, numbered.number, numbered.count), newcomers)


def present(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those that are not sent, in the order of the run."""
    return [one for one in proposals if one.decision is not Decision.SENT]


def _name(profiles: Mapping[int, Profile], person_id: int) -> str:
    return short_name(profiles[person_id].full_name) if person_id in profiles else HIDDEN
