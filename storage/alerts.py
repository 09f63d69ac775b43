"""Alerts in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.events.model import EventState
from services.iom.reminding_ports import Moment
from services.people.model import Kind, Organisation, Role
from services.pushes.model import Alert, Overdue
from storage.conflict import insert_for
from storage.organisations import TIMEZONE
from storage.reporting_tables import alert_checks, alerts, events
from storage.tables import organisations, roles

_OPEN = alerts.c.cleared_at.is_(None)


class AlertTable:
    """`services.pushes.ports.AlertStore` over one connection, without its recipients."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unchecked(self, moment: Moment) -> Sequence[Organisation]:
        done = exists().where(
            alert_checks.c.organisation_id == organisations.c.id, alert_checks.c.day >= moment.today
        )
        rows = await self._connection.execute(
            select(organisations)
            .where(
                organisations.c.kind == Kind.MUNICIPALITY.value,
                TIMEZONE.is_not_distinct_from(moment.zone),
                ~done,
            )
            .order_by(organisations.c.id)
        )
        return [Organisation(row.id, Kind(row.kind), row.name, row.parent_id, moment.zone) for row in rows]

    async def checked(self, organisation_id: int, day: date) -> bool:
        result = await self._connection.execute(
            insert_for(self._connection.dialect)(alert_checks)
            .values(organisation_id=organisation_id, day=day)
            .on_conflict_do_update(
                index_elements=["organisation_id"], set_={"day": day}, where=alert_checks.c.day < day
            )
        )
        return result.rowcount == 1

    async def open_alerts(self, organisation_ids: Collection[int]) -> Sequence[Alert]:
        return await self._read(alerts.c.organisation_id.in_(organisation_ids))

    async def alerts_for(self, person_id: int, above: Collection[str]) -> Sequence[Alert]:
        curated = _held(person_id, Role.CURATOR)
        directed = _held(person_id, Role.METHODIST)
        below = exists().where(
            organisations.c.id == alerts.c.organisation_id, organisations.c.parent_id.in_(directed)
        )
        return await self._read(
            or_(
                alerts.c.organisation_id.in_(curated),
                alerts.c.organisation_id.in_(directed),
                and_(below, alerts.c.code.in_(above)),
            )
        )

    async def raise_alert(
        self, organisation_id: int, code: str, subject: int, value: int, of: int | None, now: datetime
    ) -> bool:
        result = await self._connection.execute(
            insert_for(self._connection.dialect)(alerts)
            .values(
                organisation_id=organisation_id,
                code=code,
                subject=subject,
                figures={"value": value, "of": of},
                raised_at=now,
            )
            .on_conflict_do_nothing()
        )
        return result.rowcount == 1

    async def keep_alert(self, alert_id: int, value: int, of: int | None) -> None:
        await self._connection.execute(
            update(alerts).where(alerts.c.id == alert_id, _OPEN).values(figures={"value": value, "of": of})
        )

    async def clear_alert(self, alert_id: int, now: datetime) -> None:
        await self._connection.execute(update(alerts).where(alerts.c.id == alert_id, _OPEN).values(cleared_at=now))

    async def unmarked_events(self, organisation_ids: Collection[int], before: date) -> Sequence[Overdue]:
        rows = await self._connection.execute(
            select(events.c.organisation_id, func.count(), func.min(events.c.held_on))
            .where(
                events.c.organisation_id.in_(organisation_ids),
                events.c.state == EventState.PLANNED.value,
                events.c.held_on < before,
            )
            .group_by(events.c.organisation_id)
        )
        return [Overdue(*row) for row in rows]

    async def _read(self, wanted: ColumnElement[bool]) -> Sequence[Alert]:
        rows = await self._connection.execute(select(alerts).where(_OPEN, wanted).order_by(alerts.c.id))
        return [_alert(row) for row in rows]


def _alert(row: Row[Any]) -> Alert:
    figures = row.figures
    return Alert(
        row.id, row.organisation_id, row.code, row.subject, figures["value"], figures["of"], row.raised_at
    )


def _held(person_id: int, role: Role) -> Any:
    return select(roles.c.organisation_id).where(roles.c.person_id == person_id, roles.c.role == role.value)
