"""Whose digests are due, what is marked, how alerts live, what the clock can be moved to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.ticks.alerts import tend_alerts
from bot.ticks.cyclogram import tend_cyclogram
from bot.ticks.digests import tend_digests
from handlers.visit import Desk
from services.delivery.upcoming import Upcoming, What
from services.people.model import Role
from services.pushes.model import How, Mark
from services.pushes.model import What as Pushed
from services.reporting.statement.model import Amount
from storage.database import Database
from storage.next_event import next_event
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.paired_service import Paired
from tests.storage.test_iom_reminders import TUESDAY, days, desk

__all__ = ["desk"]
MONDAY = TUESDAY + timedelta(days=6)
WEEKLY, MONTHLY = "weekly_digest", "monthly_digest"


class Pushing(Paired):
    """A school and its district, and the clock's look at what is pushed."""

    async def tick(self, now: datetime = TUESDAY, database: Database | None = None) -> None:
        for tend in (tend_cyclogram, tend_alerts, tend_digests):
            await tend(database or self.database, self.desk, now)

    async def district(self) -> int:
        found = await self.witness.one("SELECT parent_id FROM organisations WHERE id = :id", id=self.school)
        return int(found)

    async def chooses(self, person: int, what: Pushed, how: How) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            await work.pushes.set(person, what, how)
            await work.commit()

    async def next(self, now: datetime) -> Upcoming | None:
        async with self.database.read() as connection:
            return await next_event(connection, replace(self.desk.basis, now=now), self.desk.quiet)


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Pushing:
    service = Pushing(database, desk, witness)
    service.school = await service.place()
    return service


async def test_a_week_is_told_once_on_its_first_open_day_at_ones_hour(service: Pushing) -> None:
    curator, early, off = [await service.person(Role.CURATOR) for _ in range(3)]
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_reminder_hour(early, 8)
        await work.commit()
    await service.chooses(off, Pushed.WEEKLY, How.OFF)
    await service.walker(days(20))
    # The week had begun before there was anybody to be told.
    for day in range(5):
        await service.tick(TUESDAY + timedelta(days=day))
    assert await service.told(WEEKLY) == []
    await service.tick(MONDAY.replace(hour=8))
    assert await service.told(WEEKLY) == [early]
    for hour in (10, 11, 19, 22):
        await service.tick(MONDAY.replace(hour=hour))
    assert await service.told(WEEKLY) == [early, curator]
    # Nothing has changed: the next week is marked, and silent.
    await service.tick(MONDAY + timedelta(days=7))
    assert await service.told(WEEKLY) == [early, curator]
    marked = "SELECT period FROM push_marks WHERE person_id = :id AND what = 'weekly'"
    assert await service.witness.one(marked, id=curator) == "w2026-12-07"
    # Holidays end on 11 January 2027, a Monday; away until Wednesday, the service makes up for it.
    await service.walker(days(100))
    await service.tick(datetime(2027, 1, 13, 10, tzinfo=TUESDAY.tzinfo))
    assert (await service.told(WEEKLY))[2:] == [curator, early]


async def test_two_looks_at_once_owe_one_message(service: Pushing) -> None:
    curator = await service.person(Role.CURATOR)
    async with service.database.write() as connection:
        work = StoredWork(connection)
        first = Mark("w2026-11-23", {"1:meetings.held": Amount(3)}, None)
        assert await work.pushes.put_mark(curator, Pushed.WEEKLY, first)
        assert not await work.pushes.put_mark(curator, Pushed.WEEKLY, first)
        assert await work.pushes.mark(curator, Pushed.WEEKLY) == first
        alert = (service.school, "silent_pairs", 0, 2, 5, TUESDAY)
        assert await work.pushes.raise_alert(*alert)
        assert not await work.pushes.raise_alert(*alert)
        [known] = await work.pushes.alerts_for(curator, [])
        await work.pushes.clear_alert(known.id, TUESDAY)
        assert await work.pushes.raise_alert(*alert), "what is over can be crossed again"
        assert await work.pushes.checked(service.school, days(0))
        assert not await work.pushes.checked(service.school, days(0))
        await work.commit()


async def test_a_methodist_hears_of_what_no_curator_can_be_told(service: Pushing) -> None:
    methodist = await service.person(Role.METHODIST, school=await service.district())
    curator = await service.person(Role.CURATOR)
    await service.walker(days(20))
    await service.tick(MONDAY)
    assert await service.told(WEEKLY) == [curator]
    # A curator who is led by somebody does not hear of themselves.
    await service.pair(days(-1), mentee=curator)
    await service.tick(MONDAY + timedelta(days=7))
    assert methodist in await service.told(WEEKLY)


async def test_the_clock_finds_what_is_pushed_next(service: Pushing) -> None:
    await service.person(Role.CURATOR)
    methodist = await service.person(Role.METHODIST, school=await service.district())
    await service.person(Role.TEACHER)
    await service.tick()
    assert await service.next(TUESDAY) == Upcoming(MONDAY, What.CYCLOGRAM)
    await service.chooses(methodist, Pushed.CYCLOGRAM, How.OFF)
    await service.tick(MONDAY)
    assert len(await service.told(WEEKLY)) == 1
    first = MONDAY + timedelta(days=1)
    assert await service.next(MONDAY) == Upcoming(first, What.CYCLOGRAM)
    await service.tick(first)
    assert await service.told(MONTHLY) == [methodist]
    assert await service.told("cyclogram") == []
