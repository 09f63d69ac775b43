"""The audit log in the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.privacy.ports import Action, Entry
from storage.tables import audit, people


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
    ) -> int:
        added = await self._connection.execute(
            insert(audit)
            .values(
                at=now,
                actor_id=actor_id,
                action=action.value,
                person_id=person_id,
                organisation_id=organisation_id,
                details=details,
            )
            .returning(audit.c.id)
        )
        return int(added.scalar_one())

    async def newest(
        self, most: int, before: int | None = None, actions: Collection[Action] | None = None
    ) -> Sequence[Entry]:
        query = select(audit).order_by(audit.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(audit.c.id < before)
        if actions is not None:
            query = query.where(audit.c.action.in_([action.value for action in actions]))
        return [
            Entry(
                row.id, row.at, row.actor_id, Action(row.action), row.person_id, row.organisation_id, row.details
            )
            for row in await self._connection.execute(query)
        ]

    async def noted_since(
        self, actor_id: int, action: Action, since: datetime, person_id: int | None = None
    ) -> bool:
        query = select(audit.c.id).where(
            audit.c.actor_id == actor_id, audit.c.action == action.value, audit.c.at >= since
        )
        if person_id is not None:
            query = query.where(audit.c.person_id == person_id)
        return await self._connection.scalar(query.limit(1)) is not None

    async def names(self, person_ids: Collection[int]) -> Mapping[int, str]:
        rows = await self._connection.execute(
            select(people.c.id, people.c.full_name).where(people.c.id.in_(person_ids))
        )
        return {row.id: row.full_name for row in rows}

    async def disown(self, person_id: int, alias: int) -> None:
        for column in (audit.c.actor_id, audit.c.person_id):
            await self._connection.execute(update(audit).where(column == person_id).values({column.name: alias}))

    async def forget(self, before: datetime) -> None:
        await self._connection.execute(delete(audit).where(audit.c.at < before))
