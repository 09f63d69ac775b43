"""Plans of routes in the database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.planning import Target
from storage.conflict import insert_for
from storage.tables import iom_plans, organisations
from storage.takers import within


class PlanTable:
    """`services.iom.overview_ports.PlanStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, organisation_id: int, year: int) -> Target | None:
        query = select(iom_plans).where(
            iom_plans.c.organisation_id == organisation_id, iom_plans.c.school_year == year
        )
        row = (await self._connection.execute(query)).first()
        return _target(row) if row else None

    async def within(self, organisation_id: int, year: int) -> Mapping[int, Target]:
        rows = await self._connection.execute(
            select(iom_plans)
            .join(organisations, organisations.c.id == iom_plans.c.organisation_id)
            .where(iom_plans.c.school_year == year, within(organisation_id))
        )
        return {row.organisation_id: _target(row) for row in rows}

    async def put(self, organisation_id: int, year: int, target: Target) -> None:
        values = {"number": target.number, "share": target.share}
        await self._connection.execute(
            insert_for(self._connection.dialect)(iom_plans)
            .values(organisation_id=organisation_id, school_year=year, **values)
            .on_conflict_do_update(index_elements=["organisation_id", "school_year"], set_=values)
        )

    async def drop(self, organisation_id: int, year: int) -> None:
        await self._connection.execute(
            delete(iom_plans).where(
                iom_plans.c.organisation_id == organisation_id, iom_plans.c.school_year == year
            )
        )


def _target(row: Row[Any]) -> Target:
    return Target(row.number, row.share)
