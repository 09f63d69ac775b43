"""Regions, municipalities and schools in the database."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Kind, Organisation
from storage.conflict import insert_new
from storage.tables import organisations

_above = organisations.alias("above")
TIMEZONE = func.coalesce(
    organisations.c.timezone,
    select(_above.c.timezone).where(_above.c.id == organisations.c.parent_id).scalar_subquery(),
).label("timezone_in_force")
"""The zone of a place: its own, else that of the place above it."""
_PLACE = select(organisations, TIMEZONE)


class OrganisationTable:
    """`services.people.ports.OrganisationStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, organisation_id: int) -> Organisation | None:
        row = (await self._connection.execute(_PLACE.where(organisations.c.id == organisation_id))).first()
        return _organisation(row) if row else None

    async def by_ids(self, organisation_ids: Collection[int]) -> Mapping[int, Organisation]:
        rows = await self._connection.execute(_PLACE.where(organisations.c.id.in_(organisation_ids)))
        return {row.id: _organisation(row) for row in rows}

    async def add(self, kind: Kind, name: str, parent_id: int | None) -> Organisation:
        same = _PLACE.where(
            organisations.c.kind == kind.value,
            organisations.c.name == name,
            organisations.c.parent_id.is_not_distinct_from(parent_id),
        )
        row = (await self._connection.execute(same)).first()
        if row is None:
            values = {"kind": kind.value, "name": name, "parent_id": parent_id}
            await insert_new(self._connection, organisations, values)
            row = (await self._connection.execute(same)).one()
        return _organisation(row)

    async def all(self, kind: Kind) -> Sequence[Organisation]:
        rows = await self._connection.execute(
            _PLACE.where(organisations.c.kind == kind.value).order_by(organisations.c.id)
        )
        return [_organisation(row) for row in rows]

    async def children(self, organisation_id: int) -> Sequence[Organisation]:
        rows = await self._connection.execute(
            _PLACE.where(organisations.c.parent_id == organisation_id).order_by(organisations.c.name)
        )
        return [_organisation(row) for row in rows]

    async def set_timezone(self, organisation_id: int, timezone: str | None) -> None:
        await self._connection.execute(
            update(organisations).where(organisations.c.id == organisation_id).values(timezone=timezone)
        )


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(row.id, Kind(row.kind), row.name, row.parent_id, row.timezone_in_force)
