"""INSERT that leaves what is there already alone, on both databases."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect, Insert, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection


def insert_for(dialect: Dialect) -> Callable[[Table], Any]:
    """The database's own INSERT, which knows ON CONFLICT."""
    return sqlite_insert if dialect.name == "sqlite" else postgresql_insert


def insertion(dialect: Dialect, table: Table, values: Mapping[str, Any]) -> Insert:
    """The statement that inserts the row unless a unique constraint says that it is there already."""
    statement: Insert = insert_for(dialect)(table).values(**values).on_conflict_do_nothing()
    return statement


async def insert_new(connection: AsyncConnection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert the row; False when it is there already."""
    return (await connection.execute(insertion(connection.dialect, table, values))).rowcount == 1
