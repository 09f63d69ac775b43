"""Files that are sent about meetings: which are taken, under which name, and what they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from services.iom.evidence import SUFFIXES
from services.mentoring.meetings.changing import may_change
from services.mentoring.meetings.draft import Draft, Outcome, Purpose, own_words
from services.mentoring.meetings.meeting import FILES_LIMIT, FileKind, Meeting, MeetingFile
from services.mentoring.meetings.seeing import may_look
from services.mentoring.pair import PairEvent, PairHappening
from services.mentoring.policy import MentoringPolicy
from services.work import UnitOfWork

TOGETHER = timedelta(hours=1)
"""A file without words belongs to what the mentor has told of so short a time ago."""
RECENT = timedelta(days=14)
"""Meetings that a file may still be attached to."""
SOUND_SUFFIXES = frozenset({"ogg", "oga", "mp3", "m4a", "wav"})
NAME_LIMIT = 100
_NAMES = {FileKind.PHOTO: "Фото.jpg", FileKind.VOICE: "Голосовое.ogg"}
"""What the messenger gives no name to."""
ATTACHED = "приложен файл"
DETACHED = "убран файл"
"""What the history of a pair says of files; nobody is told of it."""


@dataclass(frozen=True, slots=True)
class SentAlong:
    """A file as it came, with the words beside it. `name` is the messenger's, empty for photos and voice."""

    kind: FileKind
    name: str
    content: bytes
    words: str = ""


def kept_name(file: SentAlong) -> str | None:
    """The name under which the file is kept; None for a kind of file that is not taken.

    Words beside the file are the mentor's own and never a part of the name, which the mentee sees, too.
    """
    if file.kind is not FileKind.DOCUMENT:
        return _NAMES[file.kind]
    path = PurePath("".join(char for char in file.name if char.isprintable()).strip())
    if path.suffix.removeprefix(".").casefold() not in SUFFIXES | SOUND_SUFFIXES:
        return None
    return f"{path.stem[: NAME_LIMIT - len(path.suffix)]}{path.suffix}"


@dataclass(frozen=True, slots=True)
class Homes:
    """What files of an author may belong to. `consent` is the present text's version."""

    work: UnitOfWork
    author_id: int
    consent: str
    policy: MentoringPolicy
    now: datetime

    async def newest(self) -> Draft | None:
        """What a file without words belongs to: what was told of, changed or sent last within the hour."""
        for draft in await self.work.meeting_drafts.recent(self.author_id, self.now - TOGETHER):
            if await self.takes(draft):
                return draft
        return None

    async def meetings(self) -> list[Draft]:
        """Meetings of the last days that are told of or logged, the newest first."""
        recent = await self.work.meeting_drafts.recent(self.author_id, self.now - RECENT)
        told = [each for each in recent if each.meeting_id is None and each.fields.purpose is Purpose.MEETING]
        return [each for each in told if await self.takes(each)]

    async def waiting(self) -> list[Draft]:
        """Files of the last hour that wait to be told whose they are, the newest first."""
        recent = await self.work.meeting_drafts.recent(self.author_id, self.now - TOGETHER)
        return [each for each in recent if each.open and each.fields.purpose is Purpose.FILES]

    async def takes(self, draft: Draft) -> bool:
        """Whether its files may still become others: what is logged and over the term keeps those it has."""
        if draft.author_id != self.author_id or draft.fields.outcome is Outcome.DROPPED:
            return False
        if not await may_look(self.work, draft, self.consent):
            return False
        if draft.open and draft.meeting_id is None:
            return True
        meetings = await became(self.work, draft)
        return bool(meetings) and all(may_change(each, self.policy, self.now) for each in meetings)


async def became(work: UnitOfWork, draft: Draft) -> Sequence[Meeting]:
    """The logged meetings of the draft; of a change, those that were logged with the one that is changed."""
    return await work.meetings.of_draft(await keeper(work, draft))


async def keeper(work: UnitOfWork, draft: Draft) -> int:
    """The draft whose files are those of the meeting: the one that it was first told in."""
    meeting = await work.meetings.get(draft.meeting_id) if draft.meeting_id is not None else None
    return (meeting.draft_id if meeting is not None else None) or draft.id


async def attach(work: UnitOfWork, home: Draft, file: SentAlong, cause: str, now: datetime) -> bool:
    """Keep the file with the draft; False when it has as many as there may be, or the kind is not taken."""
    name, kept_by = kept_name(file), await keeper(work, home)
    if name is None or len(await work.meetings.files(kept_by)) >= FILES_LIMIT:
        return False
    if await work.meetings.add_file(kept_by, file.kind, name, file.content, cause, now):
        await _keep_words(work, home, file.words)
        await _note(work, home, ATTACHED, now)
    return True


async def move(work: UnitOfWork, from_draft: Draft, home: Draft, now: datetime) -> Sequence[MeetingFile] | None:
    """Give the files that waited to a meeting, and close what they waited in; None when they would be too many."""
    files, kept_by = await work.meetings.files(from_draft.id), await keeper(work, home)
    if len(files) + len(await work.meetings.files(kept_by)) > FILES_LIMIT:
        return None
    await work.meeting_drafts.move_files([file.id for file in files], kept_by)
    fields = replace(from_draft.fields, outcome=Outcome.DROPPED)
    await work.meeting_drafts.save(replace(from_draft, fields=fields, closed_at=now))
    await _keep_words(work, home, from_draft.words)
    if files:
        await _note(work, home, ATTACHED, now)
    return files


async def detach(work: UnitOfWork, home: Draft, file_id: int, holding: Draft, now: datetime) -> None:
    """Take the file from a meeting to where it waits to be told whose it is."""
    await work.meeting_drafts.move_files([file_id], holding.id)
    await _note(work, home, DETACHED, now)


async def _keep_words(work: UnitOfWork, home: Draft, words: str) -> None:
    """Words beside a file are the mentor's about its meeting."""
    present = await work.meeting_drafts.get(home.id)
    if words and present is not None:
        await work.meeting_drafts.save(replace(present, words=own_words(words, present.words)))


async def _note(work: UnitOfWork, home: Draft, words: str, now: datetime) -> None:
    """What has become of the files of logged meetings stays in the history of their pairs."""
    for meeting in await became(work, home):
        changed = PairHappening.MEETING_CHANGED
        await work.pairs.note(PairEvent(meeting.pair_id, now, home.author_id, changed, words, meeting.id))
