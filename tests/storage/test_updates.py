"""Marks of handled updates: the same update has one effect."""

import asyncio
from datetime import datetime, timedelta

from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Witness
from tests.storage.residents import NOW


async def mark(database: Database, channel: str, update_id: int, now: datetime = NOW) -> bool:
    async with database.write() as connection:
        work = StoredWork(connection)
        new = await work.updates.mark(channel, update_id, now)
        await work.commit()
    return new


async def test_update_is_marked_once(database: Database, witness: Witness) -> None:
    # The same number in another messenger is another update.
    seen = [("telegram", 2**40), ("telegram", 2**40), ("max", 2**40), ("telegram", 2**40 + 1), ("max", 2**40)]
    assert [await mark(database, *key) for key in seen] == [True, False, True, True, False]
    assert await witness.one("SELECT count(*) FROM handled_updates") == 3


async def test_update_delivered_twice_at_once(database: Database, other_process: Database) -> None:
    for update_id in range(10):
        places = (database, other_process) * 2
        new = await asyncio.gather(*(mark(place, "telegram", update_id) for place in places))
        assert sorted(new) == [False, False, False, True]


async def test_mark_is_rolled_back_with_its_effects(database: Database) -> None:
    async with database.write() as connection:
        assert await StoredWork(connection).updates.mark("telegram", 1, NOW)
    assert await mark(database, "telegram", 1)


async def test_waiting_for_a_mark_that_is_rolled_back(database: Database, other_process: Database) -> None:
    """The first process fails in the middle; the second, which got the update too, must handle it."""
    async with database.write() as connection:
        assert await StoredWork(connection).updates.mark("telegram", 1, NOW)
        second = asyncio.create_task(mark(other_process, "telegram", 1))
        await asyncio.sleep(0.05)
        assert not second.done()
    assert await second


async def test_old_marks_are_forgotten(database: Database, witness: Witness) -> None:
    for days in range(4):
        await mark(database, "telegram", days, NOW + timedelta(days=days))
    async with database.write() as connection:
        work = StoredWork(connection)
        await work.updates.forget(NOW + timedelta(days=2))
        await work.commit()
    left = await witness.rows("SELECT update_id FROM handled_updates ORDER BY update_id")
    assert [row["update_id"] for row in left] == [2, 3]
    assert not await mark(database, "telegram", 2)
