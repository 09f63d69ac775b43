"""Files that came before the words about their meeting are that meeting's."""

from handlers.mentoring.meeting import file_screens
from handlers.mentoring.meeting.showing import shown
from handlers.mentoring.meeting.taps import DetachTap
from handlers.ui.screen import Row, Screen, button
from handlers.visit import Visit
from services.mentoring.meetings import attaching
from services.mentoring.meetings.attaching import Homes
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft


def homes_of(visit: Visit) -> Homes:
    """What files of the visitor may belong to."""
    desk = visit.desk
    return Homes(visit.work, visit.member.id, desk.consent.version, desk.mentoring, visit.now)


async def with_files(
    visit: Visit, draft: Draft, note: str = "", circle: Circle | None = None, more: tuple[Row, ...] = ()
) -> Screen:
    """The draft that was just told of, with the files of the last hour that wait, and a way to undo that."""
    undo: tuple[Row, ...] = ()
    for holding in await homes_of(visit).waiting():
        moved = await attaching.move(visit.work, holding, draft, visit.now)
        if moved:
            undo = ((button(file_screens.UNDO, DetachTap(file=moved[-1].id, home=draft.id)),),)
    present = await visit.work.meeting_drafts.get(draft.id) or draft
    return await shown(visit, present, note, circle, (*undo, *more))
