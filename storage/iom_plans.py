"""Plans of routes: those of one indicator, by school years."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.planning import INDICATOR
from services.reporting.periods import year_key
from services.reporting.target import Target
from storage.plans import PlanTable


class RoutePlanTable:
    """`services.iom.overview_ports.PlanStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._plans = PlanTable(connection)

    async def get(self, organisation_id: int, year: int) -> Target | None:
        return (await self._plans.of(organisation_id, year_key(year))).get(INDICATOR)

    async def within(self, organisation_id: int, year: int) -> Mapping[int, Target]:
        found = await self._plans.within(organisation_id, year_key(year))
        return {place: theirs[INDICATOR] for place, theirs in found.items() if INDICATOR in theirs}

    async def put(self, organisation_id: int, year: int, target: Target) -> None:
        await self._plans.put(organisation_id, year_key(year), INDICATOR, target)

    async def drop(self, organisation_id: int, year: int) -> None:
        await self._plans.drop(organisation_id, year_key(year), INDICATOR)
