"""Proposed pairs that wait for answers, in the database."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.mentoring.pair import PairState
from services.mentoring.pairing.ports import Offer
from storage.mentoring_tables import pairs
from storage.reachable import agrees


class OfferTable:
    """The part of `services.mentoring.pairing.ports.MatchingStore` about pairs that are proposed."""

    _connection: AsyncConnection

    async def over(self, now: datetime) -> Sequence[int]:
        return (
            await self._connection.scalars(
                select(pairs.c.id)
                .where(
                    pairs.c.state == PairState.PROPOSED.value,
                    or_(
                        pairs.c.answer_by <= now,
                        # A new text of the consent does not end what is proposed: only taking it back does.
                        ~agrees(pairs.c.mentor_id, None),
                        ~agrees(pairs.c.mentee_id, None),
                    ),
                )
                .order_by(pairs.c.id)
            )
        ).all()

    async def unanswered(self, before: datetime) -> Sequence[Offer]:
        rows = await self._connection.execute(
            select(pairs.c.id, pairs.c.school_id, pairs.c.proposed_at, pairs.c.answer_by)
            .where(
                pairs.c.state == PairState.PROPOSED.value,
                pairs.c.answer_by <= before,
                pairs.c.nudged_on.is_(None),
            )
            .order_by(pairs.c.id)
        )
        return [Offer(row.id, row.school_id, row.proposed_at, row.answer_by) for row in rows]

    async def reminded(self, pair_id: int, today: date) -> bool:
        # Without a new turn: whoever answers at the same moment is not in the way of it.
        marked = await self._connection.execute(
            update(pairs)
            .where(pairs.c.id == pair_id, pairs.c.state == PairState.PROPOSED.value, pairs.c.nudged_on.is_(None))
            .values(nudged_on=today)
        )
        return marked.rowcount == 1
