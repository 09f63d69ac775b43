"""The lock under which the sheets of an anonymous campaign are written anew or counted: never both at once."""

from sqlalchemy import BigInteger, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection


async def lock_sheets(connection: AsyncConnection, campaign_id: int | None) -> None:
    """Wait for whoever works on the sheets; held to the end of the transaction. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        key = func.hashtextextended(f"anonymous sheets {campaign_id}", 0)
        await connection.execute(select(func.pg_advisory_xact_lock(cast(key, BigInteger))))
