"""What of the cyclogram was done, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.reminding_ports import Moment
from services.people.model import Kind, Organisation, Role
from services.pushes.model import MonitoringMark, Stage
from storage.conflict import insert_for
from storage.organisations import TIMEZONE
from storage.reporting_tables import cyclogram_marks, statements
from storage.tables import organisations, outbox, roles


class CyclogramTable:
    """`services.pushes.ports.CyclogramStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def municipalities(self, moment: Moment) -> Sequence[Organisation]:
        directed = exists().where(
            roles.c.role == Role.METHODIST.value, roles.c.organisation_id == organisations.c.id
        )
        rows = await self._connection.execute(
            select(organisations)
            .where(
                organisations.c.kind == Kind.MUNICIPALITY.value,
                TIMEZONE.is_not_distinct_from(moment.zone),
                directed,
            )
            .order_by(organisations.c.id)
        )
        return [Organisation(row.id, Kind(row.kind), row.name, row.parent_id, moment.zone) for row in rows]

    async def monitoring_marks(self, organisation_id: int, keys: Collection[str]) -> Sequence[MonitoringMark]:
        rows = await self._connection.execute(
            select(cyclogram_marks).where(
                cyclogram_marks.c.organisation_id == organisation_id, cyclogram_marks.c.monitoring.in_(keys)
            )
        )
        return [MonitoringMark(row.monitoring, Stage(row.stage), row.at) for row in rows]

    async def put_monitoring(self, organisation_id: int, key: str, stage: Stage, now: datetime) -> bool:
        result = await self._connection.execute(
            insert_for(self._connection.dialect)(cyclogram_marks)
            .values(organisation_id=organisation_id, monitoring=key, stage=stage.value, at=now)
            .on_conflict_do_nothing()
        )
        return result.rowcount == 1

    async def judged_statements(self, moment: Moment, made_before: datetime, key: str) -> Sequence[Organisation]:
        made = exists().where(
            statements.c.organisation_id == organisations.c.id,
            statements.c.content.is_not(None),
            statements.c.asked_at < made_before,
        )
        owed = exists().where(
            outbox.c.key.startswith(literal(key) + cast(organisations.c.id, String) + literal(":"))
        )
        rows = await self._connection.execute(
            select(organisations, TIMEZONE)
            .where(TIMEZONE.is_not_distinct_from(moment.zone), made, ~owed)
            .order_by(organisations.c.id)
        )
        return [
            Organisation(row.id, Kind(row.kind), row.name, row.parent_id, row.timezone_in_force) for row in rows
        ]
