"""Whom an event is for, and telling them of it."""

from dataclasses import replace
from datetime import date, datetime

from services.events.model import Audience, Candidate, Event
from services.people.early_career import is_early
from services.work import UnitOfWork


async def fitting(work: UnitOfWork, event: Event, today: date, consent: str) -> dict[int, int]:
    """Whom an event is for today: schools by the ids of people, each once, in the school they were in first."""
    found: dict[int, int] = {}
    for candidate in await work.events.candidates(event.organisation_id, event.plan.audience, consent, today):
        if _fits(candidate, event, today):
            found.setdefault(candidate.person_id, candidate.school_id)
    return found


async def announce(work: UnitOfWork, event: Event, today: date, consent: str, now: datetime) -> Event | None:
    """The event announced to its audience; None when it was already, is over, or has changed since it was read."""
    if event.announced or not event.ahead(today):
        return None
    saved = await work.events.save(replace(event, announced_at=now))
    if saved is not None:
        await gather(work, saved, today, consent, now)
    return saved


async def gather(work: UnitOfWork, event: Event, today: date, consent: str, now: datetime) -> None:
    """Invite whoever belongs to the audience by now; take out who does not and has not answered."""
    people = await fitting(work, event, today, consent)
    present = await work.events.enrolled(event.id)
    await work.events.unenrol(event.id, [each for each in present if each not in people])
    await work.events.enrol(event.id, [pair for pair in people.items() if pair[0] not in present])
    await work.events.invite(event.id, consent, now)


async def lacks(work: UnitOfWork, event: Event, today: date, consent: str) -> bool:
    """Whether somebody has joined the audience who was not invited."""
    place_id, audience = event.organisation_id, event.plan.audience
    found = await work.events.candidates(place_id, audience, consent, today, beside=event.id)
    return any(_fits(candidate, event, today) for candidate in found)


def _fits(candidate: Candidate, event: Event, today: date) -> bool:
    if candidate.person_id == event.plan.responsible_id:
        # Whoever holds an event is not invited to it, and takes no seat.
        return False
    return event.plan.audience is not Audience.EARLY or is_early(candidate.profile, today)
