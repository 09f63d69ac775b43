"""Instruments that an operator added: the texts of their files."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.diagnostics.ports import InstrumentSource
from storage.conflict import insert_new
from storage.tables import instrument_files


class InstrumentTable:
    """`services.diagnostics.ports.InstrumentFileStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, instrument: str, version: str, source: str, now: datetime) -> str | None:
        row = {"instrument": instrument, "version": version, "source": source, "added_at": now}
        if await insert_new(self._connection, instrument_files, row):
            return None
        return await self._connection.scalar(
            select(instrument_files.c.source).where(
                instrument_files.c.instrument == instrument, instrument_files.c.version == version
            )
        )

    async def added_since(self, number: int) -> Sequence[InstrumentSource]:
        rows = await self._connection.execute(
            select(instrument_files).where(instrument_files.c.id > number).order_by(instrument_files.c.id)
        )
        return [InstrumentSource(row.id, row.instrument, row.version, row.source) for row in rows]
