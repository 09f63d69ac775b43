"""Moves in a test: begin, step back, go on.

The database owns progress. A button names session, item, option and turn; every accepted move raises the
turn, so that a button made for another turn (a double tap, an old message, the same update twice) changes
nothing.
"""

from datetime import datetime

from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session
from services.work import UnitOfWork


async def begin(
    work: UnitOfWork, person_id: int, instrument: Instrument, wording_id: int | None, now: datetime
) -> Session:
    """The person's open session of the instrument; a new one when there is none."""
    session = await work.surveys.open_session(person_id, instrument.id)
    if session is not None:
        return session
    return await work.surveys.start(
        person_id, instrument.id, instrument.version, wording_id, instrument.blank, now
    )


async def step_back(work: UnitOfWork, session: Session, turn: int, now: datetime) -> Session | None:
    """Show the item before the present one; None for another turn or at the first item."""
    if session.position <= 1:
        return None
    return await work.surveys.move(session.id, turn, session.position - 1, now)


async def go_on(work: UnitOfWork, session: Session, turn: int, now: datetime) -> Session | None:
    """Show the first item without an answer; None when the tap was for another turn."""
    return await work.surveys.move(session.id, turn, session.first_unanswered, now)
