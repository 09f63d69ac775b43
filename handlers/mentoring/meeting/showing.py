"""Where a draft stands: its question while the mentor is led by buttons, its card otherwise."""

from handlers.mentoring.meeting import card_screens, file_screens, question_screens
from handlers.mentoring.meeting.standing import stand_aside, stand_at
from handlers.mentoring.meeting.view import view_of
from handlers.ui.screen import Row, Screen
from handlers.visit import Visit
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, Purpose

CHANGED = "Запись уже изменилась. Вот она сейчас."


async def shown(
    visit: Visit, draft: Draft, note: str = "", circle: Circle | None = None, more: tuple[Row, ...] = ()
) -> Screen:
    """The draft as it is now; words written from now on answer the question that it asks, if it asks one.

    On its card `more` rows stand before the last.
    """
    view = await view_of(visit, draft, circle)
    if not draft.open and draft.fields.purpose is Purpose.FILES and not view.files:
        return file_screens.elsewhere()
    asking = draft.fields.asking
    if draft.open and draft.fields.purpose is Purpose.FILES:
        # Later: attaching shows drafts, too.
        from handlers.mentoring.meeting.attaching import whose

        await stand_aside(visit)
        return await whose(visit, draft, note)
    if draft.open and asking is not None:
        await stand_at(visit, draft, asking)
        return question_screens.question(view, asking, note)
    await stand_aside(visit)
    return card_screens.card(view, note, more)
