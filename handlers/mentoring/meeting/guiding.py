"""A meeting is told of by buttons, question after question; what was begun and left waits."""

from datetime import timedelta

from handlers.iom.words import cut
from handlers.mentoring.meeting import card_screens
from handlers.mentoring.meeting.showing import shown
from handlers.mentoring.meeting.standing import stand_aside
from handlers.mentoring.meeting.taps import DraftTap
from handlers.mentoring.meeting.view import circle_now
from handlers.mentoring.meeting.within import led_pair_or_none_named
from handlers.mentoring.meeting.words import day_title, surname
from handlers.mentoring.taps import LogTap
from handlers.menu.screens import to_menu
from handlers.routes import Access, Routes
from handlers.ui.screen import Button, Reply, Row, Screen, button
from handlers.visit import Visit
from services.mentoring.meetings import asking
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, Purpose
from services.mentoring.meetings.seeing import may_look

routes = Routes()

NOT_LIVE = "В этой паре встречи сейчас не записывают."
LEFT = timedelta(days=14)
"""What was begun and left is offered for so long."""
LEFT_SHOWN = 5
FILES = "Файлы без встречи"
TITLE_SHOWN = 34
"""What a phone shows of a button that stands alone."""


@routes.command("log", Access.REGISTERED)
async def command_log(visit: Visit, _: str) -> Reply:
    circle = await circle_now(visit)
    if not circle.pairs:
        return Reply(card_screens.nobody())
    left = [
        draft for draft in await _left(visit) if draft.turn or draft.words or draft.fields.purpose is Purpose.FILES
    ]
    if left:
        await stand_aside(visit)
        return Reply(_begun(visit, left[:LEFT_SHOWN], circle))
    return Reply(await _begin(visit, circle))


@routes.tap(LogTap, Access.REGISTERED, within=led_pair_or_none_named)
async def tap_log(visit: Visit, tap: LogTap) -> Reply:
    circle = await circle_now(visit)
    if not circle.pairs or (tap.pair and tap.pair not in circle.pairs):
        return Reply(card_screens.nobody(), toast=NOT_LIVE)
    return Reply(await _begin(visit, circle, tap.pair))


async def _begin(visit: Visit, circle: Circle, pair_id: int = 0) -> Screen:
    """The first question about a new meeting. One that was begun and not told anything of is taken up."""
    fields = asking.by_buttons(circle, pair_id)
    for draft in await _left(visit):
        if not draft.turn and draft.fields == fields:
            return await shown(visit, draft, circle=circle)
    draft = await visit.work.meeting_drafts.begin(visit.member.id, "", fields, visit.cause, visit.now)
    return await shown(visit, draft, circle=circle)


async def _left(visit: Visit) -> list[Draft]:
    """Meetings that were told of and neither saved nor dropped, and files that wait; the newest first."""
    recent = await visit.work.meeting_drafts.recent(visit.member.id, visit.now - LEFT)
    return [
        draft
        for draft in recent
        if draft.open
        and draft.meeting_id is None
        and await may_look(visit.work, draft, visit.desk.consent.version)
    ]


def _begun(visit: Visit, left: list[Draft], circle: Circle) -> Screen:
    rows: list[Row] = [(button("Новая встреча", LogTap()),)]
    rows += [(_draft_button(visit, draft, circle),) for draft in left]
    return Screen(
        "<b>Записать встречу</b>\n\nЕсть записи, которые вы не закончили. Продолжить или начать новую?",
        (*rows, (to_menu(),)),
    )


def _draft_button(visit: Visit, draft: Draft, circle: Circle) -> Button:
    return button(draft_title(visit, draft, circle), DraftTap(draft=draft.id))


def draft_title(visit: Visit, draft: Draft, circle: Circle) -> str:
    """A draft on a button: «Вчера, Петрова: план урока», as much as a phone shows."""
    fields = draft.fields
    if fields.purpose is Purpose.FILES:
        sent = day_title(draft.created_at.astimezone(visit.zone).date(), visit.today)
        return cut(f"{FILES}, {sent.lower()}{f': {draft.words}' if draft.words else ''}", TITLE_SHOWN)
    day = day_title(fields.held_on.value, visit.today) if fields.held_on.value else "Без даты"
    # Where there is one mentee, the room is better used for what the meeting was about.
    with_whom = circle.of(fields.whom.value or ()) if len(circle.pairs) > 1 else ()
    names = ", ".join(surname(circle.names[each]) for each in with_whom)
    about = fields.topic.value or draft.words
    return cut(f"{day}{f', {names}' if names else ''}{f': {about}' if about else ''}", TITLE_SHOWN)
