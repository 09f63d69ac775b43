"""Databases that exist for one benchmark."""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.engine import make_url

from storage import migrate
from storage.database import Database

VARIABLE = "TEST_POSTGRES_URL"
DRIVER = "postgresql+asyncpg"


def databases() -> list[str]:
    """The databases that can be measured here: PostgreSQL only with TEST_POSTGRES_URL set."""
    return ["sqlite", "postgresql"] if os.environ.get(VARIABLE) else ["sqlite"]


@asynccontextmanager
async def empty_database(kind: str) -> AsyncIterator[Database]:
    """A migrated database in a folder of its own, or of its own name on the server; gone afterwards."""
    place = _sqlite() if kind == "sqlite" else _postgresql(os.environ[VARIABLE])
    async with place as url:
        database = Database(url)
        try:
            await migrate.upgrade(database)
            yield database
        finally:
            await database.close()


@asynccontextmanager
async def _sqlite() -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        yield f"sqlite+aiosqlite:///{folder}/bot.db"


@asynccontextmanager
async def _postgresql(address: str) -> AsyncIterator[str]:
    url = make_url(address)
    name = f"bench_{secrets.token_hex(4)}"
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    await _command(server, f"CREATE DATABASE {name}")
    try:
        yield url.set(drivername=DRIVER, database=name).render_as_string(hide_password=False)
    finally:
        await _command(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _command(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
