"""Meetings of pairs in the database, and their files."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.meetings.meeting import FileKind, Meeting, MeetingFile, MeetingForm, MeetingState, Told
from storage.conflict import insert_new, insertion
from storage.mentoring_tables import meeting_drafts, meeting_files, meetings

_FILE = (
    meeting_files.c.id,
    meeting_files.c.draft_id,
    meeting_files.c.kind,
    meeting_files.c.file_name,
    meeting_files.c.size,
    meeting_files.c.given_at,
)


class MeetingTable:
    """`services.mentoring.meetings.ports.MeetingStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, meeting_id: int) -> Meeting | None:
        return await self._one(select(meetings).where(meetings.c.id == meeting_id))

    async def of_pair(self, pair_id: int) -> Sequence[Meeting]:
        query = (
            select(meetings)
            .where(meetings.c.pair_id == pair_id)
            .order_by(meetings.c.held_on.desc(), meetings.c.id.desc())
        )
        return [_meeting(row) for row in await self._connection.execute(query)]

    async def of_draft(self, draft_id: int) -> Sequence[Meeting]:
        query = select(meetings).where(meetings.c.draft_id == draft_id).order_by(meetings.c.id)
        return [_meeting(row) for row in await self._connection.execute(query)]

    async def add(
        self,
        pair_id: int,
        draft_id: int | None,
        told: Told,
        words: str,
        author_id: int,
        remind_on: date | None,
        now: datetime,
    ) -> Meeting | None:
        values = _told_columns(told) | {
            "pair_id": pair_id,
            "draft_id": draft_id,
            "state": MeetingState.LOGGED.value,
            "words": words,
            "logged_by": author_id,
            "logged_at": now,
            "remind_on": remind_on,
        }
        return await self._one(insertion(self._connection.dialect, meetings, values).returning(meetings))

    async def save(self, meeting: Meeting) -> Meeting | None:
        return await self._one(
            update(meetings)
            .where(meetings.c.id == meeting.id, meetings.c.turn == meeting.turn)
            .values(
                **_told_columns(meeting.told),
                turn=meeting.turn + 1,
                state=meeting.state.value,
                remind_on=meeting.remind_on,
                changed_at=meeting.changed_at,
                confirmed_at=meeting.confirmed_at,
                objection=meeting.objection,
            )
            .returning(meetings)
        )

    async def drop(self, meeting: Meeting) -> bool:
        mine = (meetings.c.id == meeting.id, meetings.c.turn == meeting.turn)
        if await self._connection.scalar(select(meetings.c.id).where(*mine).with_for_update()) is None:
            return False
        await self._connection.execute(delete(meeting_drafts).where(meeting_drafts.c.meeting_id == meeting.id))
        await self._connection.execute(delete(meetings).where(meetings.c.id == meeting.id))
        if meeting.draft_id is not None:
            others = exists().where(meetings.c.draft_id == meeting_files.c.draft_id)
            await self._connection.execute(
                delete(meeting_files).where(meeting_files.c.draft_id == meeting.draft_id, ~others)
            )
        return True

    async def last_held(self, pair_id: int) -> date | None:
        query = select(func.max(meetings.c.held_on)).where(meetings.c.pair_id == pair_id)
        last: date | None = await self._connection.scalar(query)
        return last

    async def add_file(
        self, draft_id: int, kind: FileKind, file_name: str, content: bytes, cause: str, now: datetime
    ) -> bool:
        values = {
            "draft_id": draft_id,
            "kind": kind.value,
            "file_name": file_name,
            "size": len(content),
            "content": content,
            "cause": cause,
            "given_at": now,
        }
        return await insert_new(self._connection, meeting_files, values)

    async def files(self, draft_id: int) -> Sequence[MeetingFile]:
        query = select(*_FILE).where(meeting_files.c.draft_id == draft_id).order_by(meeting_files.c.id)
        return [_file(row) for row in await self._connection.execute(query)]

    async def file(self, file_id: int) -> tuple[MeetingFile, bytes] | None:
        query = select(*_FILE, meeting_files.c.content).where(meeting_files.c.id == file_id)
        row = (await self._connection.execute(query)).first()
        return (_file(row), row.content) if row else None

    async def drop_file(self, file_id: int) -> None:
        await self._connection.execute(delete(meeting_files).where(meeting_files.c.id == file_id))

    async def _one(self, statement: Select[Any] | Any) -> Meeting | None:
        row = (await self._connection.execute(statement)).first()
        return _meeting(row) if row else None


def _told_columns(told: Told) -> dict[str, Any]:
    return {
        "held_on": told.held_on,
        "form": told.form.value,
        "minutes": told.minutes,
        "topic": told.topic,
        "agreement": told.agreement,
        "next_on": told.next_on,
        "next_at": told.next_at,
        "step_id": told.step_id,
    }


def _meeting(row: Any) -> Meeting:
    told = Told(
        row.held_on,
        MeetingForm(row.form),
        row.minutes,
        row.topic,
        row.agreement,
        row.next_on,
        row.next_at,
        row.step_id,
    )
    return Meeting(
        id=row.id,
        pair_id=row.pair_id,
        draft_id=row.draft_id,
        told=told,
        state=MeetingState(row.state),
        logged_at=row.logged_at,
        turn=row.turn,
        words=row.words,
        logged_by=row.logged_by,
        remind_on=row.remind_on,
        changed_at=row.changed_at,
        confirmed_at=row.confirmed_at,
        objection=row.objection,
    )


def _file(row: Any) -> MeetingFile:
    return MeetingFile(row.id, row.draft_id, FileKind(row.kind), row.file_name, row.size, row.given_at)
