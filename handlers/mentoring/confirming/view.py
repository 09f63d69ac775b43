"""A logged meeting as one visitor may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handlers.mentoring.confirming.words import NAMELESS
from handlers.visit import Visit
from services.iom.progress import is_shown
from services.mentoring.meetings import changing, confirming
from services.mentoring.meetings.meeting import Meeting, MeetingFile
from services.mentoring.pair import Pair
from services.work import UnitOfWork


class Reader(Enum):
    """Who looks at a meeting."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    OVERSEER = "overseer"


@dataclass(frozen=True, slots=True)
class View:
    """A meeting with what the reader may do about it.

    `names` are of the mentor and of the mentee; `step` is the title of the route's step, "" without one; `latest`:
    the pair has not met since; `told_of`: something has become of it since it was logged.
    """

    pair: Pair
    meeting: Meeting
    reader: Reader
    names: tuple[str, str]
    today: date
    step: str
    files: Sequence[MeetingFile]
    may_change: bool
    may_object: bool
    latest: bool
    told_of: bool


def reader_of(pair: Pair, person_id: int) -> Reader:
    """Who the person is to the pair, which they may see."""
    if person_id == pair.mentor_id:
        return Reader.MENTOR
    return Reader.MENTEE if person_id == pair.mentee_id else Reader.OVERSEER


async def names_of(work: UnitOfWork, pair: Pair) -> tuple[str, str]:
    """Full names of the mentor and the mentee, with markup to be escaped."""
    names = await work.audit.names([pair.mentor_id, pair.mentee_id])
    return names.get(pair.mentor_id) or NAMELESS, names.get(pair.mentee_id) or NAMELESS


async def step_title(work: UnitOfWork, pair: Pair, meeting: Meeting, reader: Reader) -> str:
    """The title of the route's step that the meeting served, if the reader is shown it."""
    step = await work.iom.step(meeting.told.step_id) if meeting.told.step_id is not None else None
    route = await work.iom.get(step.route_id) if step is not None else None
    if step is None or route is None or route.person_id != pair.mentee_id:
        return ""
    return step.plan.title if is_shown(route, step, own=reader is Reader.MENTEE) else ""


async def view_of(visit: Visit, pair: Pair, meeting: Meeting) -> View:
    """The meeting for the visitor, who may see it."""
    reader = reader_of(pair, visit.member.id)
    policy, latest = visit.desk.mentoring, await visit.work.meetings.of_pair(pair.id)
    files = await visit.work.meetings.files(meeting.draft_id) if meeting.draft_id is not None else ()
    history = await visit.work.pairs.history(pair.id)
    return View(
        pair,
        meeting,
        reader,
        await names_of(visit.work, pair),
        visit.today,
        await step_title(visit.work, pair, meeting, reader),
        files,
        reader is Reader.MENTOR and changing.may_change(meeting, policy, visit.now),
        reader is Reader.MENTEE and confirming.may_object(meeting, policy, visit.now),
        bool(latest) and latest[0].id == meeting.id,
        sum(event.meeting_id == meeting.id for event in history) > 1,
    )
