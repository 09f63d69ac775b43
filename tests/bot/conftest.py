"""The bot as a process of its own, and teachers who are already in the middle of a test."""

import asyncio
import logging
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.server import BotApiServer
from bot.wiring import utc_now
from services.diagnostics.loading import load_instruments
from services.people.consent import load_consent
from services.people.model import Account, Kind, Profile, Role
from storage import migrate
from storage.database import Database
from storage.tables import survey_sessions
from storage.unit_of_work import StoredWork
from tests.migrated import put_migrated
from tests.town import DISTRICT, TOKEN

ROOT = Path(__file__).parents[2]
ITEMS = 84
STARTS_IN = 60.0
"""Seconds that a process may take to start on a busy machine."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody registered with a test: the account, and the answers given so far ("" for no test at all)."""

    user_id: int
    answers: str
    full_name: str = "Иванова Мария Петровна"


Hold = Callable[[], Awaitable[Callable[[], None]]]
"""Takes the write lock, and gives what lets go of it."""


async def enrol(url: str, teachers: Sequence[Teacher], school: str = "Школа № 1") -> int:
    """Write teachers of one school with their tests into the database at `url`; the school's id."""
    instrument = load_instruments()["boyko"]
    consent = load_consent().version
    now = utc_now() - timedelta(hours=1)
    database = Database(url)
    if database.file is not None:
        await put_migrated(database.file)
    await migrate.upgrade(database)
    async with database.write() as connection:
        work = StoredWork(connection)
        district = await work.organisations.add(Kind.MUNICIPALITY, DISTRICT, None)
        place = (await work.organisations.add(Kind.SCHOOL, school, district.id)).id
        for teacher in teachers:
            person = await work.people.welcome(Account("telegram", teacher.user_id), consent, now)
            await work.people.grant(person, Role.TEACHER, place, now)
            await work.people.save_profile(person, Profile(teacher.full_name, "Учитель", "Физика", 12, 1980), now)
            if not teacher.answers:
                continue
            done = len(teacher.answers)
            await connection.execute(
                insert(survey_sessions).values(
                    person_id=person,
                    instrument=instrument.id,
                    version=instrument.version,
                    alphabet=instrument.option_codes,
                    answers=teacher.answers.ljust(ITEMS, "."),
                    turn=done,
                    position=done + 1 if done < ITEMS else 0,
                    state="in_progress" if done < ITEMS else "finished",
                    started_at=now,
                    updated_at=now,
                    finished_at=None if done < ITEMS else now,
                )
            )
        await work.commit()
    await database.close()
    return place


class BotProcess:
    """`python -m bot run` with settings in its environment, started and killed any number of times."""

    def __init__(self, server: BotApiServer, folder: Path) -> None:
        self.messenger = server.messenger
        self.database = folder / "bot.db"
        self.url = f"sqlite+aiosqlite:///{self.database}"
        self.log = folder / "bot.log"
        self._server = server
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the bot and wait until it asks for updates."""
        before = self._polls()
        environment = os.environ | {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self._server.url,
            "DATABASE_URL": self.url,
            "PYTHONPATH": str(ROOT),
            # Its messenger has no limits: people of the tests need not be slow.
            "MESSAGES_PER_SECOND": "0",
        }
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._folder, env=environment, stdout=log, stderr=log
            )
        process = self._process
        await self._server.until(lambda: self._polls() > before or process.returncode is not None, STARTS_IN)
        assert process.returncode is None, self.log.read_text()

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit status."""
        assert self._process is not None
        process, self._process = self._process, None
        if process.returncode is None:
            process.send_signal(number)
        return await asyncio.wait_for(process.wait(), 30)

    async def kill(self) -> None:
        """SIGKILL, wherever it is."""
        if self._process is not None:
            await self.end(signal.SIGKILL)

    def _polls(self) -> int:
        return sum(call.method == "deleteWebhook" for call in self.messenger.calls)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """A messenger without flood limits behind a Bot API server; no bot yet."""
    server = BotApiServer(Messenger(token=TOKEN, username="school_bot", limits=None))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot_process(server: BotApiServer, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The bot as a process of its own; not started yet."""
    process = BotProcess(server, tmp_path)
    yield process
    await process.kill()


def find_free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as sock:
        sock.bind(("", 0))
        return int(sock.getsockname()[1])


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens at."""
    return find_free_port()


@pytest.fixture
def writer_held(tmp_path: Path) -> Iterator[Hold]:
    """Takes the write lock of the SQLite database from outside, so that nothing can be committed.

    The call returns what lets go of the lock.
    """
    connections: list[sqlite3.Connection] = []

    async def hold() -> Callable[[], None]:
        connection = sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
        connections.append(connection)
        # In a thread: whatever the bot is writing at this moment comes to its end meanwhile.
        await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
        return lambda: connection.execute("ROLLBACK") and None

    yield hold
    for connection in connections:
        connection.close()


def run(*arguments: object) -> Result:
    """`python -m bot` with these arguments, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="python -m bot")


async def run_beside(*arguments: object) -> Result:
    """The same while this process serves something."""
    return await asyncio.to_thread(run, *arguments)


def flat(text: str) -> str:
    """Without the breaks of lines that the width of a terminal made."""
    return " ".join(text.split())


def refused(result: Result, *parts: str) -> None:
    """It ended with status 1 and an explanation, and without a trace."""
    assert result.exit_code == 1, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    for part in parts:
        assert part in flat(result.stderr)


@pytest.fixture
def own_logs() -> Iterator[None]:
    """Commands set up logs of their own: give pytest back its handlers."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the commands' database, which is not there yet."""
    address = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    return address
