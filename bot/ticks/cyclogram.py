"""What the cyclogram does by the clock."""

from dataclasses import replace
from datetime import datetime

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.pushes import monitoring
from storage.database import Database
from storage.unit_of_work import StoredWork


async def tend_cyclogram(database: Database, desk: Desk, now: datetime) -> None:
    """Offer what the month's monitorings ask for, and write up those that end; each once."""
    async with database.read() as connection:
        zones = await StoredWork(connection).pushes.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is None:
            continue
        async with database.read() as connection:
            found = await monitoring.due(StoredWork(connection), moment, desk.quiet)
        if found:
            async with database.write() as connection:
                work = StoredWork(connection)
                await monitoring.settle(work, found, moment, replace(desk.basis, now=now))
                await work.commit()
