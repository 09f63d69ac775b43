"""A logged meeting is looked at: its card, its files, its history."""

from handlers.mentoring.confirming import card_screens as screens
from handlers.mentoring.confirming.seeing import note_seen
from handlers.mentoring.confirming.taps import MeetingFileTap, MeetingHistoryTap
from handlers.mentoring.confirming.view import Reader, reader_of, view_of
from handlers.mentoring.taps import MeetingTap
from handlers.mentoring.within import meeting_of, seen_meeting
from handlers.routes import Access, Routes
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.pair import Pair
from services.privacy.ports import Action

routes = Routes()

COMING = "Файл придёт следующим сообщением."
GONE = "Этого файла уже нет."


@routes.tap(MeetingTap, Access.REGISTERED, within=seen_meeting)
async def show_card(visit: Visit, tap: MeetingTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    await note_seen(visit, pair)
    return Reply(await card_screen(visit, pair, meeting))


@routes.tap(MeetingHistoryTap, Access.REGISTERED, within=seen_meeting)
async def show_history(visit: Visit, tap: MeetingHistoryTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    await note_seen(visit, pair)
    events = [
        event
        for event in await visit.work.pairs.history(pair.id)
        if event.meeting_id == meeting.id and event.what in screens.HAPPENINGS
    ]
    names = await visit.work.audit.names({event.actor_id for event in events if event.actor_id is not None})
    return Reply(screens.history(meeting, events, names, visit.zone, tap.page))


@routes.tap(MeetingFileTap, Access.REGISTERED, within=seen_meeting)
async def send_file(visit: Visit, tap: MeetingFileTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    files = await visit.work.meetings.files(meeting.draft_id) if meeting.draft_id is not None else ()
    if tap.file not in {file.id for file in files}:
        return Reply(await card_screen(visit, pair, meeting), toast=GONE)
    if reader_of(pair, visit.member.id) is Reader.OVERSEER:
        await visit.work.audit.note(
            visit.now, visit.member.id, Action.MEETING_FILE_SEEN, pair.mentee_id, pair.school_id, pair=pair.id
        )
    # One file a minute, however often the button is tapped.
    key = f"meeting-file:{visit.member.account_id}:{tap.file}:{visit.minute}"
    owed = Owed(Kind.MEETING_FILE, key, {"meeting_id": meeting.id, "file_id": tap.file})
    return Reply(toast=COMING, owed=(owed,))


async def card_screen(visit: Visit, pair: Pair, meeting: Meeting) -> Screen:
    """The meeting's card for the visitor, who may see it. Leaves any conversation."""
    await visit.leave()
    return screens.card(await view_of(visit, pair, meeting))
