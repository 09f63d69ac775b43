"""What campaigns do by the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.campaigns import launching, reminding
from services.campaigns.joining import gather
from services.campaigns.model import State
from storage.database import Database
from storage.unit_of_work import StoredWork


async def tend_campaigns(database: Database, consent: str, zone: ZoneInfo, now: datetime) -> None:
    """Do what is due now; doing it again, or in two processes at once, changes nothing.

    A campaign at a time, so that people's answers wait for none of it.
    """
    today = now.astimezone(zone).date()
    async with database.write() as connection:
        work = StoredWork(connection)
        await launching.close_ended(work, today, now)
        await work.commit()
    async with database.read() as connection:
        running = await StoredWork(connection).campaigns.running()
    for campaign in running:
        async with database.write() as connection:
            work = StoredWork(connection)
            present = await work.campaigns.get(campaign.id)
            if present is not None and present.state is State.RUNNING:
                await gather(work, present, today, consent, now)
                await work.commit()
    async with database.write() as connection:
        work = StoredWork(connection)
        await reminding.remind_due(work, consent, now, zone)
        await work.commit()
