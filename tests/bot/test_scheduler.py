"""What fires in which process, and what ends with the leadership."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import wiring
from bot.scheduler import HEARTBEAT
from bot.settings import load_settings
from storage import migrate
from tests.town import TOKEN

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[wiring.House]:
    """A bot with a handled update of last year, which the leader's `forget` does away with."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    house = wiring.build(load_settings(bot_token=TOKEN, database_url=url), lambda: NOW)
    await migrate.upgrade(house.database)
    async with house.database.write() as connection:
        await connection.execute(
            text("INSERT INTO handled_updates VALUES ('telegram', 1, '2025-03-02 09:00:00.000000')")
        )
        await connection.commit()
    house.scheduler.start()
    yield house
    house.scheduler.stop()
    await house.close()


async def marks(house: wiring.House) -> int:
    async with house.database.read() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM handled_updates")) or 0)


async def test_every_process_beats_and_only_the_leader_tends(house: wiring.House, tmp_path: Path) -> None:
    async with asyncio.timeout(10):
        while not (tmp_path / HEARTBEAT).exists():  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    assert await marks(house) == 1
    leading = asyncio.create_task(house.scheduler.lead())
    async with asyncio.timeout(10):
        while await marks(house):  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.05)
    leading.cancel()
    await asyncio.gather(leading, return_exceptions=True)


async def test_a_job_under_way_ends_with_the_leadership(house: wiring.House) -> None:
    async with house.database.write():
        # The database is taken: what the leader does now waits for it.
        leading = asyncio.create_task(house.scheduler.lead())
        await asyncio.sleep(0.5)
        leading.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(leading, return_exceptions=True)
    await asyncio.sleep(0.5)
    assert await marks(house) == 1
