"""What events do by the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from handlers.visit import Desk
from services.events import announcing, reminding
from services.iom.reminding import moment_of
from services.iom.reminding_ports import Moment
from storage.database import Database
from storage.unit_of_work import StoredWork

BATCH = 500
"""Messages owed in one transaction: others' taps wait for none longer than that."""
Due = TypeVar("Due")


async def tend_events(database: Database, desk: Desk, now: datetime) -> None:
    """Owe reminders of events, invite who has joined an audience, and ask what people thought.

    Doing it again changes nothing; where nothing is due, nothing is written.
    """
    async with database.read() as connection:
        zones = await StoredWork(connection).events.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is not None:
            await _gather(database, moment)
            await _tell(database, desk, moment)


async def _gather(database: Database, moment: Moment) -> None:
    """Invite those who belong to the audience of an announced event by now."""
    async with database.read() as connection:
        work = StoredWork(connection)
        lacking = [
            event.id
            for event in await work.events.announced_ahead(moment)
            if await announcing.lacks(work, event, moment.today, moment.consent)
        ]
    for event_id in lacking:
        async with database.write() as connection:
            work = StoredWork(connection)
            event = await work.events.get(event_id)
            if event is not None and event.open_on(moment.today):
                await announcing.gather(work, event, moment.today, moment.consent, moment.now)
                await work.commit()


async def _tell(database: Database, desk: Desk, moment: Moment) -> None:
    async with database.read() as connection:
        work = StoredWork(connection)
        duties = await reminding.due_duties(work, moment)
        reminders = await reminding.due_reminders(work, moment, desk.quiet)
        questions = await reminding.due_questions(work, moment)
    await _in_batches(database, duties, partial(reminding.remind_of_duties, moment=moment, quiet=desk.quiet))
    await _in_batches(database, reminders, partial(reminding.remind, moment=moment))
    await _in_batches(database, questions, partial(reminding.ask, moment=moment))


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
