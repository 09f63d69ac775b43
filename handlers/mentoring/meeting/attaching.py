"""Photos, voice messages and documents that a mentor sends: kept at once, then told whose they are."""

from dataclasses import replace

from handlers.mentoring.meeting import file_screens as screens
from handlers.mentoring.meeting.gathering import homes_of, with_files
from handlers.mentoring.meeting.guiding import draft_title
from handlers.mentoring.meeting.keeping import TOO_LATE
from handlers.mentoring.meeting.showing import CHANGED, shown
from handlers.mentoring.meeting.standing import written_about
from handlers.mentoring.meeting.taps import AttachTap, DetachTap
from handlers.mentoring.meeting.telling import drafted
from handlers.mentoring.meeting.view import circle_now, view_of
from handlers.mentoring.meeting.within import draft_of, own_draft, own_file
from handlers.otherwise import with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Button, Reply, Screen, button
from handlers.visit import Visit
from services.mentoring.meetings import asking, attaching
from services.mentoring.meetings.attaching import SentAlong
from services.mentoring.meetings.draft import Draft, Fields, Purpose

routes = Routes()

HOMES_SHOWN = 6


async def reply_to_file(visit: Visit, file: SentAlong) -> Reply:
    """What answers a file that belongs to no conversation, from somebody who leads a pair."""
    if attaching.kept_name(file) is None:
        return Reply(screens.not_taken())
    circle = await circle_now(visit)
    draft = await drafted(visit, file.words, circle) if file.words else None
    if draft is not None:
        await attaching.attach(visit.work, draft, replace(file, words=""), visit.cause, visit.now)
        return Reply(await with_files(visit, draft, circle=circle))
    spoken_of = await written_about(visit)
    homes = homes_of(visit)
    asked = spoken_of is not None and spoken_of[0].open and await homes.takes(spoken_of[0])
    home = spoken_of[0] if spoken_of is not None and asked else await homes.newest()
    if home is not None and await attaching.attach(visit.work, home, file, visit.cause, visit.now):
        home = await visit.work.meeting_drafts.get(home.id) or home
        if home.fields.purpose is Purpose.FILES:
            return Reply(await whose(visit, home))
        return Reply(await _attached(visit, home))
    holding = await _holding(visit)
    await attaching.attach(visit.work, holding, file, visit.cause, visit.now)
    note = screens.FULL if home is not None else ""
    return Reply(await whose(visit, await visit.work.meeting_drafts.get(holding.id) or holding, note))


async def whose(visit: Visit, holding: Draft, note: str = "") -> Screen:
    """Asks which meeting the kept files belong to."""
    circle = await circle_now(visit)
    homes: list[Button] = []
    for draft in (await homes_of(visit).meetings())[:HOMES_SHOWN]:
        tap = AttachTap(draft=holding.id, turn=holding.turn, home=draft.id)
        homes.append(button(draft_title(visit, draft, circle), tap))
    return screens.whose(holding, await visit.work.meetings.files(holding.id), homes, note)


@routes.tap(AttachTap, Access.REGISTERED, within=own_draft)
async def attach(visit: Visit, tap: AttachTap) -> Reply:
    holding = await draft_of(visit, tap)
    if not holding.open or holding.turn != tap.turn or holding.fields.purpose is not Purpose.FILES:
        return Reply(await shown(visit, holding), toast=CHANGED)
    circle = await circle_now(visit)
    if not tap.home:
        # The files stay where they are: their draft becomes that of a meeting.
        begun = replace(holding, fields=asking.by_buttons(circle))
        saved = await visit.work.meeting_drafts.save(begun)
        return Reply(await shown(visit, saved or await draft_of(visit, tap), circle=circle))
    home = next((each for each in await homes_of(visit).meetings() if each.id == tap.home), None)
    if home is None:
        return Reply(await whose(visit, holding), toast=CHANGED)
    if await attaching.move(visit.work, holding, home, visit.now) is None:
        return Reply(await whose(visit, holding, screens.FULL), toast=screens.FULL)
    return Reply(await _attached(visit, await visit.work.meeting_drafts.get(home.id) or home))


@routes.tap(DetachTap, Access.REGISTERED, within=own_file)
async def detach(visit: Visit, tap: DetachTap) -> Reply:
    """The file goes back to where it waits to be told whose it is."""
    home_id = await visit.work.meeting_drafts.draft_of_file(tap.file)
    home = await visit.work.meeting_drafts.get(home_id) if home_id is not None else None
    if home is None:
        raise LookupError("no such draft")
    if home.id != tap.home or home.fields.purpose is not Purpose.MEETING:
        return Reply(await shown(visit, home), toast=CHANGED)
    if not await homes_of(visit).takes(home):
        return Reply(await shown(visit, home), toast=CHANGED if home.open else TOO_LATE)
    holding = await _holding(visit)
    await attaching.detach(visit.work, home, tap.file, holding, visit.now)
    return Reply(await whose(visit, holding, screens.DETACHED))


async def _holding(visit: Visit) -> Draft:
    """Where files wait to be told whose they are."""
    fields = Fields(purpose=Purpose.FILES)
    return await visit.work.meeting_drafts.begin(visit.member.id, "", fields, visit.cause, visit.now)


async def _attached(visit: Visit, home: Draft) -> Screen:
    """The meeting with the file, and a way to undo it; a question that stands goes on."""
    view = await view_of(visit, home)
    screen = await shown(visit, home)
    file = view.files[-1]
    undo = button(screens.UNDO, DetachTap(file=file.id, home=file.draft_id))
    rows = (*screen.rows[:-1], (undo,), *screen.rows[-1:])
    return with_note(replace(screen, rows=rows), screens.attached(draft_title(visit, home, view.circle)))
