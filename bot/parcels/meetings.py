"""Meetings to be confirmed, news and files of meetings, reminders of agreed ones."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.confirming import news_screens as screens
from handlers.mentoring.confirming.view import Reader, names_of, reader_of, step_title
from handlers.mentoring.taps import MeetingTap
from handlers.ui.screen import Document, Screen, button
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring import rights
from services.mentoring.meetings import waiting
from services.mentoring.meetings.attaching import ATTACHED, DETACHED
from services.mentoring.meetings.meeting import FileKind, Meeting
from services.mentoring.pair import Pair, PairHappening, PairState
from services.people.model import Person
from services.people.zones import zone_at, zone_of
from storage.unit_of_work import StoredWork


async def to_confirm(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    unconfirmed = await waiting.unconfirmed(work, person.id, desk.consent.version)
    mine = {(meeting.id, meeting.turn): (pair, meeting) for pair, meeting in unconfirmed}
    found = mine.pop((parcel.payload["meeting_id"], parcel.payload["turn"]), None)
    if found is None:
        raise NotDueError("it waits for the person no more")
    # What came in quiet hours is told in one message: the last of those that are still due.
    later = await work.outbox.later(person.account_id, parcel.kind, parcel.id)
    if any((payload["meeting_id"], payload["turn"]) in mine for payload in later):
        raise NotDueError("told together with a later one")
    pair, meeting = found
    mentor, _ = await names_of(work, pair)
    step = await step_title(work, pair, meeting, Reader.MENTEE)
    others = [other for _, other in mine.values()]
    again = "again" in parcel.payload
    return screens.to_confirm(meeting, mentor, step, others, _today(desk, person), again=again)


async def news(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    pair = await _seen_pair(desk, work, person, parcel.payload["pair_id"])
    mentor, mentee = await names_of(work, pair)
    about = parcel.payload["meeting_id"]
    history = [
        event
        for event in await work.pairs.history(pair.id)
        if event.meeting_id == about and event.words not in (ATTACHED, DETACHED)
    ]
    if not history or history[-1].id != parcel.payload["event"]:
        raise NotDueError("something else has happened to the meeting since")
    event, today = history[-1], _today(desk, person)
    if event.what is PairHappening.MEETING_DELETED and event.before is not None and person.id == pair.mentee_id:
        return screens.deleted(pair.id, dict(event.before), mentor, today)
    meeting = await work.meetings.get(about)
    if meeting is None:
        raise NotDueError("no such meeting")
    if event.what is PairHappening.MEETING_DISPUTED and person.id == pair.mentor_id:
        return screens.disputed(meeting, mentee, today)
    if event.what is PairHappening.MEETING_CHANGED and person.id == pair.mentee_id:
        return screens.moved(meeting, mentor, today)
    raise NotDueError("no news for the person")


async def reminder(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    meeting = await work.meetings.get(parcel.payload["meeting_id"])
    if meeting is None:
        raise NotDueError("no such meeting")
    pair = await _seen_pair(desk, work, person, meeting.pair_id)
    if not pair.holds(person.id) or pair.state not in (PairState.APPROVED, PairState.ACTIVE):
        raise NotDueError("the pair rests or is over")
    school = await work.organisations.get(pair.school_id)
    local = desk.clock().astimezone(zone_at(school, desk.zone))
    meetings = await work.meetings.of_pair(pair.id)
    day = date.fromordinal(parcel.payload["day"])
    if waiting.agreed_next(meetings, local.date()) != meeting or meeting.told.next_on != day:
        raise NotDueError("it is not the pair's next meeting any more")
    if day == local.date() and meeting.told.next_at is not None and meeting.told.next_at <= f"{local:%H:%M}":
        raise NotDueError("it has begun")
    mentor, mentee = await names_of(work, pair)
    leads = person.id == pair.mentor_id
    return screens.soon(meeting, mentee if leads else mentor, local.date(), leads=leads)


async def file(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    meeting = await work.meetings.get(parcel.payload["meeting_id"])
    found = await work.meetings.file(parcel.payload["file_id"])
    if meeting is None or found is None or found[0].draft_id != meeting.draft_id:
        raise NotDueError("no such file")
    pair = await _seen_pair(desk, work, person, meeting.pair_id)
    kept, content = found
    mentor, mentee = await names_of(work, pair)
    reader = reader_of(pair, person.id)
    about = screens.file_caption(meeting, mentee if reader is Reader.MENTOR else mentor, _today(desk, person))
    rows = ((button("К встрече", MeetingTap(meeting=meeting.id)),),)
    if kept.kind is FileKind.PHOTO:
        return Screen(about, rows, picture=content)
    return Screen(about, rows, document=Document(kept.file_name or _name(meeting, kept.kind), content))


async def _seen_pair(desk: Desk, work: StoredWork, person: Person, pair_id: int) -> Pair:
    """The pair. Raises NotDueError when it is not for the person's eyes any more."""
    pair = await work.pairs.get(pair_id)
    school = await work.organisations.get(pair.school_id) if pair is not None else None
    if pair is None or school is None or not rights.may_see(person, pair, school):
        raise NotDueError("no such pair for the person")
    for other in {pair.mentor_id, pair.mentee_id} - {person.id}:
        if not await work.people.agrees(other, desk.consent.version):
            raise NotDueError("the consent of one of the two is not in force")
    return pair


def _name(meeting: Meeting, kind: FileKind) -> str:
    return f"Встреча {meeting.told.held_on:%d.%m.%Y}{'.ogg' if kind is FileKind.VOICE else ''}"


def _today(desk: Desk, person: Person) -> date:
    return desk.clock().astimezone(zone_of(person, desk.zone)).date()


MAKERS: dict[Kind, Maker] = {
    Kind.MEETING_TO_CONFIRM: to_confirm,
    Kind.MEETING_NEWS: news,
    Kind.MEETING_REMINDER: reminder,
    Kind.MEETING_FILE: file,
}
