"""A meeting that was told of is logged: one for each pair, and its mentee is asked whether it was so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services.delivery.model import Kind
from services.delivery.quiet import Quiet
from services.mentoring.life.starting import start
from services.mentoring.meetings.draft import Draft, Outcome, missing, told_of
from services.mentoring.meetings.meeting import Meeting, Told
from services.mentoring.meetings.reminding import remind_day
from services.mentoring.pair import Pair, PairEvent, PairHappening, PairState
from services.work import UnitOfWork

_TRIES = 3


class OvertakenError(Exception):
    """Somebody keeps changing the pair meanwhile: nothing of the meeting is to be kept."""


async def log(
    work: UnitOfWork, draft: Draft, author_id: int, quiet: Quiet, today: date, now: datetime
) -> Sequence[Meeting]:
    """The meetings of a draft that is complete; none when the draft is not as it was read any more.

    A pair that both have agreed to begins with its first meeting. Raises PermissionError for a pair that the
    author does not lead, ValueError for an incomplete draft, OvertakenError.
    """
    fields = draft.fields
    if missing(fields):
        raise ValueError("not everything is known")
    told = told_of(fields)
    closed = replace(draft, closed_at=now, fields=replace(fields, outcome=Outcome.SAVED, asking=None))
    if not draft.open or await work.meeting_drafts.save(closed) is None:
        return ()
    made = []
    for pair_id in fields.whom.value or ():
        pair = await work.pairs.get(pair_id)
        if pair is None or not pair.live or pair.mentor_id != author_id:
            raise PermissionError("not a live pair of the author's")
        meeting = await _logged(work, draft, pair, await _told_to(work, pair, told), quiet, today, now)
        if meeting is not None:
            made.append(meeting)
    return made


async def _logged(
    work: UnitOfWork, draft: Draft, pair: Pair, told: Told, quiet: Quiet, today: date, now: datetime
) -> Meeting | None:
    remind_on = remind_day(told.next_on, today, quiet)
    meeting = await work.meetings.add(pair.id, draft.id, told, draft.words, pair.mentor_id, remind_on, now)
    if meeting is None:
        return None
    if pair.state is PairState.APPROVED:
        await start(work, pair, pair.mentor_id, today, now)
    await _met(work, pair.id, told.held_on)
    await work.pairs.note(
        PairEvent(pair.id, now, pair.mentor_id, PairHappening.MEETING_LOGGED, meeting_id=meeting.id)
    )
    for account in await work.directory.account_ids(pair.mentee_id):
        key = f"meeting-confirm:{meeting.id}:{meeting.turn}:{account}"
        payload = {"meeting_id": meeting.id, "turn": meeting.turn}
        await work.outbox.owe(account, Kind.MEETING_TO_CONFIRM, key, payload, now)
    return meeting


async def _met(work: UnitOfWork, pair_id: int, held_on: date) -> None:
    """The pair has met on that day, and is silent no more."""
    for _ in range(_TRIES):
        pair = await work.pairs.get(pair_id)
        if pair is None:
            break
        last = max(held_on, pair.last_met_on or held_on)
        if await work.pairs.save(replace(pair, last_met_on=last, nudged_on=None)) is not None:
            return
    raise OvertakenError


async def _told_to(work: UnitOfWork, pair: Pair, told: Told) -> Told:
    """What is told of the meeting with this mentee: a step of another's route does not belong there."""
    if told.step_id is None:
        return told
    step = await work.iom.step(told.step_id)
    route = await work.iom.get(step.route_id) if step is not None else None
    own = route is not None and route.person_id == pair.mentee_id
    return told if own else replace(told, step_id=None)
