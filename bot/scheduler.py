"""What happens by the clock: APScheduler fires, the database decides; jobs hold no data of people."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.conversations import ConversationTable
from storage.database import Database
from storage.updates import UpdateTable

KEEP_MARKS = timedelta(days=3)
"""How long an update is remembered as handled; Telegram keeps one for a day at most."""
KEEP_STRANGERS = timedelta(days=7)
"""How long an opened invite without an answer to the consent is remembered."""
HEARTBEAT = "heartbeat"
BEAT = 15
"""Seconds between touches of the heartbeat file, which the container's health check looks at."""


class Scheduler:
    """The jobs of one process."""

    def __init__(self, database: Database, clock: Callable[[], datetime], folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._heartbeat = folder / HEARTBEAT
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Start firing; both jobs run once at once."""
        self._scheduler.add_job(self._beat, "interval", seconds=BEAT, next_run_time=datetime.now(UTC))
        self._scheduler.add_job(self._forget, "interval", hours=6, next_run_time=datetime.now(UTC), coalesce=True)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop firing."""
        self._scheduler.shutdown(wait=False)

    def _beat(self) -> None:
        self._heartbeat.parent.mkdir(parents=True, exist_ok=True)
        self._heartbeat.write_text(f"{time.time():.0f}\n")

    async def _forget(self) -> None:
        async with self._database.write() as connection:
            await UpdateTable(connection).forget(self._clock() - KEEP_MARKS)
            await ConversationTable(connection).forget("consent", self._clock() - KEEP_STRANGERS)
            await connection.commit()
