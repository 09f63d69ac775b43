"""Files that people sent, kept until they are applied."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.ports import Upload
from storage.tables import uploads


class UploadTable:
    """`services.people.ports.UploadStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, person_id: int, kind: str, upload: Upload, now: datetime) -> None:
        await self.drop(person_id, kind)
        await self._connection.execute(
            insert(uploads).values(
                person_id=person_id,
                kind=kind,
                organisation_id=upload.organisation_id,
                name=upload.name,
                content=upload.content,
                fingerprint=upload.fingerprint,
                uploaded_at=now,
            )
        )

    async def get(self, person_id: int, kind: str) -> Upload | None:
        row = (
            await self._connection.execute(
                select(uploads).where(uploads.c.person_id == person_id, uploads.c.kind == kind)
            )
        ).first()
        return Upload(row.organisation_id, row.name, row.content, row.fingerprint) if row else None

    async def drop(self, person_id: int, kind: str) -> None:
        await self._connection.execute(
            delete(uploads).where(uploads.c.person_id == person_id, uploads.c.kind == kind)
        )

    async def forget(self, before: datetime) -> None:
        """Drop files that nobody has applied since `before`."""
        await self._connection.execute(delete(uploads).where(uploads.c.uploaded_at < before))
