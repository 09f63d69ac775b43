"""What people write and send while nobody has asked them anything: reports of meetings, rosters, and the rest."""

from pathlib import PurePath

from handlers import otherwise
from handlers.access import allowed
from handlers.current import current_screen
from handlers.mentoring.meeting.attaching import reply_to_file
from handlers.mentoring.meeting.showing import shown
from handlers.mentoring.meeting.telling import reply_to_words, understood_of
from handlers.mentoring.meeting.view import circle_now
from handlers.roster import conversation as roster
from handlers.routes import ANYWHERE, Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.mentoring.meetings.attaching import SentAlong
from services.mentoring.meetings.meeting import FileKind
from services.mentoring.meetings.seeing import may_look

routes = Routes()

SHEETS = frozenset({"xlsx", "xls", "csv", "ods"})
"""Ends of the names of spreadsheets."""


@routes.step(ANYWHERE, Access.REGISTERED)
async def words(visit: Visit, text: str) -> Reply:
    return await reply_to_words(visit, text)


async def takes(visit: Visit, document: bool) -> bool:
    """Whether the visitor may send files: documents as a manager of people, everything as a mentor of a pair."""
    if document and allowed(Access.MANAGER, visit.person, visit.desk.consent):
        return True
    return bool((await circle_now(visit)).pairs)


def take(name: str, content: bytes, picture: bool, words: str, voice: bool) -> SentAlong:
    """The file as it came."""
    kind = FileKind.VOICE if voice else FileKind.PHOTO if picture else FileKind.DOCUMENT
    return SentAlong(kind, name, content, words.strip())


@routes.upload(ANYWHERE, Access.REGISTERED, take, pictures=True, voice=True, takes=takes)
async def file(visit: Visit, sent: SentAlong) -> Reply:
    if await _is_roster(visit, sent):
        return await roster.upload(visit, roster.take(sent.name, sent.content))
    if not (await circle_now(visit)).pairs:
        # The last pair has ended while the file was on its way.
        return await otherwise.not_text(visit, asked=visit.conversation is not None, files=False)
    return await reply_to_file(visit, sent)


async def where_it_stands(visit: Visit) -> Screen:
    """What answers an event that was handled before, by a process that may have died before its reply."""
    if allowed(Access.REGISTERED, visit.person, visit.desk.consent):
        draft = await visit.work.meeting_drafts.of_cause(visit.cause)
        own = draft is not None and draft.author_id == visit.member.id
        if draft is not None and own and await may_look(visit.work, draft, visit.desk.consent.version):
            return await shown(visit, draft)
    return await current_screen(visit)


async def _is_roster(visit: Visit, sent: SentAlong) -> bool:
    """Whether it is a list of people: what a manager sends, but for what is clearly about a meeting of theirs."""
    manages = allowed(Access.MANAGER, visit.person, visit.desk.consent)
    if sent.kind is not FileKind.DOCUMENT or not manages:
        return False
    circle = await circle_now(visit)
    if not circle.pairs:
        return True
    if PurePath(sent.name).suffix.removeprefix(".").casefold() not in SHEETS:
        return False
    return not sent.words or not (await understood_of(visit, sent.words, circle)).about_meeting
