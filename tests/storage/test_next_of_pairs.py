"""What of mentoring the clock can be moved to: not later than it happens, and not for nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handlers.visit import Desk
from services.delivery.upcoming import Upcoming, What
from services.mentoring.meetings.meeting import MeetingState
from services.mentoring.pair import PairHappening, PairState
from storage.database import Database
from storage.next_event import next_event
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.paired_service import Paired
from tests.storage.test_iom_reminders import TUESDAY, days, desk

__all__ = ["desk"]


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Paired:
    service = Paired(database, desk, witness)
    service.school = await service.place()
    return service


async def next_of(service: Paired, now: datetime = TUESDAY) -> Upcoming | None:
    """What is next once everything due by now is done and sent."""
    await service.tick_all(now)
    desk = service.desk
    async with service.database.read() as connection:
        return await next_event(connection, replace(desk.basis, now=now), desk.quiet)


async def rows(service: Paired) -> int:
    return int(await service.witness.one("SELECT count(*) FROM outbox"))


async def expect(service: Paired, at: datetime, what: What, now: datetime = TUESDAY) -> None:
    """It is the next event, and the clock brings a message then and not a minute before."""
    assert await next_of(service, now) == Upcoming(at, what)
    before = await rows(service)
    await service.tick_all(at - timedelta(minutes=1))
    assert await rows(service) == before
    await service.tick_all(at)
    assert await rows(service) > before


async def test_a_pair_that_goes_silent_is_waited_for(service: Paired) -> None:
    await service.pair(days(-10))
    await expect(service, TUESDAY + timedelta(days=4), What.SILENT_PAIR)


async def test_a_pair_that_has_come_back_is_silent_later(service: Paired) -> None:
    pair = await service.pair(days(-40))
    await service.happened(pair, PairHappening.RESUMED, TUESDAY - timedelta(days=9))
    await expect(service, TUESDAY + timedelta(days=6), What.SILENT_PAIR)


async def test_an_agreed_meeting_comes_two_hours_before_it_or_at_the_usual_hour(service: Paired) -> None:
    pair = await service.pair(days(-1))
    await service.meeting(pair, days(-1), next_on=days(1), next_at="11:00", remind_on=days(1))
    await expect(service, TUESDAY.replace(hour=9) + timedelta(days=1), What.MEETING_REMINDER)


async def test_a_meeting_that_nobody_confirms_is_waited_for_three_days(service: Paired) -> None:
    pair = await service.pair(days(0))
    logged_at = TUESDAY.replace(hour=11, minute=20) - timedelta(days=1)
    await service.meeting(pair, days(-1), state=MeetingState.LOGGED, logged_at=logged_at)
    await expect(service, logged_at + timedelta(days=3), What.UNCONFIRMED)


async def test_a_meeting_logged_in_the_night_is_asked_about_in_the_morning(service: Paired) -> None:
    pair = await service.pair(days(0))
    logged_at = TUESDAY.replace(hour=23) - timedelta(days=1)
    await service.meeting(pair, days(-1), state=MeetingState.LOGGED, logged_at=logged_at)
    await expect(service, TUESDAY + timedelta(days=3), What.UNCONFIRMED)


async def test_the_end_of_a_stage_is_told_from_the_morning_on(service: Paired) -> None:
    pair = await service.pair(days(-1))
    await service.program(pair, days(9), days(60), days(90), remind_on=days(2))
    await expect(service, TUESDAY.replace(hour=8) + timedelta(days=2), What.STAGE_REMINDER)


async def test_an_offer_is_reminded_of_and_ends(service: Paired) -> None:
    midnight = TUESDAY.replace(hour=0) + timedelta(days=4)
    pair = await service.pair(state=PairState.PROPOSED, answer_by=midnight)
    morning = TUESDAY + timedelta(days=2)
    await expect(service, morning, What.OFFER_REMINDER)
    assert await next_of(service, morning) == Upcoming(midnight, What.OFFER_END)
    await service.tick_all(midnight)
    async with service.database.read() as connection:
        present = await StoredWork(connection).pairs.get(pair.id)
    assert present is not None
    assert present.state is PairState.DECLINED


async def test_the_end_of_a_pause_is_the_midnight_after_it(service: Paired) -> None:
    await service.pair(days(-1), state=PairState.PAUSED, paused_on=days(-1), paused_until=days(3))
    await expect(service, TUESDAY.replace(hour=0) + timedelta(days=4), What.PAIR_PAUSE_END)


async def test_a_pair_is_asked_for_its_comfort_after_a_month(service: Paired) -> None:
    await service.pair(days(0), started=days(-28))
    await expect(service, TUESDAY.replace(hour=0) + timedelta(days=2), What.COMFORT)
