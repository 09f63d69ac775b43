"""Engines and transactions for SQLite and PostgreSQL.

SQLite: one transaction writes at a time, behind a lock and with BEGIN IMMEDIATE, so that nobody ever meets
"database is locked"; a few read-only connections serve reports meanwhile (WAL). `synchronous=FULL`: what a
teacher saw accepted survives a power cut.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, StaticPool

Result = TypeVar("Result")

READERS = 4
PATIENCE = 30
"""Seconds that SQLite waits for somebody else's lock."""
_MAPPED = 1 << 30
"""Bytes of the file that connections see by way of the system's own cache; it is address space, not memory."""
# Parameters are people's words: they must not reach the log with an error.
_SQLITE: dict[str, Any] = {"hide_parameters": True, "connect_args": {"timeout": PATIENCE}}


class Database:
    """Access to one database; `write()` and `read()` each give a connection inside a transaction."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.dialect = parsed.get_backend_name()
        self.url = url
        if self.dialect == "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError("an SQLite database needs a file: its connections share nothing in memory")
            self.file: Path | None = Path(parsed.database)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _sqlite_engine(url, connections=1, writes=True)
            self._reader = _sqlite_engine(url, connections=READERS, writes=False)
            self._turn: AbstractAsyncContextManager[object] = asyncio.Lock()
            self._at_once = _sqlite_writer_thread(parsed)
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        else:
            self.file = None
            self._writer = create_async_engine(
                url,
                pool_size=10,
                max_overflow=10,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={"command_timeout": 60},
            )
            # All statements of a reader see the same moment, as they do on SQLite.
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._turn = nullcontext()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is rolled back unless the caller commits the connection."""
        async with self._turn, self._writer.connect() as connection:
            yield connection

    async def write_at_once(self, work: Callable[[Connection], Result]) -> Result:
        """Run a short synchronous `work` in a transaction of its own and commit it.

        On SQLite all of it happens in one visit to the writer's thread.
        """
        if self.file is None:
            async with self._writer.begin() as connection:
                return await connection.run_sync(work)
        async with self._turn:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        with self._at_once.begin() as connection:
            return work(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A snapshot for reading; on SQLite it cannot write."""
        async with self._reader.connect() as connection:
            yield connection

    async def clear_journal(self) -> None:
        """Write SQLite's journal into the database and empty it: what was deleted is then in neither of them."""
        if self.file is not None:
            async with self._turn, self._writer.connect() as connection:
                raw = await connection.get_raw_connection()
                assert raw.driver_connection is not None
                await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Give all connections back."""
        await self._writer.dispose()
        if self.file is not None:
            await self._reader.dispose()
            await asyncio.get_running_loop().run_in_executor(self._thread, self._at_once.dispose)
            self._thread.shutdown()


def _sqlite_engine(url: str, connections: int, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=60,
        **_SQLITE,
    )
    _prepare(engine.sync_engine, writes=writes)
    return engine


def _sqlite_writer_thread(url: URL) -> Engine:
    """An engine for the writer's thread alone, with one connection."""
    engine = create_engine(url.set(drivername="sqlite"), poolclass=StaticPool, **_SQLITE)
    _prepare(engine, writes=True)
    return engine


def _prepare(engine: Engine, *, writes: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        # The driver's own BEGIN comes too late and is never IMMEDIATE: we send it ourselves below.
        connection.isolation_level = None
        cursor = connection.cursor()
        _turn_to_wal(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What a person deletes is overwritten, not left in the file's free pages.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA busy_timeout={1000 * PATIENCE}")
        # Reports touch every page many times; SQLite's own cache of 2 MB would have each read as often.
        cursor.execute(f"PRAGMA mmap_size={_MAPPED}")
        if not writes:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "invalidate")
    def let_go(connection: Any, _record: object, _error: object) -> None:
        # Work cancelled in the middle of a statement: closed while somebody still refers to the statement, SQLite
        # would keep the transaction open and the database locked.
        connection.rollback()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if connection.connection.driver_connection.in_transaction:
            # Work that was cancelled in the middle, or a COMMIT that failed, has left its transaction open.
            connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _turn_to_wal(cursor: Any) -> None:
    """Processes that open a new file at once: SQLite fails whoever comes second instead of letting them wait."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)
