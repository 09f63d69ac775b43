"""The mentor changes, moves on and deletes what was logged. Whatever it was before stays in the pair's history."""

from dataclasses import replace
from datetime import date, datetime

from services.delivery.quiet import Quiet
from services.mentoring.meetings.confirming import in_term
from services.mentoring.meetings.draft import Draft, fields_of
from services.mentoring.meetings.meeting import Meeting, MeetingState, Told
from services.mentoring.meetings.recording import as_json, changes, in_words
from services.mentoring.meetings.reminding import remind_day
from services.mentoring.meetings.telling import ask_mentee, tell
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.mentoring.policy import MentoringPolicy
from services.work import UnitOfWork

AS_IT_WAS = "оставлено как было"
_TRIES = 3


class OvertakenError(Exception):
    """Somebody keeps changing the pair meanwhile: nothing of the change is to be kept."""


def may_change(meeting: Meeting, policy: MentoringPolicy, now: datetime) -> bool:
    """Whether the mentor may change or delete it: within the term, and later too while the mentee objects."""
    return meeting.state is MeetingState.DISPUTED or in_term(meeting, policy, now)


async def begin_change(work: UnitOfWork, meeting: Meeting, author_id: int, cause: str, now: datetime) -> Draft:
    """A draft of the meeting as it was logged, to be mended; saving it comes to `apply`."""
    return await work.meeting_drafts.begin(
        author_id, meeting.words, fields_of(meeting), cause, now, meeting_id=meeting.id
    )


async def apply(
    work: UnitOfWork, meeting: Meeting, told: Told, actor_id: int, quiet: Quiet, today: date, now: datetime
) -> Meeting | None:
    """The meeting as it is told now; None when it is not as it was read.

    The mentee is asked anew whether it was so; where they have confirmed it and only the next meeting is another
    one they are told of that. What is told as before changes nothing, but is an answer to an objection. Raises
    OvertakenError.
    """
    if told == meeting.told and meeting.state is not MeetingState.DISPUTED:
        return meeting
    if meeting.state is MeetingState.CONFIRMED and _same_meeting(meeting.told, told):
        return await move(work, meeting, told.next_on, told.next_at, actor_id, quiet, today, now)
    mended = replace(meeting, told=told, state=MeetingState.LOGGED, confirmed_at=None, objection="")
    return await _save(work, meeting, mended, actor_id, quiet, today, now)


async def move(
    work: UnitOfWork,
    meeting: Meeting,
    next_on: date | None,
    next_at: str | None,
    actor_id: int,
    quiet: Quiet,
    today: date,
    now: datetime,
) -> Meeting | None:
    """The meeting with another agreed next one, or with none; None when it is not as it was read.

    What the mentee has said of the meeting itself stays. They are told; who has said nothing yet is asked about
    the meeting as it is now. Raises OvertakenError.
    """
    moved = replace(meeting, told=replace(meeting.told, next_on=next_on, next_at=next_at))
    return await _save(work, meeting, moved, actor_id, quiet, today, now)


async def delete(work: UnitOfWork, meeting: Meeting, turn: int, actor_id: int, now: datetime) -> bool:
    """Whether it is deleted; not when it is not the one that was looked at.

    A mentee who has said something about it is told. Raises OvertakenError.
    """
    pair = await work.pairs.get(meeting.pair_id)
    if pair is None or meeting.turn != turn or not await work.meetings.drop(meeting):
        return False
    words = in_words(meeting.told)
    event = PairEvent(
        pair.id, now, actor_id, PairHappening.MEETING_DELETED, words, meeting.id, before=as_json(meeting)
    )
    noted = await work.pairs.note(event)
    await _follow(work, pair)
    if meeting.state is not MeetingState.LOGGED:
        await tell(work, pair.mentee_id, pair, meeting.id, now, noted)
    return True


async def _save(
    work: UnitOfWork,
    before: Meeting,
    after: Meeting,
    actor_id: int,
    quiet: Quiet,
    today: date,
    now: datetime,
) -> Meeting | None:
    pair = await work.pairs.get(before.pair_id)
    if pair is None:
        return None
    told = after.told
    moved = (told.next_on, told.next_at) != (before.told.next_on, before.told.next_at)
    remind_on = remind_day(told.next_on, today, quiet) if moved else before.remind_on
    saved = await work.meetings.save(replace(after, changed_at=now, remind_on=remind_on))
    if saved is None:
        return None
    words = changes(before.told, told) or AS_IT_WAS
    event = PairEvent(
        pair.id, now, actor_id, PairHappening.MEETING_CHANGED, words, saved.id, before=as_json(before)
    )
    noted = await work.pairs.note(event)
    await _follow(work, pair)
    if saved.state is MeetingState.LOGGED:
        await ask_mentee(work, pair, saved, now)
    else:
        await tell(work, pair.mentee_id, pair, saved.id, now, noted)
    return saved


async def _follow(work: UnitOfWork, pair: Pair) -> None:
    """The pair has met last on the day of its latest meeting, whatever has become of the meetings."""
    for _ in range(_TRIES):
        present = await work.pairs.get(pair.id)
        last = await work.meetings.last_held(pair.id)
        if present is None or present.last_met_on == last:
            return
        if await work.pairs.save(replace(present, last_met_on=last)) is not None:
            return
    raise OvertakenError


def _same_meeting(before: Told, after: Told) -> bool:
    """Whether all but the agreed next one is the same."""
    return replace(before, next_on=None, next_at=None) == replace(after, next_on=None, next_at=None)
