"""Stages of programs that come to their end."""

from datetime import datetime

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.mentoring.programs import reminding
from storage.database import Database
from storage.unit_of_work import StoredWork


async def tend_stages(database: Database, desk: Desk, now: datetime) -> None:
    """Owe what is to be told of stages now; doing it again changes nothing.

    Where nothing is due, nothing is written.
    """
    async with database.read() as connection:
        zones = await StoredWork(connection).iom_reminders.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is None:
            continue
        async with database.read() as connection:
            due = await StoredWork(connection).programs.due(zone, moment.today, moment.consent)
        if due:
            async with database.write() as connection:
                work = StoredWork(connection)
                await reminding.remind(work, moment, desk.quiet)
                await work.commit()
