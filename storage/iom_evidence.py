"""Evidence of steps in the database: words, and files with their bytes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.model import Attachment, Evidence, EvidenceKind
from storage.conflict import insert_new
from storage.tables import iom_evidence

_SHOWN = tuple(
    iom_evidence.c[name] for name in ("id", "step_id", "kind", "words", "file_name", "size", "given_at")
)


class EvidenceTable:
    """The part of `services.iom.ports.RouteStore` that is about evidence."""

    _connection: AsyncConnection

    async def evidence(self, step_id: int) -> Sequence[Evidence]:
        rows = await self._connection.execute(
            select(*_SHOWN).where(iom_evidence.c.step_id == step_id).order_by(iom_evidence.c.id)
        )
        return [
            Evidence(
                row.id,
                row.step_id,
                EvidenceKind(row.kind),
                row.words,
                row.file_name,
                row.size,
                row.given_at,
            )
            for row in rows
        ]

    async def add_words(self, step_id: int, words: str, cause: str, now: datetime) -> bool:
        values = {
            "step_id": step_id,
            "kind": EvidenceKind.TEXT.value,
            "words": words,
            "cause": cause,
            "given_at": now,
        }
        return await insert_new(self._connection, iom_evidence, values)

    async def add_file(self, step_id: int, attachment: Attachment, cause: str, now: datetime) -> bool:
        values = {
            "step_id": step_id,
            "kind": attachment.kind.value,
            "words": attachment.words,
            "file_name": attachment.file_name,
            "size": len(attachment.content),
            "content": attachment.content,
            "cause": cause,
            "given_at": now,
        }
        return await insert_new(self._connection, iom_evidence, values)

    async def file(self, evidence_id: int) -> tuple[EvidenceKind, str, bytes] | None:
        query = select(iom_evidence.c.kind, iom_evidence.c.file_name, iom_evidence.c.content).where(
            iom_evidence.c.id == evidence_id, iom_evidence.c.content.is_not(None)
        )
        row = (await self._connection.execute(query)).first()
        return (EvidenceKind(row.kind), row.file_name, row.content) if row else None

    async def evidence_step(self, evidence_id: int) -> int | None:
        return await self._connection.scalar(
            select(iom_evidence.c.step_id).where(iom_evidence.c.id == evidence_id)
        )

    async def drop_evidence(self, evidence_id: int) -> None:
        await self._connection.execute(delete(iom_evidence).where(iom_evidence.c.id == evidence_id))
