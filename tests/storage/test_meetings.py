"""What the clock owes of meetings, on both databases: nothing twice, nothing lost; changes of two at once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import wiring
from bot.settings import load_settings
from bot.ticks.meetings import tend_meetings
from handlers.visit import Desk
from services.delivery.quiet import Quiet
from services.mentoring.meetings import changing, confirming
from services.mentoring.meetings.meeting import Meeting, MeetingForm, MeetingState, Told
from services.mentoring.meetings.reminding import remind_day
from services.mentoring.pair import NewPair, Pair, PairForm, PairState
from services.people.model import Account, Kind, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests import agreed_routes
from tests.storage.databases import Witness
from tests.town import TOKEN

ZONE = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
TODAY = TUESDAY.date()
LONG_AGO = TUESDAY - timedelta(days=60)
REMINDER, CONFIRM = "meeting_reminder", "meeting_to_confirm"


def days(number: int) -> date:
    """A day so many days after the Tuesday."""
    return TODAY + timedelta(days=number)


class Service:
    """A school with pairs, and the clock's tick over their meetings."""

    def __init__(self, database: Database, desk: Desk, witness: Witness) -> None:
        self.database = database
        self.desk = desk
        self.witness = witness
        self.school = 0
        self._numbers = count(5_000_000_000)

    async def tick(self, now: datetime = TUESDAY, database: Database | None = None) -> None:
        await tend_meetings(database or self.database, self.desk, now)

    async def place(self, name: str = "Школа № 1", zone: str | None = None) -> int:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            above = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
            school = await work.organisations.add(Kind.SCHOOL, name, above.id)
            await work.organisations.set_timezone(school.id, zone)
            await work.commit()
        return school.id

    async def paired(self, school: int | None = None) -> Pair:
        """A pair that works together."""
        school = school or self.school
        consent = self.desk.consent.version
        async with self.database.write() as connection:
            work = StoredWork(connection)
            ids = []
            for name in ("Осипова Анна Борисовна", "Лугин Олег Иванович"):
                account = Account("telegram", next(self._numbers))
                place = (Role.TEACHER, school)
                ids.append(await agreed_routes.settled(work, account, name, consent, LONG_AGO, place))
            mentor, mentee = ids
            await work.pairs.set_capacity(mentor, 3)
            new = NewPair(mentor, mentee, school, PairForm.TEACHER_TEACHER, LONG_AGO, LONG_AGO)
            made = await work.pairs.add(new)
            assert made is not None
            saved = await work.pairs.save(replace(made, state=PairState.ACTIVE, started_on=LONG_AGO.date()))
            assert saved is not None
            await work.commit()
        return saved

    async def met(
        self,
        pair: Pair,
        next_on: date | None = None,
        next_at: str | None = None,
        held_on: date = days(-1),
        at: datetime = TUESDAY - timedelta(days=1),
    ) -> Meeting:
        told = Told(held_on, MeetingForm.CONSULTATION, 40, next_on=next_on, next_at=next_at)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            day = remind_day(next_on, at.astimezone(ZONE).date(), Quiet())
            made = await work.meetings.add(pair.id, None, told, "", pair.mentor_id, day, at)
            assert made is not None
            await work.commit()
        return made

    async def resting(self, pair: Pair) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            assert await work.pairs.save(replace(pair, state=PairState.PAUSED, paused_on=TODAY)) is not None
            await work.commit()

    async def owed(self, kind: str = REMINDER) -> list[int]:
        rows = await self.witness.rows(
            "SELECT a.person_id FROM outbox o JOIN accounts a ON a.id = o.account_id "
            "WHERE o.kind = :kind ORDER BY o.id",
            kind=kind,
        )
        return [row["person_id"] for row in rows]

    async def remind_on(self, meeting: Meeting) -> Any:
        async with self.database.read() as connection:
            found = await StoredWork(connection).meetings.get(meeting.id)
        assert found is not None
        return found.remind_on


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The settings' desk; the database that comes with it is not used."""
    unused = tmp_path_factory.mktemp("unused") / "bot.db"
    return wiring.build(load_settings(bot_token=TOKEN, database_url=f"sqlite+aiosqlite:///{unused}")).desk


@pytest.fixture
async def service(database: Database, desk: Desk, witness: Witness) -> Service:
    service = Service(database, desk, witness)
    service.school = await service.place()
    return service


async def test_both_are_reminded_once_however_often_the_clock_strikes(service: Service) -> None:
    pair = await service.paired()
    meeting = await service.met(pair, days(1))
    assert await service.remind_on(meeting) == TODAY
    for hours in range(-2, 20):
        await service.tick(TUESDAY + timedelta(hours=hours))
    assert await service.owed() == [pair.mentor_id, pair.mentee_id]
    assert await service.remind_on(meeting) is None


async def test_two_processes_at_once_remind_once(service: Service, other_process: Database) -> None:
    pairs = [await service.paired() for _ in range(8)]
    for pair in pairs:
        await service.met(pair, days(1))
    await asyncio.gather(service.tick(), service.tick(database=other_process))
    both = [person for pair in pairs for person in (pair.mentor_id, pair.mentee_id)]
    assert sorted(await service.owed()) == sorted(both)


async def test_everybody_is_reminded_at_their_own_hour(service: Service) -> None:
    pair = await service.paired()
    meeting = await service.met(pair, days(1))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_reminder_hour(pair.mentor_id, 15)
        await work.commit()
    await service.tick()
    assert await service.owed() == [pair.mentee_id]
    assert await service.remind_on(meeting) == TODAY, "one of them waits for it still"
    await service.tick(TUESDAY.replace(hour=15))
    assert await service.owed() == [pair.mentee_id, pair.mentor_id]
    assert await service.remind_on(meeting) is None


async def test_an_early_meeting_is_told_before_it_begins(service: Service) -> None:
    pair = await service.paired()
    # Agreed on the evening before, it is for the morning of the day itself.
    await service.met(pair, TODAY, "10:00")
    await service.tick(TUESDAY.replace(hour=7, minute=59))
    assert await service.owed() == []
    await service.tick(TUESDAY.replace(hour=8))
    assert await service.owed() == [pair.mentor_id, pair.mentee_id]


async def test_what_has_begun_is_reminded_of_no_more(service: Service) -> None:
    pair = await service.paired()
    meeting = await service.met(pair, TODAY, "11:00")
    await service.tick(TUESDAY.replace(hour=11))
    assert await service.owed() == []
    assert await service.remind_on(meeting) is None


async def test_downtime_loses_no_reminder_while_the_day_is_ahead(service: Service) -> None:
    pair = await service.paired()
    ahead = await service.met(pair, days(3), at=TUESDAY - timedelta(days=20), held_on=days(-20))
    await service.tick(datetime(2026, 11, 27, 12, tzinfo=ZONE))
    assert len(await service.owed()) == 2
    other = await service.paired()
    gone = await service.met(other, days(1), at=TUESDAY - timedelta(days=20), held_on=days(-20))
    await service.tick(datetime(2026, 11, 27, 12, tzinfo=ZONE))
    assert len(await service.owed()) == 2, "its day has passed"
    assert await service.remind_on(ahead) is None
    assert await service.remind_on(gone) is None


async def test_a_pair_that_rests_is_reminded_of_nothing_until_it_goes_on(service: Service) -> None:
    pair = await service.paired()
    meeting = await service.met(pair, days(1))
    await service.resting(pair)
    await service.tick()
    assert await service.owed() == []
    assert await service.remind_on(meeting) == TODAY
    await service.witness.change("UPDATE pairs SET state = 'active'")
    await service.tick()
    assert len(await service.owed()) == 2


async def test_after_a_later_meeting_the_former_agreement_is_forgotten(service: Service) -> None:
    pair = await service.paired()
    former = await service.met(pair, days(1))
    await service.met(pair, held_on=TODAY)
    await service.tick()
    assert await service.owed() == []
    assert await service.remind_on(former) is None


async def test_a_forgotten_earlier_meeting_changes_no_agreement(service: Service) -> None:
    pair = await service.paired()
    await service.met(pair, days(1))
    await service.met(pair, held_on=days(-9))
    await service.tick()
    assert len(await service.owed()) == 2


async def test_a_school_lives_by_its_own_zone(service: Service) -> None:
    kamchatka = await service.place("Школа № 2", "Asia/Kamchatka")
    far, near = await service.paired(kamchatka), await service.paired()
    for pair in (far, near):
        await service.met(pair, days(1))
    await service.tick(TUESDAY.replace(hour=1))
    assert await service.owed() == [far.mentor_id, far.mentee_id]


async def test_neither_is_reminded_when_one_has_taken_their_consent_back(service: Service) -> None:
    pair = await service.paired()
    await service.met(pair, days(1))
    await service.met(await service.paired(), at=TUESDAY - timedelta(days=4))
    await service.witness.change("UPDATE consents SET revoked_at = given_at")
    await service.tick()
    assert await service.owed() == []
    assert await service.owed(CONFIRM) == []


async def test_of_each_meeting_that_is_not_confirmed_they_are_reminded_once(service: Service) -> None:
    pair, fresh = await service.paired(), await service.paired()
    await service.met(pair, at=TUESDAY - timedelta(days=3))
    # Its own three days have not passed: a word about it now would be its only one.
    await service.met(pair, held_on=TODAY, at=TUESDAY - timedelta(days=1))
    await service.met(fresh, at=TUESDAY - timedelta(days=2, hours=23))
    await service.tick(TUESDAY - timedelta(minutes=1))
    assert await service.owed(CONFIRM) == []
    for _ in range(2):
        await service.tick(TUESDAY)
        assert await service.owed(CONFIRM) == [pair.mentee_id]
    await service.tick(TUESDAY + timedelta(hours=1))
    assert await service.owed(CONFIRM) == [pair.mentee_id, fresh.mentee_id]
    for days_later in (2, 7):
        await service.tick(TUESDAY + timedelta(days=days_later, hours=1))
        assert sorted(await service.owed(CONFIRM)) == sorted([pair.mentee_id] * 2 + [fresh.mentee_id])


async def test_what_is_answered_to_is_not_reminded_of(service: Service) -> None:
    pair = await service.paired()
    meeting = await service.met(pair, at=TUESDAY - timedelta(days=5))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await confirming.confirm(work, pair, meeting, meeting.turn, pair.mentee_id, TUESDAY)
        await work.commit()
    await service.tick()
    assert await service.owed(CONFIRM) == []


@pytest.mark.postgres
async def test_of_an_answer_and_a_change_at_once_one_wins(service: Service, other_process: Database) -> None:
    pair = await service.paired()
    for _ in range(10):
        meeting = await service.met(pair, at=TUESDAY)

        async def confirms(meeting: Meeting = meeting) -> bool:
            async with service.database.write() as connection:
                work = StoredWork(connection)
                done = await confirming.confirm(work, pair, meeting, meeting.turn, pair.mentee_id, TUESDAY)
                await work.commit()
            return done is not None

        async def changes(meeting: Meeting = meeting) -> bool:
            async with other_process.write() as connection:
                work = StoredWork(connection)
                told = replace(meeting.told, minutes=60)
                args = (pair.mentor_id, Quiet(), TODAY, TUESDAY)
                done = await changing.apply(work, meeting, told, *args)
                await work.commit()
            return done is not None

        confirmed, changed = await asyncio.gather(confirms(), changes())
        assert confirmed != changed
        async with service.database.read() as connection:
            present = await StoredWork(connection).meetings.get(meeting.id)
        assert present is not None
        expected = (MeetingState.CONFIRMED, 40) if confirmed else (MeetingState.LOGGED, 60)
        assert (present.state, present.told.minutes) == expected
