"""Agreed meetings that are near, and logged ones that wait for their mentees."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.iom.reminding_ports import Moment
from services.mentoring.meetings import reminding
from storage.database import Database
from storage.unit_of_work import StoredWork

BATCH = 500
"""Reminders owed in one transaction: others' taps wait for none longer than that."""
Due = TypeVar("Due")


async def tend_meetings(database: Database, desk: Desk, now: datetime) -> None:
    """Owe what is due of meetings now; doing it again changes nothing.

    Where nothing is due, nothing is written.
    """
    async with database.read() as connection:
        zones = await StoredWork(connection).iom_reminders.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is not None:
            await _remind(database, moment)


async def _remind(database: Database, moment: Moment) -> None:
    async with database.read() as connection:
        work = StoredWork(connection)
        agreed = await reminding.due_agreed(work, moment)
        mentees = await reminding.due_unconfirmed(work, moment)
    await _in_batches(database, agreed, partial(reminding.remind_agreed, moment=moment))
    await _in_batches(database, mentees, partial(reminding.remind_unconfirmed, moment=moment))
    async with database.read() as connection:
        dealt_with = await reminding.dealt_with(StoredWork(connection), moment)
    await _in_batches(database, dealt_with, reminding.put_aside)


async def _in_batches(
    database: Database, due: Sequence[Due], tell: Callable[[StoredWork, Sequence[Due]], Awaitable[None]]
) -> None:
    for start in range(0, len(due), BATCH):
        async with database.write() as connection:
            work = StoredWork(connection)
            await tell(work, due[start : start + BATCH])
            await work.commit()
        # Whoever waits for the database goes first.
        await asyncio.sleep(0)
