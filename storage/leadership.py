"""One leader among the processes of one database: a PostgreSQL advisory lock, or a locked file beside SQLite's.

The system takes both away from a process that dies, however it dies.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from storage.database import Database

TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""What a database out of reach raises here."""

# Any fixed number but that of the migrations.
LOCK = 7_240_902
TRY = 0.2
"""Seconds between tries to lock the file."""
WATCH = 2.0
"""Seconds between looks whether PostgreSQL still holds the lock for us."""
ANSWER = 5.0
"""Seconds that PostgreSQL may take to answer."""
WAIT = 30
"""Seconds after which whoever waits for the lock asks anew: a dead line would be waited at for ever."""
_KEEP_ALIVE = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"


def leading(database: Database) -> AbstractAsyncContextManager[asyncio.Event]:
    """Wait until no other process leads, and lead inside the block.

    The event is set when the leadership is lost: another process may have it from then on. Raises one of TROUBLE
    when the database is out of reach. PostgreSQL keeps the lock with its connection, so a pooler between must
    work by sessions.
    """
    return _by_connection(database.url) if database.file is None else _by_file(database.file)


@asynccontextmanager
async def _by_file(database: Path) -> AsyncIterator[asyncio.Event]:
    place = database.with_name(f"{database.name}.leader")
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _locked(descriptor):  # noqa: ASYNC110 (the kernel tells nobody when it is free)
            await asyncio.sleep(TRY)
        # The kernel keeps it for as long as the file is open: it is never lost.
        yield asyncio.Event()
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _by_connection(url: str) -> AsyncIterator[asyncio.Event]:
    connection = await asyncpg.connect(**_options(url), timeout=ANSWER)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    try:
        await _obtain(connection)
        watching = asyncio.create_task(_watch(connection, lost))
        try:
            yield lost
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
    finally:
        with suppress(*TROUBLE):
            await connection.close(timeout=1)


def _options(url: str) -> dict[str, Any]:
    """The arguments of asyncpg.connect that SQLAlchemy would take from this address, without those of its own."""
    parsed = make_url(url)
    _, options = parsed.get_dialect()().create_connect_args(parsed)
    return {name: value for name, value in options.items() if not name.startswith("prepared_statement_")}


async def _obtain(connection: Any) -> None:
    # The server must notice a leader whose machine is gone, or its lock would outlive it by hours.
    await connection.execute(f"{_KEEP_ALIVE}; SET statement_timeout = 0; SET lock_timeout = '{WAIT}s'")
    while True:
        try:
            await connection.execute(f"SELECT pg_advisory_lock({LOCK})", timeout=WAIT + ANSWER)
        except asyncpg.LockNotAvailableError:
            continue
        return


async def _watch(connection: Any, lost: asyncio.Event) -> None:
    while not lost.is_set():
        await asyncio.sleep(WATCH)
        try:
            await connection.execute("SELECT 1", timeout=ANSWER)
        except TROUBLE:
            lost.set()
