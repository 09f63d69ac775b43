"""The audit log in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.privacy.ports import Action, Entry
from storage.tables import audit


class AuditTable:
    """`services.privacy.ports.AuditLog` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(
        self,
        now: datetime,
        actor_id: int | None,
        action: Action,
        person_id: int | None = None,
        organisation_id: int | None = None,
        **details: int | str,
    ) -> None:
        await self._connection.execute(
            insert(audit).values(
                at=now,
                actor_id=actor_id,
                action=action.value,
                person_id=person_id,
                organisation_id=organisation_id,
                details=details,
            )
        )

    async def newest(self, most: int, before: int | None = None) -> Sequence[Entry]:
        query = select(audit).order_by(audit.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(audit.c.id < before)
        return [
            Entry(
                row.id, row.at, row.actor_id, Action(row.action), row.person_id, row.organisation_id, row.details
            )
            for row in await self._connection.execute(query)
        ]
