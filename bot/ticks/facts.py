"""What reports do by the clock."""

from datetime import datetime, timedelta

from handlers.visit import Desk
from storage.database import Database
from storage.fact_days import is_kept
from storage.unit_of_work import StoredWork


async def tend_facts(database: Database, desk: Desk, now: datetime) -> None:
    """Keep what only its own day can tell, as it is when the day is over; nothing is written when it is kept."""
    day = now.astimezone(desk.zone).date() - timedelta(days=1)
    async with database.read() as connection:
        if await is_kept(connection, day):
            return
        # Before anything is written: meanwhile people's answers need not wait.
        facts = await StoredWork(connection).facts.facts_now(desk.basis)
    async with database.write() as connection:
        work = StoredWork(connection)
        if await work.facts.keep_day(day, facts):
            await work.commit()
