"""Meetings that wait for one of the two: to be confirmed, or to be corrected; and the next one they agreed on."""

from collections.abc import Sequence
from datetime import date

from services.mentoring.meetings.meeting import Meeting, MeetingState
from services.mentoring.pair import Pair
from services.work import UnitOfWork


async def unconfirmed(work: UnitOfWork, mentee_id: int, consent: str) -> list[tuple[Pair, Meeting]]:
    """What the mentee has not answered to, those logged last first; none of mentors who do not agree."""
    return await _in_state(work, await work.pairs.of_mentee(mentee_id), mentee_id, MeetingState.LOGGED, consent)


async def disputed(work: UnitOfWork, mentor_id: int, consent: str) -> list[tuple[Pair, Meeting]]:
    """What the mentor is to correct, those logged last first; none with mentees who do not agree."""
    return await _in_state(work, await work.pairs.of_mentor(mentor_id), mentor_id, MeetingState.DISPUTED, consent)


def agreed_next(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """The meeting that tells of the agreed next one: the latest, when that day has not passed. Latest first."""
    latest = meetings[0] if meetings else None
    if latest is None or latest.told.next_on is None or latest.told.next_on < today:
        return None
    return latest


async def _in_state(
    work: UnitOfWork, pairs: Sequence[Pair], person_id: int, state: MeetingState, consent: str
) -> list[tuple[Pair, Meeting]]:
    found = [
        (pair, meeting)
        for pair in pairs
        if await work.people.agrees(pair.other(person_id), consent)
        for meeting in await work.meetings.of_pair(pair.id)
        if meeting.state is state
    ]
    return sorted(found, key=lambda one: one[1].id, reverse=True)
