"""Portions in a real database: the same stories as in memory, and two reports at the same moment."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from services.reporting.groups.portions import freeze, publish
from services.reporting.groups.suppression import Figures
from services.reporting.groups.waves import school_year
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.services.reporting.groups.attacker import CODES, NOW, REVEALING, Shown, check, live
from tests.services.reporting.groups.ledger import Ledger
from tests.storage.databases import Places, Witness
from tests.storage.stored_place import StoredPlace

YEAR = school_year(2026, NOW.tzinfo)


def named(shown: list[Shown], anonymous: set[str]) -> list[Shown]:
    """Without anonymous campaigns: who gets into their portions is drawn by lot."""
    return [one for one in shown if one.wave not in anonymous]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=st.binary(min_size=60, max_size=160))
@example(story=bytes([21, 9, 25] + [0, 30, 1, 31, 14, 7, 5, 3, 2, 29, 19, 4, 20, 2, 6, 18, 16, 5, 10, 3] * 4))
async def test_the_database_keeps_portions_as_the_stories_do(database: Database, story: bytes) -> None:
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        stored = await live(place, story)
    check(stored)
    told = await live(Ledger(), story)
    assert [wave.anonymous for wave in stored.waves] == [wave.anonymous for wave in told.waves]
    keys = {ours.key: theirs.key for ours, theirs in zip(stored.waves, told.waves, strict=True)}
    assert [
        (one.scope, keys[one.wave], one.measure, one.threshold, one.answers)
        for one in named(stored.shown, {wave.key for wave in stored.waves if wave.anonymous})
    ] == [
        (one.scope, one.wave, one.measure, one.threshold, one.answers)
        for one in named(told.shown, {wave.key for wave in told.waves if wave.anonymous})
    ]


async def finish(place: StoredPlace, first: int, number: int) -> None:
    for person in range(first, first + number):
        await place.join(person, 0)
        await place.finish(person, YEAR, CODES[person] * 2, NOW + timedelta(minutes=person))


async def test_a_person_cannot_be_put_into_two_portions_of_a_wave(database: Database) -> None:
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        await finish(place, 0, 3)
        key = (place.school(0), REVEALING.id, REVEALING.version, YEAR)
        members = [one.id for one in await place.work.portions.waiting(*key, with_values=False)]
        portion = (REVEALING.id, REVEALING.version, YEAR, place.school(0), Figures(3), members, NOW)
        await place.work.portions.add(*portion)
        assert await place.work.portions.waiting(*key, with_values=False) == []
        with pytest.raises(IntegrityError):
            await place.work.portions.add(*portion)


async def test_a_deleted_person_leaves_the_figures_and_no_trace(database: Database, witness: Witness) -> None:
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        await finish(place, 0, 5)
        await freeze(place.work, REVEALING, YEAR, place.school(0), 5, NOW)
        before = await publish(place.work, REVEALING, YEAR, place.school(0), 5)
        assert before.whole is not None
        for person in range(5):
            await place.delete(person)
        assert await publish(place.work, REVEALING, YEAR, place.school(0), 5) == before
        await connection.commit()
    assert await witness.one("SELECT count(*) FROM portion_members") == 0
    assert await witness.one("SELECT count(*) FROM portions") == 1


@pytest.mark.postgres
async def test_reports_at_the_same_moment_count_everybody_once(postgres_places: Places) -> None:
    url = await postgres_places.migrated()
    databases = [Database(url), Database(url)]
    async with databases[0].write() as connection:
        place = StoredPlace(connection)
        await place.found()
        await finish(place, 0, 60)
        await connection.commit()

    async def report(number: int) -> None:
        async with databases[number % 2].write() as connection:
            work = StoredWork(connection)
            scope = place.school(0) if number % 3 else place.municipality(0)
            await freeze(work, REVEALING, YEAR, scope, 5, NOW)
            await asyncio.sleep(0.01)
            await work.commit()

    async with asyncio.timeout(30):
        await asyncio.gather(*(report(number) for number in range(12)))
    async with databases[0].read() as connection:
        published = await publish(StoredWork(connection), REVEALING, YEAR, place.municipality(0), 5)
    assert published.whole is not None
    assert published.whole.people == 60
    assert published.whole.measures["item.1"].counts[:60] == (1,) * 60
    for database in databases:
        await database.close()
    await postgres_places.remove(url)


@pytest.mark.postgres
async def test_whoever_deletes_themselves_meanwhile_is_in_no_portion(postgres_places: Places) -> None:
    url = await postgres_places.migrated()
    database = Database(url)
    async with database.write() as connection:
        place = StoredPlace(connection)
        await place.found()
        await finish(place, 0, 6)
        await connection.commit()
    async with database.write() as leaving, database.write() as reporting:
        gone = StoredPlace(leaving)
        gone._people = place._people
        await gone.delete(0)
        frozen = asyncio.create_task(freeze(StoredWork(reporting), REVEALING, YEAR, place.school(0), 5, NOW))
        await asyncio.sleep(0.2)
        await leaving.commit()
        await asyncio.wait_for(frozen, 10)
        await reporting.commit()
        published = await publish(StoredWork(reporting), REVEALING, YEAR, place.school(0), 5)
    assert published.whole is not None
    assert published.whole.measures["item.1"].counts[:6] == (0, 1, 1, 1, 1, 1)
    await database.close()
    await postgres_places.remove(url)
