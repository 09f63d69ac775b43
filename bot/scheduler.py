"""What happens by the clock: APScheduler fires, the database decides; jobs hold no data of people."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.added_instruments import AddedInstruments
from bot.ticks.alerts import tend_alerts
from bot.ticks.campaigns import tend_campaigns
from bot.ticks.cyclogram import tend_cyclogram
from bot.ticks.digests import tend_digests
from bot.ticks.events import tend_events
from bot.ticks.facts import tend_facts
from bot.ticks.meetings import tend_meetings
from bot.ticks.pair_health import tend_health
from bot.ticks.pair_offers import tend_offers
from bot.ticks.pair_pauses import tend_pauses
from bot.ticks.pair_stages import tend_stages
from bot.ticks.routes import tend_routes
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
KEEP_DRAFTS = timedelta(days=60)
"""How long what was told of a meeting waits to be saved."""
HEARTBEAT = "heartbeat"
BEAT = 15
"""Seconds between touches of the heartbeat file, which the container's health check looks at."""
TEND_CAMPAIGNS = timedelta(minutes=5)
TEND_ROUTES = timedelta(minutes=1)
TEND_PAIRS = timedelta(minutes=1)
OF_PAIRS = (tend_offers, tend_pauses, tend_stages, tend_meetings, tend_health)
TEND_REPORTS = timedelta(minutes=5)
OF_REPORTS = (tend_facts, tend_events, tend_cyclogram, tend_alerts, tend_digests)
FORGET = timedelta(hours=6)
REFRESH = 30
"""Seconds between looks for instruments that an operator has added."""


class Scheduler:
    """The jobs of one process, and those that one process alone has while it leads.

    `on_owed` is called when a job may have left something in the outbox.
    """

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
        self._working: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Start firing what every process does; each job runs once at once."""
        self._fire(self._beat, timedelta(seconds=BEAT))
        self._fire(self._instruments.refresh, timedelta(seconds=REFRESH))
        self._scheduler.start()

    def stop(self) -> None:
        """Stop firing."""
        self._scheduler.shutdown(wait=False)

    async def lead(self) -> None:
        """Fire the leader's jobs until cancelled; each runs once at once. What runs then is cancelled too."""
        jobs = [
            self._fire(self._led(self._tend_campaigns), TEND_CAMPAIGNS),
            self._fire(self._led(self._tend_routes), TEND_ROUTES),
            self._fire(self._led(self._tend_pairs), TEND_PAIRS),
            self._fire(self._led(self._tend_reports), TEND_REPORTS),
            self._fire(self._led(self._forget), FORGET),
        ]
        try:
            await asyncio.Event().wait()
        finally:
            for job in jobs:
                job.remove()
            for task in self._working:
                task.cancel()
            await asyncio.gather(*self._working, return_exceptions=True)

    async def strike(self) -> None:
        """Do at once all that the clock may have made due: it was moved."""
        await self._tend_campaigns()
        await self._tend_routes()
        await self._tend_pairs()
        await self._tend_reports()

    def _fire(self, work: Callable[[], object], every: timedelta) -> Job:
        # However late, a job is done once: a busy moment must not cost it its turn.
        return self._scheduler.add_job(
            work,
            "interval",
            seconds=every.total_seconds(),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            misfire_grace_time=None,
        )

    def _led(self, work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def done() -> None:
            task = asyncio.ensure_future(work())
            self._working.add(task)
            # One that was cancelled with the leadership is no failure of its job.
            await asyncio.wait({task})
            self._working.discard(task)
            if not task.cancelled():
                task.result()

        return done

    def _beat(self) -> None:
        self._heartbeat.parent.mkdir(parents=True, exist_ok=True)
        self._heartbeat.write_text(f"{time.time():.0f}\n")

    async def _tend_campaigns(self) -> None:
        await tend_campaigns(self._database, self._desk.consent.version, self._desk.zone, self._desk.clock())
        self._on_owed()

    async def _tend_routes(self) -> None:
        await tend_routes(self._database, self._desk, self._desk.clock())
        self._on_owed()

    async def _tend_pairs(self) -> None:
        for tend in OF_PAIRS:
            await tend(self._database, self._desk, self._desk.clock())
        self._on_owed()

    async def _tend_reports(self) -> None:
        for tend in OF_REPORTS:
            await tend(self._database, self._desk, self._desk.clock())
        self._on_owed()

    async def _forget(self) -> None:
        now = self._desk.clock()
        async with self._database.write() as connection:
            work = StoredWork(connection)
            await work.updates.forget(now - KEEP_MARKS)
            await work.conversations.forget("consent", now - KEEP_STRANGERS)
            await work.uploads.forget(now - KEEP_UPLOADS)
            await work.meeting_drafts.forget(now - KEEP_DRAFTS)
            await forget_old(work, now, self._desk.retention_years)
            await work.commit()
        await self._database.clear_journal()
