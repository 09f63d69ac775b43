"""Who was there, and what people thought of it."""

from collections.abc import Sequence
from datetime import date

from services.events.model import Counts, Event, EventState, Part
from services.work import UnitOfWork

OPINIONS_FROM = 3
"""Marks and words are shown when so many people have given them: of fewer one could tell whose they are."""


def may_mark(event: Event, today: date) -> bool:
    """Whether it may be noted who was there."""
    return event.state is not EventState.CANCELLED and event.plan.held_on <= today


def may_rate(event: Event, part: Part, today: date) -> bool:
    """Whether the person may say what they think of the event."""
    return event.state is not EventState.CANCELLED and event.plan.held_on < today and part.was_there


async def rate(work: UnitOfWork, event: Event, person_id: int, mark: int, today: date) -> bool:
    """Keep the mark, the last one counts; False when it is not for the person to give one. Raises ValueError."""
    if not 1 <= mark <= 5:
        raise ValueError(mark)
    part = await work.events.part(event.id, person_id)
    if part is None or not may_rate(event, part, today):
        return False
    await work.events.rate(event.id, person_id, mark)
    return True


async def comment(work: UnitOfWork, event: Event, person_id: int, words: str, today: date) -> bool:
    """Keep the words beside the mark; False when there is none."""
    part = await work.events.part(event.id, person_id)
    if part is None or part.mark is None or not may_rate(event, part, today):
        return False
    await work.events.comment(event.id, person_id, words)
    return True


async def opinions(work: UnitOfWork, event: Event, counts: Counts) -> Sequence[str]:
    """What people have written, when enough of them have given a mark."""
    return await work.events.opinions(event.id) if counts.marks >= OPINIONS_FROM else ()
