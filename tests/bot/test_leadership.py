"""Several processes of one bot: one of them sends and fires, and another as soon as that one is gone."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import leadership
from bot.sandbox.server import BotApiServer
from bot.wiring import utc_now
from services.delivery.model import Kind
from storage.database import Database
from storage.outbox import OutboxTable
from tests.bot.conftest import ROOT, STARTS_IN, Teacher, enrol, find_free_port
from tests.storage.databases import Places, PostgresPlaces, SqlitePlaces
from tests.town import TOKEN

ME = 77
AT_ONCE = 30.0
"""Seconds, at most, on a busy machine: what is printed is what it took."""


class Replica:
    """One of the processes behind a webhook, which nobody calls: they have nothing to do but their duties."""

    def __init__(self, server: BotApiServer, folder: Path, url: str) -> None:
        self._server = server
        self._folder = folder
        self._url = url
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def leads(self) -> bool:
        return "bot.leadership: leading" in self._log.read_text()

    async def start(self) -> None:
        """Start and wait until it is ready."""
        self._folder.mkdir(exist_ok=True)
        environment = os.environ | {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self._server.url,
            "DATABASE_URL": self._url,
            "WEBHOOK_URL": "http://127.0.0.1:9",
            "WEBHOOK_SECRET": "a-secret-of-the-webhook",
            "WEBHOOK_PORT": str(find_free_port()),
            "MESSAGES_PER_SECOND": "0",
            "PYTHONPATH": str(ROOT),
        }
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._folder, env=environment, stdout=log, stderr=log
            )
        process = self._process
        await self._server.until(lambda: self._listens() or process.returncode is not None, STARTS_IN)
        assert process.returncode is None, self._log.read_text()

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit status."""
        process = self._process
        assert process is not None
        if process.returncode is None:
            process.send_signal(number)
        status = await asyncio.wait_for(process.wait(), 30)
        self._process = None
        return status

    async def clean_up(self) -> None:
        if self._process is not None:
            await self.end(signal.SIGKILL)

    def _listens(self) -> bool:
        return "listening on port" in self._log.read_text()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def places(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Places]:
    found: Places = (
        SqlitePlaces(tmp_path / "databases")
        if request.param == "sqlite"
        else PostgresPlaces(os.environ["TEST_POSTGRES_URL"], f"{worker_id}_leaders")
    )
    (tmp_path / "databases").mkdir()
    yield found
    asyncio.run(found.close())


@pytest.fixture
async def url(places: Places) -> AsyncIterator[str]:
    url = await places.empty()
    await enrol(url, [Teacher(ME, "")])
    yield url
    await places.remove(url)


@pytest.fixture
async def replicas(server: BotApiServer, tmp_path: Path, url: str) -> AsyncIterator[tuple[Replica, Replica]]:
    first, second = (Replica(server, tmp_path / name, url) for name in ("first", "second"))
    yield first, second
    await first.clean_up()
    await second.clean_up()


async def owe(url: str, keys: range) -> None:
    """A message for each key."""
    database = Database(url)
    async with database.write() as connection:
        for key in keys:
            await OutboxTable(connection).owe(1, Kind.ROLES_NEWS, f"news:{key}", {"person_id": 1}, utc_now())
        await connection.commit()
    await database.close()


async def hold(url: str, key: int) -> None:
    """A message that the leader has in hand: its send may have begun."""
    database = Database(url)
    async with database.write() as connection:
        await OutboxTable(connection).owe(1, Kind.ROLES_NEWS, f"news:{key}", {"person_id": 1}, utc_now())
        await connection.execute(
            text(
                "UPDATE outbox SET state = 'sending', attempts = 1, held_until = :until WHERE key = :key"
            ).bindparams(until=_stored(database, utc_now() + timedelta(minutes=2)), key=f"news:{key}")
        )
        await connection.commit()
    await database.close()


def _stored(database: Database, moment: object) -> object:
    return str(moment) if database.dialect == "sqlite" else moment


async def all_written_down(url: str) -> None:
    """Wait until the sender has noted all messages as sent: killed before that it would send some twice."""
    database = Database(url)
    async with asyncio.timeout(AT_ONCE):
        while await _states(database) != {"sent"}:  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.05)
    await database.close()


async def _states(database: Database) -> set[str]:
    async with database.read() as connection:
        return set((await connection.scalars(text("SELECT state FROM outbox"))).all())


async def test_another_process_takes_over_from_a_killed_leader(
    server: BotApiServer, url: str, replicas: tuple[Replica, Replica]
) -> None:
    server.messenger.add_user(ME, "Мария", started=True)

    def arrived() -> int:
        return sum("роли изменились" in message.text.lower() for message in server.messenger.history(ME))

    first, second = replicas
    await first.start()
    await second.start()
    await server.until(lambda: first.leads or second.leads)
    await owe(url, range(20))
    await server.until(lambda: arrived() == 20)
    leader, other = (first, second) if first.leads else (second, first)
    assert not other.leads
    await all_written_down(url)

    await hold(url, 20)
    began = time.monotonic()
    await leader.end(signal.SIGKILL)
    await owe(url, range(21, 30))
    await server.until(lambda: other.leads, AT_ONCE)
    led = time.monotonic() - began
    await server.until(lambda: arrived() == 30, AT_ONCE)
    print(f"\nkill -9: another leads after {led:.2f} s, all is sent after {time.monotonic() - began:.2f} s")

    await leader.start()
    await owe(url, range(30, 40))
    await server.until(lambda: arrived() == 40)
    assert not leader.leads
    began = time.monotonic()
    assert await other.end(signal.SIGTERM) == 0
    await server.until(lambda: leader.leads, AT_ONCE)
    print(f"SIGTERM: another leads {time.monotonic() - began:.2f} s later")
    await owe(url, range(40, 45))
    await server.until(lambda: arrived() == 45)
    await all_written_down(url)
    assert arrived() == 45


class Duties:
    """Counts how often they were begun, and how many are done at this moment."""

    def __init__(self, *, fail: bool = False) -> None:
        self.begun = 0
        self.present = 0
        self._fail = fail

    async def __call__(self) -> None:
        self.begun += 1
        self.present += 1
        try:
            if self._fail and self.begun == 1:
                raise RuntimeError("the first time goes wrong")
            await asyncio.Event().wait()
        finally:
            self.present -= 1


async def until(reached: Callable[[], object]) -> None:
    async with asyncio.timeout(AT_ONCE):
        while not reached():  # noqa: ASYNC110 (nobody tells)
            await asyncio.sleep(0.02)


@pytest.fixture
async def leading(tmp_path: Path) -> AsyncIterator[list[Duties]]:
    """Two processes that stand for one leadership; the duties of the first go wrong once."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}")
    duties = [Duties(fail=True), Duties()]
    standing = [asyncio.create_task(leadership.lead(database, each)) for each in duties]
    yield duties
    for task in standing:
        task.cancel()
    await asyncio.gather(*standing, return_exceptions=True)
    assert [each.present for each in duties] == [0, 0]
    await database.close()


async def test_duties_that_fail_are_taken_over(leading: list[Duties], caplog: pytest.LogCaptureFixture) -> None:
    first, second = leading
    await until(lambda: second.present)
    assert first.begun == 1
    assert "the first time goes wrong" in caplog.text
    await asyncio.sleep(2 * leadership.PAUSE)
    assert (first.present, second.begun) == (0, 1)


@pytest.mark.postgres
async def test_duties_end_when_the_leadership_is_lost(worker_id: str) -> None:
    places = PostgresPlaces(os.environ["TEST_POSTGRES_URL"], f"{worker_id}_leaders")
    url = await places.empty()
    database = Database(url)
    duties = Duties()
    standing = asyncio.create_task(leadership.lead(database, duties))
    await until(lambda: duties.present)
    async with database.read() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    await until(lambda: not duties.present)
    await until(lambda: duties.present)
    assert duties.begun == 2
    standing.cancel()
    await asyncio.gather(standing, return_exceptions=True)
    await database.close()
    await places.remove(url)
