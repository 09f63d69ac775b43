"""Invites in the database."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Invite, Kind, Organisation, Role
from storage.tables import invites, organisations


class InviteTable:
    """`services.people.ports.InviteStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, token: str) -> Invite | None:
        row = (
            await self._connection.execute(
                select(
                    invites,
                    organisations.c.kind,
                    organisations.c.name,
                    organisations.c.parent_id,
                )
                .join(organisations, organisations.c.id == invites.c.organisation_id)
                .where(invites.c.token == token)
            )
        ).first()
        if row is None:
            return None
        organisation = Organisation(row.organisation_id, Kind(row.kind), row.name, row.parent_id)
        return Invite(row.id, row.token, Role(row.role), organisation, row.max_uses, row.used, row.expires_at)

    async def add(
        self,
        token: str,
        role: Role,
        organisation_id: int,
        max_uses: int,
        expires_at: datetime,
        now: datetime,
    ) -> None:
        await self._connection.execute(
            insert(invites).values(
                token=token,
                role=role.value,
                organisation_id=organisation_id,
                max_uses=max_uses,
                expires_at=expires_at,
                created_at=now,
            )
        )

    async def take_seat(self, invite_id: int, now: datetime) -> bool:
        result = await self._connection.execute(
            update(invites)
            .where(invites.c.id == invite_id, invites.c.used < invites.c.max_uses, invites.c.expires_at > now)
            .values(used=invites.c.used + 1)
        )
        return result.rowcount == 1

    async def give_back(self, invite_id: int) -> None:
        await self._connection.execute(
            update(invites).where(invites.c.id == invite_id).values(used=invites.c.used - 1)
        )
