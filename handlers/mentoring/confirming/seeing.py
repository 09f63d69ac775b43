"""Noting that somebody who looks after a pair has looked at its meetings."""

from datetime import datetime

from handlers.mentoring.confirming.view import Reader, reader_of
from handlers.visit import Visit
from services.mentoring.pair import Pair
from services.privacy.ports import Action


async def note_seen(visit: Visit, pair: Pair) -> None:
    """Note it once a day; what the two themselves look at is not noted."""
    if reader_of(pair, visit.member.id) is not Reader.OVERSEER:
        return
    midnight = datetime.combine(visit.today, datetime.min.time(), visit.zone)
    noted = visit.work.audit.noted_since(visit.member.id, Action.MEETINGS_SEEN, midnight, person_id=pair.mentee_id)
    if not await noted:
        await visit.work.audit.note(
            visit.now, visit.member.id, Action.MEETINGS_SEEN, pair.mentee_id, pair.school_id, pair=pair.id
        )
