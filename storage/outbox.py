"""The outbox: rows that are owed to people, and the sender's hold on them.

A row that is taken stays `pending` and is held until a moment; it becomes `sending` in a commit just before its
send. Every taking adds one to `attempts`, and only who has the present number may change the row.

`begin` and `mark_sent` happen to every message there is: they are for `Database.write_at_once`, which visits the
database once where an awaited transaction does so several times.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import CURABLE, MASS, Failure, Kind, Parcel, Traffic
from services.people.model import Account
from storage.conflict import insert_new
from storage.tables import accounts, outbox

REASON_LIMIT = 200
_OPEN = outbox.c.state.in_(("pending", "sending"))


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


def _is_due(now: datetime, kinds: Collection[Kind], besides: Collection[int]) -> ColumnElement[bool]:
    return and_(
        _OPEN,
        outbox.c.not_before <= now,
        or_(outbox.c.held_until.is_(None), outbox.c.held_until <= now),
        outbox.c.kind.in_([kind.value for kind in kinds]),
        outbox.c.id.not_in(besides),
    )


def begin(connection: Connection, parcel: Parcel) -> bool:
    """Mark the parcel as being sent; False when somebody else has taken it meanwhile."""
    return connection.execute(_change(parcel, state="sending")).rowcount == 1


def mark_sent(connection: Connection, parcel: Parcel, now: datetime) -> bool:
    """It is delivered; False when somebody else has taken it meanwhile."""
    change = _change(parcel, state="sent", sent_at=now, held_until=None, reason=None)
    return connection.execute(change).rowcount == 1


def _change(parcel: Parcel, **values: Any) -> Update:
    return (
        update(outbox)
        .where(
            outbox.c.id == parcel.id,
            _OPEN,
            outbox.c.attempts == parcel.attempts,
            outbox.c.held_until.is_not(None),
        )
        .values(values)
    )


class OutboxTable:
    """`services.delivery.model.Outbox` over one connection, and what the sender does with its rows."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def owe(self, account_id: int, kind: Kind, key: str, payload: Mapping[str, int], now: datetime) -> bool:
        return await insert_new(self._connection, outbox, row_of(account_id, kind, key, payload, now))

    async def is_due(
        self, now: datetime, kinds: Collection[Kind] = tuple(Kind), besides: Collection[int] = ()
    ) -> bool:
        """Whether some row of these kinds waits to be taken, besides those with the given ids."""
        return (
            await self._connection.scalar(select(outbox.c.id).where(_is_due(now, kinds, besides)).limit(1))
        ) is not None

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next of the rows that are for later becomes due."""
        found: datetime | None = await self._connection.scalar(
            select(outbox.c.not_before)
            .where(outbox.c.state == "pending", outbox.c.not_before > now)
            .order_by(outbox.c.not_before)
            .limit(1)
        )
        return found

    async def take(
        self,
        now: datetime,
        lease: timedelta,
        most: int,
        kinds: Collection[Kind] = tuple(Kind),
        besides: Collection[int] = (),
    ) -> Sequence[Parcel]:
        """Hold up to `most` due rows for `lease` and give them out, mass sends last, the oldest first."""
        due = (
            select(outbox.c.id)
            .where(_is_due(now, kinds, besides))
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
            .values(state="pending", attempts=outbox.c.attempts + 1, held_until=now + lease)
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

    async def postpone(self, parcel: Parcel, until: datetime, reason: str | None = None) -> bool:
        """Try again at that moment; False when somebody else has taken it meanwhile."""
        change = _change(
            parcel, state="pending", not_before=until, held_until=None, reason=reason and reason[:REASON_LIMIT]
        )
        return (await self._connection.execute(change)).rowcount == 1

    async def give_up(self, parcel: Parcel, reason: str, now: datetime) -> bool:
        """Never try again; False when somebody else has taken it meanwhile."""
        # What waits for nothing any more keeps in `not_before` when it was given up.
        change = _change(parcel, state="failed", not_before=now, held_until=None, reason=reason[:REASON_LIMIT])
        return (await self._connection.execute(change)).rowcount == 1

    async def release_all(self) -> None:
        """End every hold: whoever held something is known to be gone."""
        await self._connection.execute(
            update(outbox).where(_OPEN, outbox.c.held_until.is_not(None)).values(state="pending", held_until=None)
        )

    async def traffic(self, now: datetime, sent_since: datetime, failed_since: datetime) -> Traffic:
        later = and_(outbox.c.state == "pending", outbox.c.not_before > now)
        opened = await self._count(_OPEN)
        postponed = await self._count(later)
        reasons = await self._connection.execute(
            select(outbox.c.reason, func.count())
            .where(outbox.c.state == "failed", outbox.c.not_before >= failed_since)
            .group_by(outbox.c.reason)
        )
        failed: Counter[Failure] = Counter()
        for reason, count in reasons:
            failed[Failure.of(reason or "")] += count
        blocked = await self._connection.scalar(
            select(func.count()).select_from(accounts).where(accounts.c.blocked_at.is_not(None))
        )
        return Traffic(
            waiting=opened - postponed,
            postponed=postponed,
            next_at=await self.next_due(now),
            sent=await self._count(and_(outbox.c.state == "sent", outbox.c.sent_at >= sent_since)),
            failed=failed,
            blocked=blocked or 0,
        )

    async def send_again(self, now: datetime, failed_since: datetime) -> int:
        curable = or_(*(outbox.c.reason.startswith(failure.value) for failure in CURABLE))
        changed = await self._connection.execute(
            update(outbox)
            .where(outbox.c.state == "failed", outbox.c.not_before >= failed_since, curable)
            .values(state="pending", not_before=now, reason=None)
        )
        return changed.rowcount

    async def later(self, account_id: int, kind: Kind, after_id: int) -> Sequence[Mapping[str, int]]:
        """Payloads of the account's later rows of this kind, sent or still to be sent, the oldest first.

        Rows of one person are made side by side: the later one may be the quicker.
        """
        found = await self._connection.scalars(
            select(outbox.c.payload)
            .where(
                outbox.c.state != "failed",
                outbox.c.account_id == account_id,
                outbox.c.kind == kind.value,
                outbox.c.id > after_id,
            )
            .order_by(outbox.c.id)
        )
        return found.all()

    async def _count(self, condition: ColumnElement[bool]) -> int:
        return await self._connection.scalar(select(func.count()).select_from(outbox).where(condition)) or 0
