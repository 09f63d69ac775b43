"""The mentee says whether a meeting was as the mentor has logged it."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.mentoring.meetings.meeting import Meeting, MeetingState
from services.mentoring.meetings.telling import tell
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.mentoring.policy import MentoringPolicy
from services.work import UnitOfWork


def may_confirm(meeting: Meeting) -> bool:
    """Whether there is something to confirm; one's own objection can be taken back so."""
    return meeting.state is not MeetingState.CONFIRMED


def may_object(meeting: Meeting, policy: MentoringPolicy, now: datetime) -> bool:
    """Whether the mentee may say that it was otherwise: of what they have confirmed only within the term."""
    return meeting.state is not MeetingState.CONFIRMED or in_term(meeting, policy, now)


def in_term(meeting: Meeting, policy: MentoringPolicy, now: datetime) -> bool:
    """Whether it is not long since the meeting was logged."""
    return now - meeting.logged_at <= timedelta(days=policy.edit_days)


async def confirm(
    work: UnitOfWork, pair: Pair, meeting: Meeting, turn: int, actor_id: int, now: datetime
) -> Meeting | None:
    """The meeting as it is confirmed; None when it is not the one that was looked at. Raises PermissionError."""
    _admit(pair, actor_id)
    if not may_confirm(meeting) or meeting.turn != turn:
        return None
    saved = await work.meetings.save(
        replace(meeting, state=MeetingState.CONFIRMED, confirmed_at=now, objection="")
    )
    if saved is not None:
        event = PairEvent(pair.id, now, actor_id, PairHappening.MEETING_CONFIRMED, meeting_id=meeting.id)
        await work.pairs.note(event)
    return saved


async def dispute(
    work: UnitOfWork,
    pair: Pair,
    meeting: Meeting,
    turn: int,
    objection: str,
    actor_id: int,
    policy: MentoringPolicy,
    now: datetime,
) -> Meeting | None:
    """The meeting as its mentor is to correct it; None when it is not the one that was looked at, or too late.

    The mentor hears of it. Raises PermissionError.
    """
    _admit(pair, actor_id)
    if not may_object(meeting, policy, now) or meeting.turn != turn:
        return None
    saved = await work.meetings.save(
        replace(meeting, state=MeetingState.DISPUTED, confirmed_at=None, objection=objection)
    )
    if saved is None:
        return None
    noted = await work.pairs.note(
        PairEvent(pair.id, now, actor_id, PairHappening.MEETING_DISPUTED, objection, meeting_id=meeting.id)
    )
    await tell(work, pair.mentor_id, pair, meeting.id, now, noted)
    return saved


def _admit(pair: Pair, actor_id: int) -> None:
    if pair.mentee_id != actor_id:
        raise PermissionError(f"person {actor_id} is not the mentee of pair {pair.id}")
