"""Statements that were asked for, and what everybody asked for last."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.reporting.ports import Choice, Kept
from services.reporting.statement.codec import from_json, to_json
from services.reporting.statement.model import Statement
from storage.conflict import insert_for
from storage.reporting_tables import report_choices, statements

log = logging.getLogger(__name__)


class StatementTable:
    """`services.reporting.ports.StatementStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def order(
        self, organisation_id: int, period: str, person_id: int | None, cause: str, now: datetime
    ) -> int:
        found = await self._connection.scalar(select(statements.c.id).where(statements.c.cause == cause))
        if found is not None:
            return int(found)
        made = await self._connection.execute(
            insert(statements)
            .values(organisation_id=organisation_id, period=period, asked_by=person_id, asked_at=now, cause=cause)
            .returning(statements.c.id)
        )
        return int(made.scalar_one())

    async def get(self, statement_id: int) -> Kept | None:
        rows = await self._connection.execute(select(statements).where(statements.c.id == statement_id))
        row = rows.first()
        return _kept(row, from_json(row.content) if row.content is not None else None) if row else None

    async def fill(self, statement_id: int, statement: Statement) -> bool:
        result = await self._connection.execute(
            update(statements)
            .where(statements.c.id == statement_id, statements.c.content.is_(None))
            .values(content=to_json(statement))
        )
        return result.rowcount == 1

    async def listed(self, organisation_id: int, most: int) -> Sequence[Kept]:
        columns = [column for column in statements.c if column.name != "content"]
        rows = await self._connection.execute(
            select(*columns)
            .where(statements.c.organisation_id == organisation_id, statements.c.content.is_not(None))
            .order_by(statements.c.id.desc())
            .limit(most)
        )
        return [_kept(row, None) for row in rows]

    async def before(self, organisation_id: int, moment: datetime) -> Statement | None:
        content = await self._connection.scalar(
            select(statements.c.content)
            .where(
                statements.c.organisation_id == organisation_id,
                statements.c.content.is_not(None),
                statements.c.asked_at < moment,
            )
            .order_by(statements.c.id.desc())
            .limit(1)
        )
        try:
            return from_json(content) if content is not None else None
        except ValueError:
            # Looking back is no reason to make nothing new: what an earlier version kept may be read no longer.
            log.warning("a statement of %s before %s cannot be read", organisation_id, moment)
            return None


class ChoiceTable:
    """`services.reporting.ports.ChoiceStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, person_id: int) -> Choice | None:
        rows = await self._connection.execute(
            select(report_choices).where(report_choices.c.person_id == person_id)
        )
        row = rows.first()
        return Choice(row.organisation_id, row.period) if row else None

    async def put(self, person_id: int, choice: Choice) -> None:
        values = {"organisation_id": choice.organisation_id, "period": choice.period}
        await self._connection.execute(
            insert_for(self._connection.dialect)(report_choices)
            .values(person_id=person_id, **values)
            .on_conflict_do_update(index_elements=["person_id"], set_=values)
        )


def _kept(row: Row[Any], statement: Statement | None) -> Kept:
    return Kept(row.id, row.organisation_id, row.period, row.asked_at, row.asked_by, statement)
