"""Plans of indicators, and amounts entered by hand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.reporting.statement.model import Amount
from services.reporting.target import Target
from storage.conflict import insert_for
from storage.reporting_tables import given_amounts, plans
from storage.tables import organisations
from storage.takers import within


class PlanTable:
    """`services.reporting.ports.PlanStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, organisation_id: int, period: str) -> Mapping[str, Target]:
        rows = await self._connection.execute(
            select(plans).where(plans.c.organisation_id == organisation_id, plans.c.period == period)
        )
        return {row.indicator: _target(row) for row in rows}

    async def within(self, organisation_id: int, period: str) -> Mapping[int, Mapping[str, Target]]:
        rows = await self._connection.execute(
            select(plans)
            .join(organisations, organisations.c.id == plans.c.organisation_id)
            .where(plans.c.period == period, within(organisation_id))
        )
        found: dict[int, dict[str, Target]] = defaultdict(dict)
        for row in rows:
            found[row.organisation_id][row.indicator] = _target(row)
        return found

    async def put(self, organisation_id: int, period: str, indicator: str, target: Target) -> None:
        values = {"number": target.number, "share": target.share}
        await self._connection.execute(
            insert_for(self._connection.dialect)(plans)
            .values(organisation_id=organisation_id, period=period, indicator=indicator, **values)
            .on_conflict_do_update(index_elements=["organisation_id", "period", "indicator"], set_=values)
        )

    async def drop(self, organisation_id: int, period: str, indicator: str) -> None:
        await self._connection.execute(
            delete(plans).where(
                plans.c.organisation_id == organisation_id,
                plans.c.period == period,
                plans.c.indicator == indicator,
            )
        )


class GivenTable:
    """`services.reporting.ports.GivenStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def within(self, organisation_id: int, periods: Sequence[str]) -> Mapping[tuple[int, str, str], Amount]:
        rows = await self._connection.execute(
            select(given_amounts)
            .join(organisations, organisations.c.id == given_amounts.c.organisation_id)
            .where(given_amounts.c.period.in_(periods), within(organisation_id))
        )
        return {
            (row.organisation_id, row.period, row.indicator): Amount(row.numerator, row.denominator, given=True)
            for row in rows
        }

    async def put(
        self, organisation_id: int, period: str, indicator: str, amount: Amount, actor_id: int, now: datetime
    ) -> None:
        values = {
            "numerator": amount.numerator,
            "denominator": amount.denominator,
            "given_by": actor_id,
            "given_at": now,
        }
        await self._connection.execute(
            insert_for(self._connection.dialect)(given_amounts)
            .values(organisation_id=organisation_id, period=period, indicator=indicator, **values)
            .on_conflict_do_update(index_elements=["organisation_id", "period", "indicator"], set_=values)
        )

    async def drop(self, organisation_id: int, period: str, indicator: str) -> None:
        await self._connection.execute(
            delete(given_amounts).where(
                given_amounts.c.organisation_id == organisation_id,
                given_amounts.c.period == period,
                given_amounts.c.indicator == indicator,
            )
        )


def _target(row: Row[Any]) -> Target:
    return Target(row.number, row.share)
