"""Measures of municipalities in the database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.catalogue_ports import MeasureFields, OwnMeasure
from services.iom.model import Form
from storage.conflict import insertion
from storage.tables import iom_measures, organisations


class MeasureTable:
    """`services.iom.catalogue_ports.MeasureStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, organisation_id: int, *, lock: bool = False) -> Sequence[OwnMeasure]:
        if lock:
            # Of two who change the same measure, or import the same file, the second sees what the first has done.
            await self._connection.execute(
                select(organisations.c.id).where(organisations.c.id == organisation_id).with_for_update()
            )
        rows = await self._connection.execute(
            select(iom_measures)
            .where(iom_measures.c.organisation_id == organisation_id)
            .order_by(iom_measures.c.id)
        )
        return [_measure(row) for row in rows]

    async def add(
        self, organisation_id: int, fields: MeasureFields, code: str | None = None, *, hidden: bool = False
    ) -> OwnMeasure | None:
        values = _columns(fields) | {"organisation_id": organisation_id, "code": code, "hidden": hidden}
        made = insertion(self._connection.dialect, iom_measures, values).returning(iom_measures)
        row = (await self._connection.execute(made)).first()
        return _measure(row) if row else None

    async def change(self, measure_id: int, fields: MeasureFields, *, hidden: bool) -> bool:
        result = await self._connection.execute(
            update(iom_measures)
            .where(iom_measures.c.id == measure_id)
            .values(_columns(fields) | {"hidden": hidden})
        )
        return result.rowcount == 1

    async def remove(self, measure_id: int) -> None:
        await self._connection.execute(delete(iom_measures).where(iom_measures.c.id == measure_id))


def _columns(fields: MeasureFields) -> dict[str, Any]:
    return {
        "domain": fields.domain,
        "title": fields.title,
        "form": fields.form.value,
        "days": fields.days,
        "result": fields.result,
    }


def _measure(row: Row[Any]) -> OwnMeasure:
    return OwnMeasure(row.id, row.code, row.domain, row.title, Form(row.form), row.days, row.result, row.hidden)
