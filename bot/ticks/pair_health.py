"""Pairs that have gone silent: their mentors are asked."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.iom.reminding_ports import Moment, Reader
from services.mentoring.health import silence
from storage.database import Database
from storage.unit_of_work import StoredWork

BATCH = 500
"""People told in one transaction: others' taps wait for none longer than that."""


async def tend_health(database: Database, desk: Desk, now: datetime) -> None:
    """Owe what is due of silent pairs now; doing it again changes nothing.

    Where nothing is due, nothing is written.
    """
    async with database.read() as connection:
        zones = await StoredWork(connection).iom_reminders.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is not None:
            await _tell(database, desk, moment)


async def _tell(database: Database, desk: Desk, moment: Moment) -> None:
    async with database.read() as connection:
        work = StoredWork(connection)
        mentors = await silence.mentors(work, moment, desk.mentoring)
    await _in_batches(database, mentors, partial(silence.nudge, moment=moment, policy=desk.mentoring))


async def _in_batches(
    database: Database,
    readers: Sequence[Reader],
    tell: Callable[[StoredWork, Sequence[Reader]], Awaitable[None]],
) -> None:
    for start in range(0, len(readers), BATCH):
        async with database.write() as connection:
            work = StoredWork(connection)
            await tell(work, readers[start : start + BATCH])
            await work.commit()
        # Whoever waits for the database goes first.
        await asyncio.sleep(0)
