"""What routes (ИОМ) do by the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from handlers.visit import Desk
from services.iom import reminding
from services.iom.reminding_ports import Moment, Reader
from storage.database import Database
from storage.unit_of_work import StoredWork

BATCH = 500
"""People told in one transaction: others' taps wait for none longer than that."""
Tell = Callable[[StoredWork, Sequence[Reader]], Awaitable[None]]


async def tend_routes(database: Database, desk: Desk, now: datetime) -> None:
    """End pauses that are over and owe what is due of routes now; doing it again changes nothing.

    Where nothing is due, nothing is written.
    """
    await _end_pauses(database, desk, now)
    async with database.read() as connection:
        zones = await StoredWork(connection).iom_reminders.zones()
    for zone in zones:
        moment = reminding.moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is not None:
            await _tell(database, desk, moment)


async def _end_pauses(database: Database, desk: Desk, now: datetime) -> None:
    async with database.read() as connection:
        ended = await StoredWork(connection).iom.ended_pauses(reminding.latest_day(now))
    for pause in ended:
        async with database.write() as connection:
            work = StoredWork(connection)
            await reminding.end_pause(work, pause, desk.zone, now, desk.quiet)
            await work.commit()


async def _tell(database: Database, desk: Desk, moment: Moment) -> None:
    async with database.read() as connection:
        work = StoredWork(connection)
        teachers = await reminding.teachers(work, moment)
        mentors = await reminding.mentors(work, moment)
    # Mentors first: a step that its teacher is reminded of today goes to no mentor before tomorrow, so one who
    # is told of it after that would be told of it again.
    await _in_batches(database, mentors, partial(reminding.escalate, moment=moment))
    await _in_batches(database, teachers, partial(reminding.remind, moment=moment, quiet=desk.quiet))


async def _in_batches(database: Database, readers: Sequence[Reader], tell: Tell) -> None:
    for start in range(0, len(readers), BATCH):
        async with database.write() as connection:
            work = StoredWork(connection)
            await tell(work, readers[start : start + BATCH])
            await work.commit()
        # Whoever waits for the database goes first.
        await asyncio.sleep(0)
