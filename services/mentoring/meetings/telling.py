"""What is owed when something has happened to a logged meeting."""

from datetime import datetime

from services.delivery.model import Kind
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.pair import Pair
from services.work import UnitOfWork


async def ask_mentee(work: UnitOfWork, pair: Pair, meeting: Meeting, now: datetime) -> None:
    """Owe the mentee the question whether it was so, once for each turn of the meeting."""
    payload = {"meeting_id": meeting.id, "turn": meeting.turn}
    for account in await work.directory.account_ids(pair.mentee_id):
        key = f"meeting-confirm:{meeting.id}:{meeting.turn}:{account}"
        await work.outbox.owe(account, Kind.MEETING_TO_CONFIRM, key, payload, now)


async def tell(
    work: UnitOfWork, reader_id: int, pair: Pair, meeting_id: int, now: datetime, event_id: int
) -> None:
    """Owe the reader the news of this event of the pair's history, which is about this meeting."""
    payload = {"pair_id": pair.id, "meeting_id": meeting_id, "event": event_id}
    for account in await work.directory.account_ids(reader_id):
        key = f"meeting-news:{pair.id}:{event_id}:{account}"
        await work.outbox.owe(account, Kind.MEETING_NEWS, key, payload, now)
