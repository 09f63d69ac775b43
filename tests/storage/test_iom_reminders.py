"""What the clock owes to teachers, mentors and curators, on both databases: nothing twice, nothing lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import wiring
from bot.settings import load_settings
from bot.ticks.routes import tend_routes
from handlers.visit import Desk
from services.iom import pausing
from services.iom.model import PauseReason, RouteState, Step, StepState
from services.iom.reminding_ports import DueStep
from services.people.model import Account, Kind, Role
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests import agreed_routes
from tests.agreed_routes import QUIET
from tests.storage.databases import Witness
from tests.town import TOKEN

ZONE = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
TODAY = TUESDAY.date()
LONG_AGO = TUESDAY - timedelta(days=60)


def days(number: int) -> date:
    """A day so many days after the Tuesday."""
    return TODAY + timedelta(days=number)


class Service:
    """A school, and the clock's tick over its routes."""

    def __init__(self, database: Database, desk: Desk, witness: Witness) -> None:
        self.database = database
        self.desk = desk
        self.witness = witness
        self.school = 0
        self._numbers = count(5_000_000_000)

    async def tick(self, now: datetime = TUESDAY, database: Database | None = None) -> None:
        await tend_routes(database or self.database, self.desk, now)

    async def place(self, name: str = "Школа № 1", zone: str | None = None, district: str | None = None) -> int:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            above = await work.organisations.add(Kind.MUNICIPALITY, "Сосновский район", None)
            school = await work.organisations.add(Kind.SCHOOL, name, above.id)
            await work.organisations.set_timezone(school.id, zone)
            await work.organisations.set_timezone(above.id, district)
            await work.commit()
        return school.id

    async def person(self, *roles: Role, name: str = "Иванова Мария Петровна", school: int | None = None) -> int:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            consent = self.desk.consent.version
            places = [(role, school or self.school) for role in roles]
            account = Account("telegram", next(self._numbers))
            person_id = await agreed_routes.settled(work, account, name, consent, LONG_AGO, *places)
            await work.commit()
        return person_id

    async def walker(
        self, *terms: date, dealt_with: date = days(-1), mentor: int | None = None, school: int | None = None
    ) -> tuple[int, list[Step]]:
        """A teacher with a route of steps of these terms."""
        person_id = await self.person(Role.TEACHER, school=school)
        async with self.database.write() as connection:
            work = StoredWork(connection)
            at = school or self.school
            _, steps = await agreed_routes.agreed(work, person_id, at, terms, dealt_with, LONG_AGO, mentor)
            await work.commit()
        return person_id, steps

    async def step(self, step: Step) -> Step:
        async with self.database.read() as connection:
            found = await StoredWork(connection).iom.step(step.id)
        assert found is not None
        return found

    async def change(self, step: Step, **fields: Any) -> None:
        async with self.database.write() as connection:
            work = StoredWork(connection)
            present = await work.iom.step(step.id)
            assert present is not None
            assert await work.iom.save_step(replace(present, **fields)) is not None
            await work.commit()

    async def owed(self, kind: str = "iom_reminder") -> list[dict[str, Any]]:
        return await self.witness.rows(
            "SELECT o.id, a.person_id, o.key, o.state FROM outbox o JOIN accounts a ON a.id = o.account_id "
            "WHERE o.kind = :kind ORDER BY o.id",
            kind=kind,
        )

    async def told(self, kind: str = "iom_reminder") -> list[int]:
        return [row["person_id"] for row in await self.owed(kind)]


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


async def test_everything_due_of_a_person_is_one_row_and_has_its_next_day(service: Service) -> None:
    person, (today, tomorrow, later) = await service.walker(days(0), days(1), days(30))
    await service.tick()
    assert await service.told() == [person]
    assert (await service.step(today)).remind_on == days(1)
    assert (await service.step(tomorrow)).remind_on == days(1)
    assert (await service.step(later)).remind_on == days(23)
    assert (await service.step(later)).reminded_on == days(-1)


async def test_looking_again_changes_nothing(service: Service) -> None:
    await service.walker(days(0))
    await service.tick()
    for hours in range(1, 14):
        await service.tick(TUESDAY + timedelta(hours=hours))
    assert len(await service.owed()) == 1


async def test_two_processes_at_once_remind_once(service: Service, other_process: Database) -> None:
    for _ in range(20):
        await service.walker(days(0), days(7))
    await asyncio.gather(service.tick(), service.tick(database=other_process))
    assert len(await service.owed()) == 20


async def test_after_a_week_of_silence_there_is_one_reminder(service: Service) -> None:
    person, steps = await service.walker(days(-6), days(-1), days(1), dealt_with=days(-30))
    await service.tick()
    assert await service.told() == [person]
    assert {(await service.step(step)).remind_on for step in steps} == {days(1), days(2)}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 7, 59, tzinfo=ZONE),
        datetime(2026, 11, 24, 20, 0, tzinfo=ZONE),
        datetime(2026, 11, 29, 12, 0, tzinfo=ZONE),
        datetime(2027, 1, 4, 12, 0, tzinfo=ZONE),
        datetime(2026, 11, 24, 9, 59, tzinfo=ZONE),
    ],
    ids=["too early", "too late", "Sunday", "holiday", "before the usual hour"],
)
async def test_there_are_hours_when_nobody_is_reminded(service: Service, moment: datetime) -> None:
    await service.walker(days(0))
    await service.tick(moment)
    assert await service.owed() == []


@pytest.mark.parametrize(("hour", "comes"), [(8, 8), (14, 14), (5, 8), (23, 19)])
async def test_everybody_is_reminded_at_the_hour_they_have_chosen(service: Service, hour: int, comes: int) -> None:
    person, _ = await service.walker(days(0))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.set_reminder_hour(person, hour)
        await work.commit()
    for present in range(24):
        await service.tick(TUESDAY.replace(hour=present))
        assert await service.told() == ([person] if present >= comes else [])


async def test_every_school_has_its_own_morning(service: Service) -> None:
    kamchatka = await service.place("Школа № 2", "Asia/Kamchatka")
    far, _ = await service.walker(days(0), school=kamchatka)
    near, _ = await service.walker(days(0))
    await service.tick(TUESDAY.replace(hour=1))
    assert await service.told() == [far]
    await service.tick(TUESDAY)
    assert await service.told() == [far, near]


async def test_a_school_without_a_zone_lives_by_that_of_its_district(service: Service) -> None:
    omsk = await service.place("Школа № 3", None, "Asia/Omsk")
    person, _ = await service.walker(days(0), school=omsk)
    await service.tick(TUESDAY.replace(hour=7))
    assert await service.told() == [person]


async def _done(service: Service, person: int, step: Step) -> None:
    await service.change(step, state=StepState.DONE, done_at=TUESDAY)


async def _not_agreed(service: Service, person: int, step: Step) -> None:
    await service.change(step, agreed=False)


async def _closed(service: Service, person: int, step: Step) -> None:
    async with service.database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.get(step.route_id)
        assert route is not None
        await work.iom.save(replace(route, state=RouteState.CLOSED))
        await work.commit()


async def _resting(service: Service, person: int, step: Step) -> None:
    async with service.database.write() as connection:
        work = StoredWork(connection)
        assert await work.iom.add_pause(step.route_id, PauseReason.SICK, TODAY, None)
        await work.commit()


async def _blocked(service: Service, person: int, step: Step) -> None:
    await service.witness.change("UPDATE accounts SET blocked_at = '2026-11-20 09:00:00'")


async def _without_consent(service: Service, person: int, step: Step) -> None:
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.revoke_consent(person, TUESDAY)
        await work.commit()


async def _gone(service: Service, person: int, step: Step) -> None:
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.revoke_role(person, Role.TEACHER, service.school)
        await work.commit()


@pytest.mark.parametrize("happens", [_done, _not_agreed, _closed, _resting, _blocked, _without_consent, _gone])
async def test_what_silences_a_reminder(service: Service, happens: Any) -> None:
    person, (step,) = await service.walker(days(0))
    await happens(service, person, step)
    await service.tick()
    assert await service.owed() == []
    # Whoever comes back is reminded then.
    assert (await service.step(step)).remind_on == TODAY


@pytest.mark.parametrize("state", [RouteState.DRAFT, RouteState.REVIEW])
async def test_agreed_steps_go_on_while_their_route_is_changed(service: Service, state: RouteState) -> None:
    person, (step,) = await service.walker(days(0))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.get(step.route_id)
        assert route is not None
        await work.iom.save(replace(route, state=state))
        await work.commit()
    await service.tick()
    assert await service.told() == [person]


async def test_what_becomes_due_after_todays_message_comes_tomorrow(service: Service) -> None:
    person, (_, second) = await service.walker(days(0), days(60))
    await service.tick()
    await service.change(second, plan=replace(second.plan, due_on=days(1)), remind_on=TODAY)
    await service.tick(TUESDAY + timedelta(hours=5))
    assert await service.told() == [person]
    assert (await service.step(second)).remind_on == TODAY
    await service.tick(TUESDAY + timedelta(days=1))
    assert await service.told() == [person, person]
    assert (await service.step(second)).reminded_on == days(1)


async def test_a_step_that_has_changed_meanwhile_keeps_its_own_day(service: Service) -> None:
    _, (step,) = await service.walker(days(0))
    await service.change(step, plan=replace(step.plan, due_on=days(9)), remind_on=days(2))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.iom_reminders.reminded([(DueStep(step.id, days(0)), days(1))], TODAY)
        await work.commit()
    assert (await service.step(step)).remind_on == days(2)


@pytest.mark.parametrize(
    "reason", ["blocked", "no consent in force", "unreachable: network", "left to the one of today"]
)
async def test_a_reminder_that_did_not_arrive_is_made_up_for(service: Service, reason: str) -> None:
    person, _ = await service.walker(days(7))
    await service.tick()
    await service.witness.change(f"UPDATE outbox SET state = 'failed', reason = '{reason}'")
    # Its step has the next reminder on Monday only.
    await service.tick(TUESDAY + timedelta(days=1))
    assert await service.told() == [person, person]
    await service.tick(TUESDAY + timedelta(days=2))
    assert len(await service.owed()) == 2


async def test_a_reminder_lost_twice_is_made_up_for_all_the_same(service: Service) -> None:
    await service.walker(days(7))
    for number in range(3):
        await service.tick(TUESDAY + timedelta(days=number))
        await service.witness.change("UPDATE outbox SET state = 'failed', reason = 'blocked'")
    assert len(await service.owed()) == 3


@pytest.mark.parametrize("meanwhile", [{"state": StepState.DONE, "remind_on": None}, {"remind_on": days(40)}])
async def test_a_lost_reminder_of_what_is_dealt_with_brings_no_other_step_again(
    service: Service, meanwhile: dict[str, Any]
) -> None:
    _, (told, lost) = await service.walker(days(6), days(7))
    await service.change(told, remind_on=days(5))
    await service.tick()
    await service.witness.change("UPDATE outbox SET state = 'failed', reason = 'blocked'")
    # Done, or put off on the day after.
    await service.change(lost, reminded_on=days(1), **meanwhile)
    await service.tick(TUESDAY + timedelta(days=1))
    assert len(await service.owed()) == 1


async def test_whoever_still_blocks_the_bot_is_left_alone(service: Service) -> None:
    await service.walker(days(7))
    await service.tick()
    await service.witness.change(
        "UPDATE outbox SET state = 'failed', reason = 'blocked'",
        "UPDATE accounts SET blocked_at = '2026-11-24 09:00:00'",
    )
    await service.tick(TUESDAY + timedelta(days=1))
    assert len(await service.owed()) == 1
    await service.witness.change("UPDATE accounts SET blocked_at = NULL")
    await service.tick(TUESDAY + timedelta(days=2))
    assert len(await service.owed()) == 2


@pytest.mark.parametrize("reason", ["merged into a later one", "nothing to remind of", "the route rests"])
async def test_a_reminder_that_was_not_needed_is_not_made_up_for(service: Service, reason: str) -> None:
    await service.walker(days(7))
    await service.tick()
    await service.witness.change(f"UPDATE outbox SET state = 'failed', reason = '{reason}'")
    await service.tick(TUESDAY + timedelta(days=1))
    assert len(await service.owed()) == 1


async def test_a_pause_that_is_over_gives_its_days_to_the_terms(service: Service) -> None:
    person, (step,) = await service.walker(days(2))
    async with service.database.write() as connection:
        work = StoredWork(connection)
        assert await work.iom.add_pause(step.route_id, PauseReason.LEAVE, TODAY, days(9))
        await work.commit()
    for number in range(10):
        await service.tick(TUESDAY + timedelta(days=number))
    assert await service.owed() == []
    assert (await service.step(step)).plan.due_on == days(2)
    # The tenth day of the pause was a Thursday; its term was in two days, and now is in two days again.
    await service.tick(TUESDAY + timedelta(days=10, hours=-9))
    assert (await service.step(step)).plan.due_on == days(12)
    await service.tick(TUESDAY + timedelta(days=11))
    assert await service.told() == [person]


async def test_a_pause_ends_with_the_day_where_the_school_is(service: Service) -> None:
    kamchatka = await service.place("Школа № 2", "Asia/Kamchatka")
    _, (step,) = await service.walker(days(2), school=kamchatka)
    async with service.database.write() as connection:
        work = StoredWork(connection)
        assert await work.iom.add_pause(step.route_id, PauseReason.LEAVE, TODAY, TODAY)
        await work.commit()
    await service.tick(TUESDAY.replace(hour=14))
    assert (await service.step(step)).plan.due_on == days(2)
    await service.tick(TUESDAY.replace(hour=15))
    assert (await service.step(step)).plan.due_on == days(3)


async def test_many_people_are_told_in_several_transactions(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ticks.routes.BATCH", 3)
    people = [(await service.walker(days(0)))[0] for _ in range(8)]
    await service.tick()
    assert await service.told() == people


class Mentored:
    """A teacher whose step was due so many days ago, told of it on the day before yesterday, and the mentor."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.mentor = 0

    async def late_by(self, *passed: int) -> Sequence[Step]:
        self.mentor = self.mentor or await self.service.person(Role.MENTOR, name="Лебедева Ольга Ивановна")
        terms = [days(-number) for number in sorted(passed, reverse=True)]
        _, steps = await self.service.walker(*terms, dealt_with=days(-1), mentor=self.mentor)
        return steps


async def test_the_mentor_hears_after_five_days_and_once(service: Service) -> None:
    mentored = Mentored(service)
    (step,) = await mentored.late_by(4)
    await service.tick()
    assert await service.told("iom_overdue") == []
    for hours in (24, 25, 48, 24 * 6):
        await service.tick(TUESDAY + timedelta(hours=hours))
    assert await service.told("iom_overdue") == [mentored.mentor]
    assert (await service.step(step)).escalated_on == days(1)


async def test_a_mentor_hears_of_all_teachers_at_once(service: Service) -> None:
    mentored = Mentored(service)
    await mentored.late_by(5, 6)
    await mentored.late_by(8)
    await service.tick()
    assert await service.told("iom_overdue") == [mentored.mentor]
    async with service.database.read() as connection:
        late = await StoredWork(connection).iom_reminders.late_for_mentor(
            mentored.mentor, days(-4), TODAY, service.desk.consent.version
        )
    assert [step.due_on for step in late] == [days(-8), days(-6), days(-5)]


async def test_after_a_long_silence_the_teacher_hears_a_day_before_the_mentor(service: Service) -> None:
    mentor = await service.person(Role.MENTOR)
    await service.walker(days(-8), dealt_with=days(-20), mentor=mentor)
    await service.tick()
    assert (len(await service.owed()), await service.told("iom_overdue")) == (1, [])
    await service.tick(TUESDAY + timedelta(days=1))
    assert await service.told("iom_overdue") == [mentor]


async def test_the_mentor_hears_of_somebody_whom_the_bot_does_not_reach(service: Service) -> None:
    mentor = await service.person(Role.MENTOR)
    person, _ = await service.walker(days(-5), dealt_with=days(-20), mentor=mentor)
    await service.witness.change(
        f"UPDATE accounts SET blocked_at = '2026-11-01 09:00:00' WHERE person_id = {person}"
    )
    await service.tick()
    assert await service.told("iom_overdue") == [mentor]


async def test_nobody_hears_of_a_teacher_without_the_present_consent(service: Service) -> None:
    curator = await service.person(Role.CURATOR)
    mentor = await service.person(Role.MENTOR, name="Лебедева Ольга Ивановна")
    person, (step, done) = await service.walker(days(-20), days(-19), mentor=mentor)
    alone, _ = await service.walker(days(-20))
    consent, since = service.desk.consent.version, TUESDAY - timedelta(days=3)
    await service.change(step, escalated_on=days(-8))
    await service.change(done, state=StepState.DONE, done_at=LONG_AGO)

    async def told() -> list[int]:
        async with service.database.read() as connection:
            store = StoredWork(connection).iom_reminders
            found = (
                await store.late_for_mentor(mentor, days(-4), TODAY, consent),
                await store.late_for_curator(curator, days(-13), days(-4), TODAY, consent),
                await store.routes_waiting(curator, since, consent),
                await store.steps_waiting(curator, since, consent),
            )
        return [len(one) for one in found]

    async with service.database.write() as connection:
        work = StoredWork(connection)
        route = await work.iom.get(step.route_id)
        assert route is not None
        await work.iom.save(replace(route, state=RouteState.REVIEW))
        await work.commit()
    assert await told() == [1, 2, 1, 1]
    for teacher in (person, alone):
        await _without_consent(service, teacher, step)
    assert await told() == [0, 0, 0, 0]
    await service.change(step, escalated_on=None)
    await service.tick()
    assert await service.told("iom_overdue") == []


@pytest.mark.parametrize("happens", [_done, _closed, _resting])
async def test_what_is_done_or_rests_is_told_to_no_mentor(service: Service, happens: Any) -> None:
    mentored = Mentored(service)
    (step,) = await mentored.late_by(8)
    await happens(service, mentored.mentor, step)
    await service.tick()
    assert await service.told("iom_overdue") == []


async def test_somebody_who_is_no_mentor_any_more_hears_nothing(service: Service) -> None:
    mentored = Mentored(service)
    await mentored.late_by(8)
    await _gone_as_mentor(service, mentored.mentor)
    await service.tick()
    assert await service.told("iom_overdue") == []


async def _gone_as_mentor(service: Service, mentor: int) -> None:
    async with service.database.write() as connection:
        work = StoredWork(connection)
        assert await work.people.revoke_role(mentor, Role.MENTOR, service.school)
        await work.commit()


async def test_methodists_hear_where_no_curator_can_be_told(service: Service) -> None:
    async with service.database.read() as connection:
        school = await StoredWork(connection).organisations.get(service.school)
    assert school is not None
    methodist = await service.person(Role.METHODIST, school=school.parent_id)
    other = await service.place("Школа № 2")
    await service.person(Role.CURATOR, school=other)
    await service.walker(days(-5))
    await service.walker(days(-5), school=other)
    curator = await service.person(Role.CURATOR)
    assert await late_names(service, methodist) == []
    await service.witness.change(
        f"UPDATE accounts SET blocked_at = '2026-11-01 09:00:00' WHERE person_id = {curator}"
    )
    assert await late_names(service, methodist) == [days(-5)]


async def late_names(service: Service, curator: int) -> list[date]:
    async with service.database.read() as connection:
        consent = service.desk.consent.version
        reminders = StoredWork(connection).iom_reminders
        late = await reminders.late_for_curator(curator, days(-13), days(-4), TODAY, consent)
    return [step.due_on for step in late]


async def test_curators_hear_after_two_weeks_of_what_the_mentor_knows(service: Service) -> None:
    curator = await service.person(Role.CURATOR)
    mentored = Mentored(service)
    fresh, old = reversed(await mentored.late_by(13, 14))
    assert await late_names(service, curator) == []
    await service.change(fresh, escalated_on=days(-8))
    await service.change(old, escalated_on=TODAY)
    assert await late_names(service, curator) == []
    await service.change(old, escalated_on=days(-8))
    assert await late_names(service, curator) == [days(-14)]


async def test_where_no_mentor_can_be_told_curators_hear_instead(service: Service) -> None:
    curator = await service.person(Role.CURATOR)
    await service.walker(days(-5))
    mentored = Mentored(service)
    await mentored.late_by(4, 6)
    assert await late_names(service, curator) == [days(-5)]
    await _gone_as_mentor(service, mentored.mentor)
    assert await late_names(service, curator) == [days(-6), days(-5)]


async def test_curators_hear_of_their_own_schools_and_never_of_themselves(service: Service) -> None:
    other_school = await service.place("Школа № 2")
    curator = await service.person(Role.CURATOR, school=other_school)
    await service.walker(days(-30))
    assert await late_names(service, curator) == []
    teacher, _ = await service.walker(days(-30), school=other_school)
    assert await late_names(service, curator) == [days(-30)]
    async with service.database.write() as connection:
        work = StoredWork(connection)
        await work.people.grant(teacher, Role.CURATOR, other_school, TUESDAY)
        await work.commit()
    assert await late_names(service, teacher) == []


async def test_pauses_keep_late_steps_from_curators(service: Service) -> None:
    curator = await service.person(Role.CURATOR)
    person, (step,) = await service.walker(days(-30))
    await _resting(service, person, step)
    assert await late_names(service, curator) == []
    async with service.database.write() as connection:
        work = StoredWork(connection)
        route, pause = await work.iom.get(step.route_id), await work.iom.pause(step.route_id)
        assert route is not None
        assert pause is not None
        await pausing.resume(work, route, pause, days(-1), person, TUESDAY, QUIET)
        await work.commit()
    assert await late_names(service, curator) == [days(-30)]


async def test_decisions_that_are_awaited_are_listed_from_the_oldest(service: Service) -> None:
    curator = await service.person(Role.CURATOR)
    waiting = []
    for hours in (71, 73, 100):
        _, (step,) = await service.walker(days(30))
        moment = TUESDAY - timedelta(hours=hours)
        await service.change(step, state=StepState.DONE, done_at=moment)
        async with service.database.write() as connection:
            work = StoredWork(connection)
            route = await work.iom.get(step.route_id)
            assert route is not None
            await work.iom.save(replace(route, state=RouteState.REVIEW, submitted_at=moment))
            await work.commit()
        waiting.append((step.route_id, moment))
    async with service.database.read() as connection:
        reminders = StoredWork(connection).iom_reminders
        since = TUESDAY - timedelta(days=3)
        routes = await reminders.routes_waiting(curator, since, service.desk.consent.version)
        steps = await reminders.steps_waiting(curator, since, service.desk.consent.version)
    for found in (routes, steps):
        assert [(one.route_id, one.since) for one in found] == [waiting[2], waiting[1]]
