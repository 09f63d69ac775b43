"""What PostgreSQL alone allows: several writers at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.delivery.model import Kind
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Places
from tests.storage.residents import NOW, settle

pytestmark = pytest.mark.postgres

LEASE = timedelta(minutes=2)


@pytest.fixture
async def database(postgres_places: Places) -> AsyncIterator[Database]:
    url = await postgres_places.migrated()
    database = Database(url)
    yield database
    await database.close()
    await postgres_places.remove(url)


async def test_second_sender_neither_waits_nor_shares(database: Database) -> None:
    [person] = await settle(database, 1)
    async with database.write() as connection:
        work = StoredWork(connection)
        visitor = await work.people.visitor(person.account)
        assert visitor.person is not None
        for number in range(4):
            await work.outbox.owe(
                visitor.person.account_id, Kind.RESULT_CHART, str(number), {"session_id": number}, NOW
            )
        await work.commit()
    async with database.write() as first, database.write() as second, asyncio.timeout(5):
        mine = await StoredWork(first).outbox.take(NOW, LEASE, 3)
        theirs = await StoredWork(second).outbox.take(NOW, LEASE, 3)
    assert [[parcel.payload["session_id"] for parcel in hand] for hand in (mine, theirs)] == [[0, 1, 2], [3]]
