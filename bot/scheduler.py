"""What happens by the clock: APScheduler fires, the database decides; jobs hold no data of people."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.added_instruments import AddedInstruments
from bot.reminding import tend_campaigns
from handlers.visit import Desk
from services.privacy.retention import forget_old
from storage.database import Database
from storage.unit_of_work import StoredWork

KEEP_MARKS = timedelta(days=3)
"""How long an update is remembered as handled; Telegram keeps one for a day at most."""
KEEP_STRANGERS = timedelta(days=7)
"""How long an opened invite without an answer to the consent is remembered."""
KEEP_UPLOADS = timedelta(days=2)
"""How long a file waits to be applied."""
HEARTBEAT = "heartbeat"
BEAT = 15
"""Seconds between touches of the heartbeat file, which the container's health check looks at."""
TEND = 5
"""Minutes between looks at the campaigns."""
REFRESH = 30
"""Seconds between looks for instruments that an operator has added."""


class Scheduler:
    """The jobs of one process. `on_owed` is called when one may have left something in the outbox."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        instruments: AddedInstruments,
        folder: Path,
        on_owed: Callable[[], None],
    ) -> None:
        self._database = database
        self._desk = desk
        self._instruments = instruments
        self._heartbeat = folder / HEARTBEAT
        self._on_owed = on_owed
        self._scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Start firing; every job runs once at once."""
        for job, every in (
            (self._beat, timedelta(seconds=BEAT)),
            (self._instruments.refresh, timedelta(seconds=REFRESH)),
            (self._tend, timedelta(minutes=TEND)),
            (self._forget, timedelta(hours=6)),
        ):
            self._scheduler.add_job(
                job, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC), coalesce=True
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop firing."""
        self._scheduler.shutdown(wait=False)

    def _beat(self) -> None:
        self._heartbeat.parent.mkdir(parents=True, exist_ok=True)
        self._heartbeat.write_text(f"{time.time():.0f}\n")

    async def _tend(self) -> None:
        await tend_campaigns(self._database, self._desk.consent.version, self._desk.zone, self._desk.clock())
        self._on_owed()

    async def _forget(self) -> None:
        now = self._desk.clock()
        async with self._database.write() as connection:
            work = StoredWork(connection)
            await work.updates.forget(now - KEEP_MARKS)
            await work.conversations.forget("consent", now - KEEP_STRANGERS)
            await work.uploads.forget(now - KEEP_UPLOADS)
            await forget_old(work, now, self._desk.retention_years)
            await work.commit()
        await self._database.clear_journal()
