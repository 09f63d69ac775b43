"""Meetings that a mentor is telling of, and their files, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.meetings.draft import Draft, Fields, from_plain, plain
from storage.conflict import insert_new
from storage.mentoring_tables import meeting_drafts, meeting_files, meetings


class DraftTable:
    """`services.mentoring.meetings.draft_ports.DraftStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, draft_id: int) -> Draft | None:
        return await self._one(select(meeting_drafts).where(meeting_drafts.c.id == draft_id))

    async def of_cause(self, cause: str) -> Draft | None:
        return await self._one(select(meeting_drafts).where(meeting_drafts.c.cause == cause))

    async def begin(
        self,
        author_id: int,
        words: str,
        fields: Fields,
        cause: str,
        now: datetime,
        meeting_id: int | None = None,
    ) -> Draft:
        values = {
            "author_id": author_id,
            "words": words,
            "fields": plain(fields),
            "meeting_id": meeting_id,
            "cause": cause,
            "created_at": now,
        }
        await insert_new(self._connection, meeting_drafts, values)
        draft = await self.of_cause(cause)
        assert draft is not None
        return draft

    async def save(self, draft: Draft) -> Draft | None:
        return await self._one(
            update(meeting_drafts)
            .where(meeting_drafts.c.id == draft.id, meeting_drafts.c.turn == draft.turn)
            .values(words=draft.words, fields=plain(draft.fields), turn=draft.turn + 1, closed_at=draft.closed_at)
            .returning(meeting_drafts)
        )

    async def recent(self, author_id: int, since: datetime) -> Sequence[Draft]:
        query = (
            select(meeting_drafts)
            .where(
                meeting_drafts.c.author_id == author_id,
                or_(meeting_drafts.c.created_at >= since, meeting_drafts.c.closed_at >= since),
            )
            .order_by(meeting_drafts.c.id.desc())
        )
        return [_draft(row) for row in await self._connection.execute(query)]

    async def forget(self, before: datetime) -> None:
        told = exists().where(meetings.c.draft_id == meeting_files.c.draft_id)
        present = exists().where(meeting_drafts.c.id == meeting_files.c.draft_id)
        await self._connection.execute(delete(meeting_drafts).where(meeting_drafts.c.created_at < before))
        await self._connection.execute(
            delete(meeting_files).where(meeting_files.c.given_at < before, ~told, ~present)
        )

    async def move_files(self, file_ids: Collection[int], to_draft_id: int) -> None:
        await self._connection.execute(
            update(meeting_files).where(meeting_files.c.id.in_(file_ids)).values(draft_id=to_draft_id)
        )

    async def draft_of_file(self, file_id: int) -> int | None:
        found: int | None = await self._connection.scalar(
            select(meeting_files.c.draft_id).where(meeting_files.c.id == file_id)
        )
        return found

    async def _one(self, statement: Any) -> Draft | None:
        row = (await self._connection.execute(statement)).first()
        return _draft(row) if row else None


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        author_id=row.author_id,
        words=row.words,
        fields=from_plain(row.fields),
        created_at=row.created_at,
        turn=row.turn,
        meeting_id=row.meeting_id,
        closed_at=row.closed_at,
    )
