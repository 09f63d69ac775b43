"""Moves in a test: begin, step back, go on.

The database owns progress. A button names session, item, option and turn; every accepted move raises the
turn, so that a button made for another turn (a double tap, an old message, the same update twice) changes
nothing.
"""

from datetime import datetime

from services.diagnostics.answering import Given, Sheet, settled, shown_before
from services.diagnostics.instrument import UNANSWERED, Instrument
from services.diagnostics.session import Session
from services.work import UnitOfWork


async def begin(
    work: UnitOfWork,
    person_id: int,
    instrument: Instrument,
    wording_id: int | None,
    now: datetime,
    *,
    campaign_id: int | None = None,
    anonymous: bool = False,
    organisation_id: int | None = None,
) -> Session:
    """The person's open session of the instrument; a new one when there is none.

    An open one that is in no campaign yet becomes part of `campaign_id`.
    """
    session = await work.surveys.open_session(person_id, instrument.id, anonymous=anonymous)
    if session is not None:
        if campaign_id is None or session.campaign_id == campaign_id:
            return session
        return await work.surveys.attach(session.id, campaign_id) or session
    at_once = instrument.plain and instrument.chartable and not anonymous
    return await work.surveys.start(
        person_id,
        instrument.id,
        instrument.version,
        wording_id,
        instrument.blank,
        now,
        alphabet=instrument.option_codes if at_once else "",
        campaign_id=campaign_id,
        anonymous=anonymous,
        organisation_id=organisation_id,
    )


async def record(
    work: UnitOfWork, session: Session, instrument: Instrument, sheet: Sheet, given: Given, now: datetime
) -> Session | None:
    """The session after an answer to the item it shows; None when it has moved on meanwhile.

    `sheet` is the session's, with its values. The answer that leaves nothing to be asked finishes the session.
    """
    after = settled(instrument, sheet, session.position, given)
    # Several options are chosen one by one: the item stays until the person says that this is all.
    position = session.position if given.mark == UNANSWERED else after.first_unanswered
    return await work.surveys.record(session, after, position, now)


async def step_back(work: UnitOfWork, session: Session, turn: int, now: datetime) -> Session | None:
    """Show the item before the present one; None for another turn or at the first item."""
    before = shown_before(session.answers, session.position)
    if not before:
        return None
    return await work.surveys.move(session.id, turn, before, now)


async def go_on(work: UnitOfWork, session: Session, turn: int, now: datetime) -> Session | None:
    """Show the first item without an answer; None when the tap was for another turn."""
    return await work.surveys.move(session.id, turn, session.first_unanswered, now)
