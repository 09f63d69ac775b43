"""What the clock brings to pairs: pauses that are over, pairs without one of the two, the question of comfort."""

from datetime import datetime, timedelta

from handlers.visit import Desk
from services.iom.reminding import latest_day
from services.mentoring.life import pausing, surveys
from services.mentoring.life.ending import end
from services.mentoring.life.ports import Forsaken
from services.mentoring.pair import EndReason, Pair
from services.people.zones import zone_at
from storage.database import Database
from storage.unit_of_work import StoredWork

WITHOUT_CONSENT = timedelta(days=3)
"""So long after one of the two has taken their consent back the pair ends: until then they may think again."""


async def tend_pauses(database: Database, desk: Desk, now: datetime) -> None:
    """Do what is due now; doing it again changes nothing. Where nothing is due, nothing is written."""
    async with database.read() as connection:
        work = StoredWork(connection)
        ended = await work.pair_lists.resting_until(latest_day(now))
        forsaken = await work.pair_lists.forsaken(now - WITHOUT_CONSENT)
    for pair in ended:
        await _resume(database, desk, pair, now)
    for one in forsaken:
        await _end(database, desk, one, now)
    await _ask_of_comfort(database, desk, now)


async def _end(database: Database, desk: Desk, forsaken: Forsaken, now: datetime) -> None:
    reason = EndReason.MENTOR_LEFT if forsaken.mentor_gone else EndReason.MENTEE_LEFT
    async with database.write() as connection:
        work = StoredWork(connection)
        zone = zone_at(await work.organisations.get(forsaken.pair.school_id), desk.zone)
        if await end(work, forsaken.pair, reason, "", None, now.astimezone(zone).date(), now) is not None:
            await work.commit()


async def _resume(database: Database, desk: Desk, pair: Pair, now: datetime) -> None:
    """The pair goes on when its last day of rest has passed where the school lives."""
    async with database.write() as connection:
        work = StoredWork(connection)
        zone = zone_at(await work.organisations.get(pair.school_id), desk.zone)
        today = now.astimezone(zone).date()
        if pair.paused_until is None or pair.paused_until >= today:
            return
        if await pausing.resume(work, pair, None, today, now, desk.quiet) is not None:
            await work.commit()


async def _ask_of_comfort(database: Database, desk: Desk, now: datetime) -> None:
    today = now.astimezone(desk.zone).date()
    async with database.read() as connection:
        work = StoredWork(connection)
        pairs = await work.pair_lists.active_since(surveys.comfort_began(today))
        due = await surveys.comfort_keys(work, pairs, today)
        owed = await work.pair_lists.owed(due)
    missing = {key: whom for key, whom in due.items() if key not in owed}
    if not missing:
        return
    async with database.write() as connection:
        work = StoredWork(connection)
        await surveys.owe_comfort(work, missing, now)
        await work.commit()
