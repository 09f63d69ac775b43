"""Where the tests' databases are made: files of SQLite and databases of PostgreSQL, copied from a migrated one."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import asyncpg
from sqlalchemy import Executable, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate
from storage.database import Database

_SHAPE = """
    SELECT md5(concat(
        (SELECT string_agg(concat(attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum)
         FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_constraint),
        (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_trigger),
        (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_proc),
        (SELECT version_num FROM alembic_version)
    ))
"""
# Whatever refers to whatever, rows go and numbers begin anew.
_EMPTY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid();
    SET session_replication_role = replica;
    DO $$
    DECLARE name text; has_rows boolean;
    BEGIN
        FOR name IN SELECT oid::regclass FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname != 'alembic_version'
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO has_rows;
            IF has_rows THEN EXECUTE format('DELETE FROM %s', name); END IF;
        END LOOP;
        FOR name IN SELECT seqrelid::regclass FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
        LOOP
            EXECUTE format('ALTER SEQUENCE %s RESTART', name);
        END LOOP;
    END $$;
"""


class Places(Protocol):
    """Makes databases of one kind; each is given as the URL that the settings would have."""

    async def empty(self) -> str: ...

    async def migrated(self) -> str: ...

    async def remove(self, url: str) -> None: ...

    async def close(self) -> None: ...


class SqlitePlaces:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template: Path | None = None

    async def empty(self) -> str:
        return _sqlite_url(self._folder / f"{next(self._numbers)}.db")

    async def migrated(self) -> str:
        if self._template is None:
            template = self._folder / "template.db"
            await _migrate(_sqlite_url(template))
            self._template = template
        file = self._folder / f"{next(self._numbers)}.db"
        shutil.copy(self._template, file)
        return _sqlite_url(file)

    async def remove(self, url: str) -> None:
        for file in self._folder.glob(f"{Path(url).name}*"):
            file.unlink()

    async def close(self) -> None:
        shutil.rmtree(self._folder)


class PostgresPlaces:
    """Databases beside the one of `url`, named after it and the worker, so that runs and workers never meet."""

    def __init__(self, url: str, worker: str) -> None:
        parsed = make_url(url)
        self._server = parsed.set(drivername="postgresql")
        self._prefix = f"{parsed.database}_storage_{worker}"
        self._numbers = count(1)
        self._template: str | None = None
        self._made: dict[str, str] = {}
        """The shape of each migrated database as it was made, by its URL."""
        self._free: list[str] = []

    async def empty(self) -> str:
        return await self._make(f"{self._prefix}_{next(self._numbers)}", "template0")

    async def migrated(self) -> str:
        if self._free:
            return self._free.pop()
        if self._template is None:
            template = f"{self._prefix}_template"
            await _migrate(await self._make(template, "template0"))
            self._template = template
        url = await self._make(f"{self._prefix}_{next(self._numbers)}", self._template)
        async with self._connected(url) as connection:
            self._made[url] = await connection.fetchval(_SHAPE)
        return url

    async def remove(self, url: str) -> None:
        """Emptied, a migrated database serves the next test: to make and drop one takes longer than most tests."""
        if url in self._made:
            async with self._connected(url) as connection:
                if await connection.fetchval(_SHAPE) == self._made[url]:
                    await connection.execute(_EMPTY)
                    self._free.append(url)
                    return
        await self._drop(url)

    async def _drop(self, url: str) -> None:
        await self._order(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    async def close(self) -> None:
        for url in self._free:
            await self._drop(url)
        if self._template is not None:
            await self._order(f'DROP DATABASE "{self._template}" WITH (FORCE)')

    async def _make(self, name: str, template: str) -> str:
        await self._order(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"'
        )
        url = self._server.set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    async def _order(self, *commands: str) -> None:
        async with self._connected(self._server.render_as_string(hide_password=False)) as connection:
            for command in commands:
                await connection.execute(command)

    @asynccontextmanager
    async def _connected(self, url: str) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(url.replace("postgresql+asyncpg:", "postgresql:"))
        try:
            yield connection
        finally:
            await connection.close()


class Witness:
    """A connection of its own beside the tested code: what it sees is committed."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0)
        self.dialect = self._engine.dialect.name

    async def rows(self, query: str | Executable, **values: object) -> list[dict[str, Any]]:
        """All rows of a SELECT, by column name."""
        async with self._engine.connect() as connection:
            found = await connection.execute(text(query) if isinstance(query, str) else query, values)
            return [dict(row) for row in found.mappings()]

    async def one(self, query: str | Executable, **values: object) -> Any:
        """The only column of the only row."""
        [row] = await self.rows(query, **values)
        [value] = row.values()
        return value

    async def change(self, *statements: str, **values: object) -> None:
        """Do the statements, each committed at once."""
        async with self._engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement), values)

    async def close(self) -> None:
        await self._engine.dispose()


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate.upgrade(database)
    await database.close()
