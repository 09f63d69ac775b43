"""Signing up for an event, and out of it."""

from datetime import date, datetime
from enum import StrEnum

from services.events.model import Event, PartState
from services.work import UnitOfWork


class Outcome(StrEnum):
    """What became of an attempt to sign up."""

    DONE = "done"
    ALREADY = "already"
    FULL = "full"
    CLOSED = "closed"


async def sign_up(work: UnitOfWork, event: Event, person_id: int, today: date, now: datetime) -> Outcome:
    """Take a seat for somebody whom the event is for."""
    if await work.events.take_seat(event.id, person_id, today, now):
        return Outcome.DONE
    part = await work.events.part(event.id, person_id)
    if part is not None and part.state is PartState.SIGNED_UP:
        return Outcome.ALREADY
    return Outcome.FULL if part is not None and event.open_on(today) else Outcome.CLOSED


async def sign_out(work: UnitOfWork, event: Event, person_id: int, today: date) -> bool:
    """Give the seat back, or say that one does not come; False when it is too late."""
    return event.open_on(today) and await work.events.decline(event.id, person_id)
