"""One of several processes leads, and the next one as soon as it is gone."""

import asyncio

import pytest

from storage.database import Database
from storage.leadership import LOCK, leading
from tests.storage.databases import Places, Witness

SOON = 10.0
"""Seconds, at most, on a busy machine."""


class Candidate:
    """Stands for the leadership until told to go."""

    def __init__(self, database: Database) -> None:
        self.leads = asyncio.Event()
        self.lost: asyncio.Event | None = None
        self._leave = asyncio.Event()
        self._standing = asyncio.create_task(self._stand(database))

    async def _stand(self, database: Database) -> None:
        async with leading(database) as lost:
            self.lost = lost
            self.leads.set()
            await self._leave.wait()

    async def leave(self) -> None:
        self._leave.set()
        await self._standing

    async def give_up(self) -> None:
        self._standing.cancel()
        await asyncio.gather(self._standing, return_exceptions=True)


async def test_the_next_leads_when_the_leader_leaves(database: Database, other_process: Database) -> None:
    first = Candidate(database)
    await asyncio.wait_for(first.leads.wait(), SOON)
    second = Candidate(other_process)
    await asyncio.sleep(0.5)
    assert not second.leads.is_set()
    await first.leave()
    await asyncio.wait_for(second.leads.wait(), SOON)
    await second.leave()


async def test_whoever_stops_waiting_leaves_no_lock_behind(database: Database, other_process: Database) -> None:
    first = Candidate(database)
    await asyncio.wait_for(first.leads.wait(), SOON)
    impatient = Candidate(other_process)
    await asyncio.sleep(0.3)
    await impatient.give_up()
    await first.leave()
    third = Candidate(other_process)
    await asyncio.wait_for(third.leads.wait(), SOON)
    assert not impatient.leads.is_set()
    await third.leave()


@pytest.mark.postgres
async def test_a_broken_connection_ends_the_leadership(postgres_places: Places) -> None:
    url = await postgres_places.empty()
    database, witness = Database(url), Witness(url)
    first = Candidate(database)
    await asyncio.wait_for(first.leads.wait(), SOON)
    second = Candidate(database)
    holders = await witness.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_locks"
        f" WHERE locktype = 'advisory' AND objid = {LOCK} AND granted"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    assert len(holders) == 1
    assert first.lost is not None
    await asyncio.wait_for(first.lost.wait(), SOON)
    await asyncio.wait_for(second.leads.wait(), SOON)
    assert second.lost is not None
    assert not second.lost.is_set()
    await first.leave()
    await second.leave()
    await witness.close()
    await database.close()
    await postgres_places.remove(url)
