"""SQLite as we open it: nothing accepted is lost in a power cut, nobody meets a locked database."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from services.people.model import Kind, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.storage.databases import Places
from tests.storage.residents import NOW, school


@pytest.fixture
async def url(sqlite_places: Places) -> AsyncIterator[str]:
    url = await sqlite_places.migrated()
    yield url
    await sqlite_places.remove(url)


PRAGMAS = ("journal_mode", "synchronous", "foreign_keys")


def pragmas(connection: Connection) -> list[object]:
    return [connection.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS]


async def test_commits_reach_the_disk(database: Database) -> None:
    """WAL, synchronous=FULL (2) and foreign keys, on both writers and on every reader."""
    async with database.write() as writer, database.read() as first, database.read() as second:
        for connection in (writer, first, second):
            assert await connection.run_sync(pragmas) == ["wal", 2, 1]
    assert await database.write_at_once(pragmas) == ["wal", 2, 1]
    assert database.file is not None
    with closing(sqlite3.connect(database.file)) as witness:
        assert witness.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_new_file_that_somebody_else_opens_at_once_is_waited_for(sqlite_places: Places) -> None:
    """Without our own waiting SQLite fails at once here: two processes that start together met it."""
    database = Database(await sqlite_places.empty())
    assert database.file is not None
    with closing(sqlite3.connect(database.file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        leaving = threading.Timer(0.1, other.execute, ["COMMIT"])
        leaving.start()
        await migrate.upgrade(database)
        leaving.join()
    await database.close()


async def test_row_without_its_parent_is_refused(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            await StoredWork(connection).people.grant(999, Role.TEACHER, 999, NOW)


async def test_reader_cannot_write(database: Database) -> None:
    async with database.read() as connection:
        with pytest.raises(OperationalError, match="readonly"):
            await StoredWork(connection).organisations.add(Kind.REGION, "Область", None)


async def test_reader_does_not_wait_for_a_writer(database: Database) -> None:
    await school(database)
    async with database.write() as writer, asyncio.timeout(5):
        await StoredWork(writer).organisations.add(Kind.REGION, "Область", None)
        async with database.read() as reader:
            work = StoredWork(reader)
            assert await work.organisations.all(Kind.REGION) == []
            assert len(await work.organisations.all(Kind.SCHOOL)) == 1
        await writer.commit()
    async with database.read() as reader:
        assert len(await StoredWork(reader).organisations.all(Kind.REGION)) == 1


async def test_writer_does_not_wait_for_a_reader(database: Database) -> None:
    async with database.read() as reader, asyncio.timeout(5):
        assert await StoredWork(reader).organisations.all(Kind.SCHOOL) == []
        await school(database)


async def test_writers_wait_for_each_other(database: Database, other_process: Database) -> None:
    """Each reads before it writes: without BEGIN IMMEDIATE some of them would find the database locked."""

    async def count_up(place: Database) -> None:
        async with place.write() as connection:
            work = StoredWork(connection)
            number = len(await work.organisations.all(Kind.REGION))
            await asyncio.sleep(0)
            await work.organisations.add(Kind.REGION, f"Область {number}", None)
            await work.commit()

    await asyncio.gather(*(count_up(place) for place in (database, other_process) * 20))
    async with database.read() as connection:
        names = [region.name for region in await StoredWork(connection).organisations.all(Kind.REGION)]
    assert names == [f"Область {number}" for number in range(40)]


async def test_failed_commit_lets_the_next_writer_in(database: Database, other_process: Database) -> None:
    async with database.write() as connection:
        # A deferred key is checked at COMMIT, which fails and leaves SQLite's transaction open.
        await connection.execute(
            text("CREATE TABLE doomed (id INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED)")
        )
        await connection.execute(text("INSERT INTO doomed VALUES (-1)"))
        with pytest.raises(IntegrityError):
            await connection.commit()
    async with asyncio.timeout(5):
        await school(database)
        await school(other_process, "Школа № 2")
    async with other_process.read() as connection:
        assert len(await StoredWork(connection).organisations.all(Kind.SCHOOL)) == 2


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
def test_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="file"):
        Database(url)


async def test_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "data" / "new" / "bot.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate.upgrade(database)
    await database.close()
    assert file.exists()
