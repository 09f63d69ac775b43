"""Events on both databases: seats at once, whom an event is for, what is owed of it and to whom."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.delivery.quiet import Quiet
from services.delivery.upcoming import Upcoming, What
from services.diagnostics.library import Library
from services.diagnostics.loading import load_instruments
from services.events import announcing, planning, reminding
from services.events.model import Audience, Event, EventKind, EventState, Plan
from services.iom.reminding_ports import Moment
from services.mentoring.pair import NewPair, PairForm
from services.mentoring.policy import MentoringPolicy
from services.people.model import Kind, Organisation, Profile, Role
from services.reporting.facts import Basis
from storage.database import Database
from storage.next_event import next_event
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, Resident, school, settle
from tests.storage.test_facts_by_pandas import no_wording

TODAY = date(2026, 9, 1)
HELD_ON = date(2026, 9, 10)
QUIET = Quiet()


def at(day: date, hour: int = 12) -> Moment:
    began = datetime(day.year, day.month, day.day, tzinfo=NOW.tzinfo)
    return Moment(None, day, began, hour, began + timedelta(hours=hour), CONSENT)


async def registered(
    work: StoredWork, resident: Resident, role: Role, place: int, born: int = 1970, years: int = 20
) -> None:
    await work.people.grant(resident.person_id, role, place, NOW)
    profile = Profile(f"Лугин Олег {resident.person_id}", "Учитель", "Математика", years, born, known_on=TODAY)
    await work.people.save_profile(resident.person_id, profile, NOW)


async def announced(work: StoredWork, place_id: int, actor: int, plan: Plan) -> Event:
    place = await work.organisations.get(place_id)
    assert place is not None
    event = await planning.create(work, place, plan, actor, TODAY, QUIET, NOW)
    told = await announcing.announce(work, event, TODAY, CONSENT, NOW)
    assert told is not None
    return told


async def test_the_last_seat_is_taken_once(database: Database, other_process: Database, witness: Witness) -> None:
    school_id = await school(database)
    people = await settle(database, 6)
    async with database.write() as connection:
        work = StoredWork(connection)
        for person in people:
            await registered(work, person, Role.TEACHER, school_id)
        event = await announced(
            work, school_id, people[0].person_id, Plan(EventKind.SEMINAR, "Семинар", HELD_ON, seats=2)
        )
        await work.commit()

    async def signs_up(process: Database, person: Resident) -> bool:
        async with process.write() as connection:
            work = StoredWork(connection)
            done = await work.events.take_seat(event.id, person.person_id, TODAY, NOW)
            # Whoever comes second must wait for the first one's commit, not look past it.
            await asyncio.sleep(0.01)
            await work.commit()
        return done

    done = await asyncio.gather(
        *(signs_up(process, person) for person, process in zip(people, (database, other_process) * 3, strict=True))
    )
    assert sum(done) == 2
    assert await witness.one("SELECT count(*) FROM event_people WHERE state = 'signed_up'") == 2
    inside = [person for person, signed in zip(people, done, strict=True) if signed]
    outside = [person for person, signed in zip(people, done, strict=True) if not signed]

    async with database.write() as connection:
        work = StoredWork(connection)
        assert not await work.events.take_seat(event.id, inside[0].person_id, TODAY, NOW), "twice is once"
        assert await work.events.decline(event.id, inside[0].person_id)
        assert await work.events.take_seat(event.id, outside[0].person_id, TODAY, NOW), "a seat has become free"
        # Whoever takes the consent back leaves the seat to others.
        await work.events.leave(inside[1].person_id)
        assert not await work.events.take_seat(event.id, outside[1].person_id, HELD_ON + timedelta(days=1), NOW)
        assert await work.events.take_seat(event.id, outside[1].person_id, HELD_ON, NOW)
        assert (await work.events.counts(event.id)).signed_up == 2


async def test_an_event_is_for_its_audience_and_tells_nobody_twice(database: Database, witness: Witness) -> None:
    first = await school(database)
    second = await school(database, "Школа № 2")
    old, young, mentor, mentee, curator, elsewhere, gone = await settle(database, 7)
    async with database.write() as connection:
        work = StoredWork(connection)
        await registered(work, old, Role.TEACHER, first)
        await registered(work, young, Role.TEACHER, first, born=2001)
        await registered(work, mentor, Role.TEACHER, second)
        await work.people.grant(mentor.person_id, Role.MENTOR, first, NOW)
        await registered(work, mentee, Role.TEACHER, first)
        await registered(work, curator, Role.CURATOR, second)
        await registered(work, gone, Role.TEACHER, first, born=2001)
        await work.people.revoke_consent(gone.person_id, NOW)
        town = await work.organisations.add(Kind.MUNICIPALITY, "Другой район", None)
        far = await work.organisations.add(Kind.SCHOOL, "Школа № 9", town.id)
        await registered(work, elsewhere, Role.TEACHER, far.id, born=2001)
        await work.pairs.set_capacity(mentor.person_id, 1)
        pair = NewPair(mentor.person_id, mentee.person_id, first, PairForm.TEACHER_TEACHER, NOW, NOW)
        made = await work.pairs.add(pair)
        assert made is not None
        proposed = await work.organisations.get(first)
        assert proposed is not None
        assert proposed.parent_id is not None
        district = proposed.parent_id

        async def whom(
            audience: Audience, place: int = district, responsible: int | None = None
        ) -> dict[int, int]:
            plan = Plan(EventKind.SEMINAR, "Семинар", HELD_ON, audience=audience, responsible_id=responsible)
            return await announcing.fitting(work, Event(1, place, plan), TODAY, CONSENT)

        assert await whom(Audience.EARLY) == {young.person_id: first}
        assert await whom(Audience.MENTORS) == {mentor.person_id: first}
        assert await whom(Audience.MENTEES) == {}, "an offer is no pair yet"
        assert await whom(Audience.CURATORS) == {curator.person_id: second}
        everybody = {each.person_id for each in (old, young, mentor, mentee, curator)}
        assert set(await whom(Audience.EVERYBODY)) == everybody
        assert set(await whom(Audience.EVERYBODY, second)) == {mentor.person_id, curator.person_id}
        assert set(await whom(Audience.EVERYBODY, second, mentor.person_id)) == {curator.person_id}

        plan = Plan(EventKind.YOUNG_SCHOOL, "Школа", HELD_ON, "14:30", audience=Audience.EVERYBODY)
        event = await announced(work, district, curator.person_id, plan)
        for _ in range(2):
            await announcing.gather(work, event, TODAY, CONSENT, NOW)
        assert await work.events.take_seat(event.id, old.person_id, TODAY, NOW)
        assert await work.events.take_seat(event.id, young.person_id, TODAY, NOW)
        assert not await work.events.take_seat(event.id, elsewhere.person_id, TODAY, NOW), "it is not for them"

        # Of another audience those who have answered stay, the others are out.
        narrower = replace(plan, audience=Audience.EARLY)
        changed = await planning.change(work, event, narrower, curator.person_id, TODAY, QUIET, CONSENT, NOW)
        assert changed is not None
        assert set(await work.events.enrolled(event.id)) == {old.person_id, young.person_id}
        assert await planning.change(work, event, plan, curator.person_id, TODAY, QUIET, CONSENT, NOW) is None
        assert [each.person_id for each in await work.events.people(event.id, CONSENT)] == [
            old.person_id,
            young.person_id,
        ]
        await work.commit()
    owed = await witness.rows("SELECT key FROM outbox WHERE kind = 'event_invite'")
    assert len(owed) == 5
    assert not await witness.rows("SELECT 1 FROM outbox WHERE kind = 'event_changed'"), "nothing has moved"


async def test_reminders_and_questions_come_once_and_on_their_days(database: Database, witness: Witness) -> None:
    school_id = await school(database)
    keeper, comer, late, absent, planner = await settle(database, 5)
    async with database.write() as connection:
        work = StoredWork(connection)
        for person in (keeper, comer, late, absent):
            await registered(work, person, Role.TEACHER, school_id)
        await registered(work, planner, Role.CURATOR, school_id)
        plan = Plan(EventKind.SEMINAR, "Семинар", HELD_ON, "14:30", responsible_id=keeper.person_id)
        event = await announced(work, school_id, planner.person_id, plan)
        # A week before, the day before, the day after.
        assert event.remind_on == date(2026, 9, 3)
        for person in (comer, absent):
            assert await work.events.take_seat(event.id, person.person_id, TODAY, NOW)
        await work.commit()

    async def strikes(moment: Moment) -> list[tuple[str, int]]:
        """What is owed anew, to whom."""
        before = {row["id"] for row in await witness.rows("SELECT id FROM outbox")}
        for _ in range(2):
            async with database.write() as connection:
                work = StoredWork(connection)
                duties = await reminding.due_duties(work, moment)
                await reminding.remind_of_duties(work, duties, moment, QUIET)
                await reminding.remind(work, await reminding.due_reminders(work, moment, QUIET), moment)
                await reminding.ask(work, await reminding.due_questions(work, moment), moment)
                await work.commit()
        rows = await witness.rows(
            "SELECT o.id, o.kind, a.person_id FROM outbox o JOIN accounts a ON a.id = o.account_id ORDER BY o.id"
        )
        return [(row["kind"], row["person_id"]) for row in rows if row["id"] not in before]

    async def next_one(after: Moment) -> Upcoming | None:
        async with database.read() as connection:
            library = Library(load_instruments().values(), no_wording)
            basis = Basis(CONSENT, 5, ZoneInfo("UTC"), library, MentoringPolicy(), after.now)
            return await next_event(connection, basis, QUIET)

    def at_ten(day: date, what: What) -> Upcoming:
        return Upcoming(datetime(day.year, day.month, day.day, 10, tzinfo=UTC), what)

    assert await strikes(at(date(2026, 9, 2))) == []
    assert await next_one(at(date(2026, 9, 2))) == at_ten(date(2026, 9, 3), What.EVENT_DUTY)
    assert await strikes(at(date(2026, 9, 3), hour=9)) == [], "nobody has chosen so early an hour"
    assert await strikes(at(date(2026, 9, 3))) == [("event_duty", keeper.person_id)]
    eve = at(date(2026, 9, 9))
    async with database.write() as connection:
        work = StoredWork(connection)
        assert await work.events.take_seat(event.id, late.person_id, eve.today, eve.now)
        # Nobody can be reached as the responsible: whoever has planned it hears of it.
        await work.people.revoke_consent(keeper.person_id, NOW)
        await work.commit()
    assert sorted(await strikes(eve)) == [
        ("event_duty", planner.person_id),
        ("event_reminder", comer.person_id),
        ("event_reminder", absent.person_id),
    ]
    assert await next_one(eve) == at_ten(date(2026, 9, 11), What.EVENT_DUTY)
    after = date(2026, 9, 11)
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.events.attend(event.id, absent.person_id, False)
        await work.commit()
    assert sorted(await strikes(at(after))) == [
        ("event_duty", planner.person_id),
        ("event_feedback", comer.person_id),
        ("event_feedback", late.person_id),
    ]
    # Nobody has told whether it was held: that is an alert on the next open day.
    assert await next_one(at(after)) == at_ten(date(2026, 9, 14), What.ALERT)
    assert await strikes(at(date(2026, 9, 14))) == []
    async with database.read() as connection:
        found = await StoredWork(connection).events.get(event.id)
    assert found is not None
    assert found.remind_on is None
    assert found.state is EventState.PLANNED


async def test_a_plan_is_seen_from_above_and_from_below_and_changed_by_one_at_a_time(database: Database) -> None:
    first, second = await school(database), await school(database, "Школа № 2")
    [planner] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        await registered(work, planner, Role.CURATOR, first)
        places = await work.organisations.by_ids([first, second])
        district_id = places[first].parent_id
        assert district_id is not None
        district = await work.organisations.get(district_id)
        assert district is not None

        async def planned(place: Organisation, title: str, days: int) -> Event:
            plan = Plan(EventKind.CONTEST, title, HELD_ON + timedelta(days=days))
            return await planning.create(work, place, plan, planner.person_id, TODAY, QUIET, NOW)

        own = await planned(places[first], "Свой", 2)
        await planned(places[second], "Чужой", 0)
        await planned(district, "Общий", 1)

        async def titles(place: Organisation) -> list[str]:
            listed = await work.events.listed(place, HELD_ON, HELD_ON + timedelta(days=2))
            return [each.event.plan.title for each in listed]

        assert await titles(places[first]) == ["Общий", "Свой"]
        assert await titles(district) == ["Чужой", "Общий", "Свой"]
        saved = await work.events.save(replace(own, outcome="Итог"))
        assert saved is not None
        assert saved.turn == own.turn + 1
        assert await work.events.save(replace(own, outcome="Другой")) is None
        assert not await work.events.drop(own), "it has changed since"
        assert await work.events.drop(saved)
