"""To which moment the clock has to be moved for the next thing to happen: not later, and not for nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.visit import Desk
from services.delivery.model import Kind
from services.delivery.upcoming import Upcoming, What
from services.iom.model import PauseReason
from services.people.model import Role
from storage.database import Database
from storage.next_event import next_event
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.test_iom_reminders import TUESDAY, Service, days, desk

__all__ = ["desk"]


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Service:
    service = Service(database, desk, witness)
    service.school = await service.place()
    return service


async def next_of(service: Service, now: datetime = TUESDAY) -> Upcoming | None:
    """What is next once everything due by now is done."""
    await service.tick(now)
    desk = service.desk
    async with service.database.read() as connection:
        return await next_event(connection, replace(desk.basis, now=now), desk.quiet)


async def expect_told(service: Service, at: datetime, what: What) -> None:
    """It is the next event, and the tick owes a message then and not a minute before."""
    assert await next_of(service) == Upcoming(at, what)
    owed = "SELECT count(*) FROM outbox"
    before = await service.witness.one(owed)
    await service.tick(at - timedelta(minutes=1))
    assert await service.witness.one(owed) == before
    await service.tick(at)
    assert await service.witness.one(owed) > before


async def test_nothing_is_in_sight_of_an_empty_service(service: Service) -> None:
    assert await next_of(service) is None


async def test_a_step_s_reminder_comes_at_the_usual_hour(service: Service) -> None:
    await service.walker(days(10), days(40))
    await expect_told(service, TUESDAY + timedelta(days=3), What.STEP_REMINDER)


async def test_the_hour_that_somebody_has_chosen_is_waited_for(service: Service) -> None:
    person, _ = await service.walker(days(0))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_reminder_hour(person, 15)
        await work.commit()
    await expect_told(service, TUESDAY.replace(hour=15), What.STEP_REMINDER)


async def test_the_hour_is_that_of_the_school(service: Service) -> None:
    kamchatka = await service.place("Школа № 2", "Asia/Kamchatka")
    await service.walker(days(8), school=kamchatka)
    await expect_told(service, TUESDAY.replace(hour=1) + timedelta(days=1), What.STEP_REMINDER)


async def test_what_is_already_told_is_not_next(service: Service) -> None:
    await service.walker(days(0))
    assert await next_of(service) == Upcoming(TUESDAY + timedelta(days=1), What.STEP_REMINDER)


async def test_the_end_of_a_rest_comes_before_its_reminders(service: Service) -> None:
    person, _ = await service.walker(days(3))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.open_of(person)
        assert route is not None
        await work.iom.add_pause(route.id, PauseReason.LEAVE, days(0), days(9))
        await work.commit()
    midnight = TUESDAY.replace(hour=0) + timedelta(days=10)
    assert await next_of(service) == Upcoming(midnight, What.PAUSE_END)


async def test_a_mentor_hears_of_an_overdue_step(service: Service) -> None:
    mentor = await service.person(Role.MENTOR)
    await service.walker(days(-4), dealt_with=days(-1), mentor=mentor)
    await expect_told(service, TUESDAY + timedelta(days=1), What.OVERDUE)


async def test_a_message_that_was_put_off_is_an_event(service: Service) -> None:
    await service.walker(days(10))
    at = TUESDAY + timedelta(hours=3)
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.outbox.owe(1, Kind.ROLES_NEWS, "news", {"person_id": 1}, at)
        await work.commit()
    assert await next_of(service) == Upcoming(at, What.PARCEL)
