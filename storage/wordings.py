"""Wordings that an operator loaded."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.wording import Wording
from storage.tables import wordings


class WordingTable:
    """`services.diagnostics.ports.WordingStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, wording: Wording, now: datetime) -> int:
        return int(
            (
                await self._connection.execute(
                    insert(wordings)
                    .values(
                        instrument=wording.instrument_id,
                        version=wording.version,
                        title=wording.title,
                        texts=list(wording.texts),
                        loaded_at=now,
                    )
                    .returning(wordings.c.id)
                )
            ).scalar_one()
        )

    async def newest(self, instrument: str, version: str) -> int | None:
        return await self._connection.scalar(
            select(wordings.c.id)
            .where(wordings.c.instrument == instrument, wordings.c.version == version)
            .order_by(wordings.c.id.desc())
            .limit(1)
        )

    async def get(self, wording_id: int) -> Wording:
        row = (await self._connection.execute(select(wordings).where(wordings.c.id == wording_id))).one()
        return Wording(row.instrument, row.version, row.title, tuple(row.texts))
