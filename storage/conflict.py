"""INSERT that leaves what is there already alone, on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_new(connection: AsyncConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert the row; False when a unique constraint says that it is there already."""
    build = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    statement = build(table).values(**values).on_conflict_do_nothing()
    return (await connection.execute(statement)).rowcount == 1
