"""Programs of pairs on both databases: made once, changed by one at a time, reminded of once."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.delivery.quiet import Quiet
from services.iom.model import RouteKind
from services.iom.reminding_ports import Moment
from services.mentoring.pair import NewPair, Pair, PairForm, PairState
from services.mentoring.programs import reminding, staging
from services.mentoring.programs.beginning import begin
from services.mentoring.programs.program import Program, StageNumber
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import CONSENT, NOW, PROFILE, school, settle

ZONE = ZoneInfo("Europe/Moscow")
TODAY = NOW.astimezone(ZONE).date()
QUIET = Quiet()


async def begun(database: Database, pair: Pair) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        await begin(work, pair, TODAY, NOW)
        await work.commit()


async def saved(database: Database, program: Program) -> Program | None:
    async with database.write() as connection:
        work = StoredWork(connection)
        found = await work.programs.save(program)
        await work.commit()
    return found


async def told(database: Database, moment: Moment) -> None:
    async with database.write() as connection:
        work = StoredWork(connection)
        await reminding.remind(work, moment, QUIET)
        await work.commit()


@pytest.fixture
async def pair(database: Database) -> Pair:
    """A pair that works."""
    place = await school(database)
    mentor, mentee = await settle(database, 2)
    async with database.write() as connection:
        work = StoredWork(connection)
        for person in (mentor, mentee):
            await work.people.save_profile(person.person_id, PROFILE, NOW)
        await work.pairs.set_capacity(mentor.person_id, 1)
        form, term = PairForm.TEACHER_TEACHER, NOW + timedelta(days=3)
        made = await work.pairs.add(NewPair(mentor.person_id, mentee.person_id, place, form, NOW, term))
        assert made is not None
        active = await work.pairs.save(replace(made, state=PairState.ACTIVE))
        assert active is not None
        await work.commit()
    return active


async def test_a_pair_that_begins_twice_at_once_has_one_program(
    database: Database, other_process: Database, witness: Witness, pair: Pair
) -> None:
    await asyncio.gather(*(begun(process, pair) for process in (database, other_process) * 3))
    assert await witness.one("SELECT count(*) FROM pair_programs") == 1
    assert await witness.one("SELECT count(*) FROM pair_stages") == 3


async def test_of_two_changes_at_once_one_is_kept(database: Database, other_process: Database, pair: Pair) -> None:
    await begun(database, pair)
    async with database.read() as connection:
        program = await StoredWork(connection).programs.get(pair.id)
    assert program is not None
    goals = [replace(program, goal=goal) for goal in ("Одна", "Другая")]
    kept = await asyncio.gather(saved(database, goals[0]), saved(other_process, goals[1]))
    assert sorted(each is None for each in kept) == [False, True]


async def test_two_clocks_tell_each_of_the_pair_once(
    database: Database, other_process: Database, witness: Witness, pair: Pair
) -> None:
    await begun(database, pair)
    async with database.write() as connection:
        work = StoredWork(connection)
        day = TODAY + timedelta(days=1)
        changed = await staging.set_end(
            work, pair, StageNumber.ADAPTATION, day, 0, pair.mentor_id, TODAY, NOW, QUIET
        )
        assert changed is not None
        await work.commit()
    began = datetime.combine(day, time(), ZONE)
    now = began + timedelta(hours=9)
    moment = Moment(None, day, began, 9, now, CONSENT)
    await asyncio.gather(*(told(process, moment) for process in (database, other_process) * 3))
    rows = await witness.rows("SELECT key FROM outbox ORDER BY key")
    people = sorted((pair.mentor_id, pair.mentee_id))
    assert [row["key"] for row in rows] == [f"stage:{person}:{day.toordinal()}" for person in people]
    remind_on = await witness.rows("SELECT remind_on FROM pair_stages WHERE number = 1")
    assert remind_on == [{"remind_on": None}]


async def test_a_dropped_route_leaves_the_program(database: Database, witness: Witness, pair: Pair) -> None:
    await begun(database, pair)
    async with database.write() as connection:
        work = StoredWork(connection)
        program = await work.programs.get(pair.id)
        route = await work.iom.add(pair.mentee_id, pair.school_id, RouteKind.GROWTH, [], None, NOW)
        assert route is not None
        assert program is not None
        await work.programs.save(replace(program, route_id=route.id))
        assert await work.iom.drop(route)
        await work.commit()
    assert await witness.one("SELECT route_id FROM pair_programs") is None
