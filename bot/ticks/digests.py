"""What digests do by the clock: the week for curators, the month and what measures have brought for methodists."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.iom.reminding_ports import Moment
from services.pushes import effects, monthly, weekly
from storage.database import Database
from storage.unit_of_work import StoredWork

BATCH = 500
"""Messages owed in one transaction: others' taps wait for none longer than that."""
Due = TypeVar("Due")


async def tend_digests(database: Database, desk: Desk, now: datetime) -> None:
    """Owe the digests that are due now; doing it again changes nothing, and where none is due nothing is written.

    Figures are counted once a week for each municipality with somebody whose hour has come.
    """
    async with database.read() as connection:
        zones = await StoredWork(connection).pushes.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is not None:
            await _tell(database, desk, moment)


async def _tell(database: Database, desk: Desk, moment: Moment) -> None:
    basis = replace(desk.basis, now=moment.now)
    async with database.read() as connection:
        work = StoredWork(connection)
        weeks = await weekly.decide(work, basis, moment, desk.quiet)
        months = await monthly.due(work, moment, desk.quiet)
        judged = await effects.due(work, moment, desk.quiet)
    await _in_batches(database, weeks, partial(weekly.settle, moment=moment))
    await _in_batches(database, months, partial(monthly.settle, moment=moment, basis=basis))
    await _in_batches(database, judged, partial(effects.settle, moment=moment))


async def _in_batches(
    database: Database, due: Sequence[Due], settle: Callable[[StoredWork, Sequence[Due]], Awaitable[None]]
) -> None:
    for start in range(0, len(due), BATCH):
        async with database.write() as connection:
            work = StoredWork(connection)
            await settle(work, due[start : start + BATCH])
            await work.commit()
        # Whoever waits for the database goes first.
        await asyncio.sleep(0)
