"""A mentor writes of a meeting outside any conversation: a draft of its own, and its card."""

import asyncio

from handlers import otherwise
from handlers.long_words import CUT_FROM, TOO_LONG, is_part, stand_again
from handlers.mentoring.meeting import card_screens
from handlers.mentoring.meeting.gathering import with_files
from handlers.mentoring.meeting.standing import SHORTER, stand_aside
from handlers.mentoring.meeting.view import circle_now
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Row, Screen
from handlers.visit import Visit
from services.mentoring.meetings.asking import from_words
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, own_words
from services.mentoring.messages.reading import read
from services.mentoring.messages.understood import Understood

routes = Routes()

FEWEST_WORDS = 3
"""Of a meeting nobody tells in fewer, where something else has been asked."""


async def reply_to_words(visit: Visit, text: str) -> Reply:
    """What answers words that belong to no conversation."""
    circle = await circle_now(visit)
    if not circle.pairs:
        return await otherwise.words(visit, text)
    if is_part(visit, text):
        await stand_again(visit, text, SHORTER, {})
        return Reply(Screen(TOO_LONG))
    draft = await drafted(visit, text, circle)
    if draft is None:
        return await otherwise.words(visit, text, card_screens.how_to_log())
    return Reply(await with_files(visit, draft, circle=circle))


@routes.step(SHORTER, Access.REGISTERED)
async def told_again(visit: Visit, text: str) -> Reply:
    return await reply_to_words(visit, text)


async def told_meanwhile(visit: Visit, text: str, note: str, back: Row) -> Screen | None:
    """The card of a meeting that is told of in the middle of something else, which goes on by the row `back`.

    None when the words tell of none, or the visitor leads no pair.
    """
    if len(text.split()) < FEWEST_WORDS:
        return None
    circle = await circle_now(visit)
    draft = await drafted(visit, text, circle)
    return None if draft is None else await with_files(visit, draft, note, circle, (back,))


async def drafted(visit: Visit, text: str, circle: Circle) -> Draft | None:
    """A new draft of the meeting that the words tell of; None when they tell of none."""
    if not circle.pairs or len(text) >= CUT_FROM:
        return None
    understood = await understood_of(visit, text, circle)
    if not understood.about_meeting and not understood.in_future:
        return None
    fields = from_words(understood, circle, visit.today)
    await stand_aside(visit)
    return await visit.work.meeting_drafts.begin(visit.member.id, own_words(text), fields, visit.cause, visit.now)


async def understood_of(visit: Visit, text: str, circle: Circle) -> Understood:
    """What the words say of a meeting with somebody of the circle."""
    return await asyncio.to_thread(read, text, visit.today, circle.mentees, circle.steps)
