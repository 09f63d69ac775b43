"""Updates whose effects are committed, so that the same one never has a second effect."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.conflict import insert_new
from storage.tables import handled_updates


class UpdateTable:
    """Marks of handled updates over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def mark(self, channel: str, update_id: int, now: datetime) -> bool:
        """Mark the update as handled in this transaction; False when it was handled before."""
        return await insert_new(
            self._connection,
            handled_updates,
            {"channel": channel, "update_id": update_id, "handled_at": now},
        )

    async def forget(self, before: datetime) -> None:
        """Drop marks older than `before`: Telegram keeps an update for a day at most."""
        await self._connection.execute(delete(handled_updates).where(handled_updates.c.handled_at < before))
