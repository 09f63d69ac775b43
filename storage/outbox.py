"""The outbox: rows that are owed to people, and the sender's hold on them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import MASS, Kind, Parcel
from services.people.model import Account
from storage.conflict import insert_new
from storage.tables import accounts, outbox

REASON_LIMIT = 200


def row_of(account_id: int, kind: Kind, key: str, payload: Mapping[str, int], now: datetime) -> dict[str, Any]:
    """A new row, due at once."""
    return {
        "account_id": account_id,
        "kind": kind.value,
        "key": key,
        "payload": dict(payload),
        "not_before": now,
        "created_at": now,
    }


class OutboxTable:
    """`services.delivery.model.Outbox` over one connection, and what the sender does with its rows."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def owe(self, account_id: int, kind: Kind, key: str, payload: Mapping[str, int], now: datetime) -> bool:
        return await insert_new(self._connection, outbox, row_of(account_id, kind, key, payload, now))

    async def is_due(self, now: datetime) -> bool:
        """Whether some row waits to be taken."""
        return (
            await self._connection.scalar(
                select(outbox.c.id)
                .where(outbox.c.state.in_(("pending", "sending")), outbox.c.not_before <= now)
                .limit(1)
            )
        ) is not None

    async def take(self, now: datetime, lease: timedelta, most: int) -> Sequence[Parcel]:
        """Mark up to `most` due rows as being sent and give them out, mass sends last, the oldest first.

        A row is held for `lease`; whoever dies with it in hand loses the hold then, and it is taken again.
        """
        due = (
            select(outbox.c.id)
            .where(outbox.c.state.in_(("pending", "sending")), outbox.c.not_before <= now)
            .order_by(outbox.c.kind.in_(MASS), outbox.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        ids = (await self._connection.scalars(due)).all()
        if not ids:
            return []
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids))
            .values(state="sending", attempts=outbox.c.attempts + 1, not_before=now + lease)
        )
        rows = await self._connection.execute(
            select(outbox, accounts.c.channel, accounts.c.external_id)
            .join(accounts, accounts.c.id == outbox.c.account_id)
            .where(outbox.c.id.in_(ids))
            .order_by(outbox.c.kind.in_(MASS), outbox.c.id)
        )
        return [
            Parcel(row.id, Account(row.channel, row.external_id), Kind(row.kind), row.payload, row.attempts)
            for row in rows
        ]

    async def sent(self, parcel_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(outbox).where(outbox.c.id == parcel_id).values(state="sent", sent_at=now, reason=None)
        )

    async def postpone(self, parcel_id: int, until: datetime, reason: str) -> None:
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == parcel_id)
            .values(state="pending", not_before=until, reason=reason[:REASON_LIMIT])
        )

    async def give_up(self, parcel_id: int, reason: str) -> None:
        await self._connection.execute(
            update(outbox).where(outbox.c.id == parcel_id).values(state="failed", reason=reason[:REASON_LIMIT])
        )
