"""What alerts do by the clock."""

from dataclasses import replace
from datetime import datetime

from handlers.visit import Desk
from services.iom.reminding import moment_of
from services.pushes import alerting
from storage.database import Database
from storage.unit_of_work import StoredWork


async def tend_alerts(database: Database, desk: Desk, now: datetime) -> None:
    """Raise and clear alerts: thresholds of each municipality are looked at once a day, on open days only."""
    basis = replace(desk.basis, now=now)
    async with database.read() as connection:
        zones = await StoredWork(connection).pushes.zones()
    for zone in zones:
        moment = moment_of(zone, desk.zone, now, desk.consent.version, desk.quiet)
        if moment is None:
            continue
        async with database.read() as connection:
            due = await alerting.due(StoredWork(connection), moment)
        for place in due:
            async with database.write() as connection:
                work = StoredWork(connection)
                await alerting.publish(work, basis, place)
                await work.commit()
            async with database.read() as connection:
                found = await alerting.look(StoredWork(connection), basis, place, moment.today)
            async with database.write() as connection:
                work = StoredWork(connection)
                await alerting.settle(work, found, moment)
                await work.commit()
