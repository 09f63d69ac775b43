"""Regions, municipalities and schools in the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Kind, Organisation
from storage.conflict import insert_new
from storage.tables import organisations


class OrganisationTable:
    """`services.people.ports.OrganisationStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, organisation_id: int) -> Organisation | None:
        row = (
            await self._connection.execute(select(organisations).where(organisations.c.id == organisation_id))
        ).first()
        return _organisation(row) if row else None

    async def add(self, kind: Kind, name: str, parent_id: int | None) -> Organisation:
        same = select(organisations).where(
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
            select(organisations).where(organisations.c.kind == kind.value).order_by(organisations.c.id)
        )
        return [_organisation(row) for row in rows]

    async def children(self, organisation_id: int) -> Sequence[Organisation]:
        rows = await self._connection.execute(
            select(organisations)
            .where(organisations.c.parent_id == organisation_id)
            .order_by(organisations.c.name)
        )
        return [_organisation(row) for row in rows]


def _organisation(row: Row[Any]) -> Organisation:
    return Organisation(row.id, Kind(row.kind), row.name, row.parent_id)
