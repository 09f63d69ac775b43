"""Those whom a mentor can have met: their mentees of live pairs, with open steps of the mentees' routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.iom.model import OPEN_ROUTE, StepState
from services.mentoring.messages.understood import Known, KnownStep
from services.mentoring.pair import Pair
from services.work import UnitOfWork

BEFORE_PAIR = timedelta(days=60)
"""Somebody may have helped a colleague for so long before the pair was proposed."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The mentor's live pairs by their ids, the mentees' names by pairs, and agreed steps of the routes."""

    pairs: Mapping[int, Pair]
    names: Mapping[int, str]
    steps: Sequence[KnownStep] = ()

    @property
    def mentees(self) -> list[Known]:
        """By their names."""
        return [Known(each, name) for each, name in sorted(self.names.items(), key=lambda one: (one[1], one[0]))]

    def of(self, pair_ids: Sequence[int]) -> tuple[int, ...]:
        """Those of the pairs that are the mentor's live ones, each once."""
        return tuple(each for each in dict.fromkeys(pair_ids) if each in self.pairs)

    def steps_of(self, pair_ids: Sequence[int]) -> list[KnownStep]:
        """Steps of these pairs' mentees."""
        return [step for step in self.steps if step.pair_id in pair_ids]

    def believable_from(self, pair_ids: Sequence[int]) -> date:
        """The first day on which one may have met; any pair's where none is named."""
        pairs = [self.pairs[each] for each in self.of(pair_ids)] or list(self.pairs.values())
        return min(pair.proposed_at.date() for pair in pairs) - BEFORE_PAIR


async def circle_of(work: UnitOfWork, mentor_id: int, consent_version: str) -> Circle:
    """The mentor's circle; whoever has taken their consent back is not in it."""
    pairs = {
        pair.id: pair
        for pair in await work.pairs.of_mentor(mentor_id)
        if pair.live and await work.people.agrees(pair.mentee_id, consent_version)
    }
    if not pairs:
        return Circle({}, {})
    names = await work.audit.names([pair.mentee_id for pair in pairs.values()])
    steps = [
        KnownStep(pair.id, step.id, step.plan.title)
        for pair in pairs.values()
        for route in await work.iom.all_of(pair.mentee_id)
        if route.state in OPEN_ROUTE
        for step in await work.iom.steps(route.id)
        # What was never agreed to is the mentee's own.
        if step.agreed and step.state is not StepState.CANCELLED
    ]
    return Circle(pairs, {each: names.get(pair.mentee_id, "") for each, pair in pairs.items()}, steps)
