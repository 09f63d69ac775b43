"""Invites in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Invite, Kind, Organisation, Role
from storage.tables import invites, organisations

_INVITE = select(invites, organisations.c.kind, organisations.c.name, organisations.c.parent_id).join(
    organisations, organisations.c.id == invites.c.organisation_id
)


class InviteTable:
    """`services.people.ports.InviteStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, token: str) -> Invite | None:
        row = (await self._connection.execute(_INVITE.where(invites.c.token == token))).first()
        return _invite(row) if row else None

    async def get(self, invite_id: int) -> Invite | None:
        row = (await self._connection.execute(_INVITE.where(invites.c.id == invite_id))).first()
        return _invite(row) if row else None

    async def live(self, organisation_id: int, now: datetime) -> Sequence[Invite]:
        rows = await self._connection.execute(
            _INVITE.where(
                invites.c.organisation_id == organisation_id,
                invites.c.person_id.is_(None),
                invites.c.revoked_at.is_(None),
                invites.c.expires_at > now,
                invites.c.used < invites.c.max_uses,
            ).order_by(invites.c.id.desc())
        )
        return [_invite(row) for row in rows]

    async def revoke(self, invite_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(invites).where(invites.c.id == invite_id, invites.c.revoked_at.is_(None)).values(revoked_at=now)
        )

    async def revoke_issued(self, person_id: int, place: Organisation, now: datetime) -> None:
        within = select(organisations.c.id)
        if place.kind is not Kind.REGION:
            within = within.where((organisations.c.id == place.id) | (organisations.c.parent_id == place.id))
        await self._connection.execute(
            update(invites)
            .where(
                invites.c.issued_by == person_id,
                invites.c.person_id.is_(None),
                invites.c.revoked_at.is_(None),
                invites.c.organisation_id.in_(within),
            )
            .values(revoked_at=now)
        )

    async def revoke_personal(self, person_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(invites)
            .where(
                invites.c.person_id == person_id,
                invites.c.used < invites.c.max_uses,
                invites.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )

    async def add(
        self,
        token: str,
        role: Role,
        organisation_id: int,
        max_uses: int,
        expires_at: datetime,
        now: datetime,
        issued_by: int | None,
        person_id: int | None,
    ) -> None:
        await self._connection.execute(
            insert(invites).values(
                token=token,
                role=role.value,
                organisation_id=organisation_id,
                max_uses=max_uses,
                expires_at=expires_at,
                created_at=now,
                issued_by=issued_by,
                person_id=person_id,
            )
        )

    async def take_seat(self, invite_id: int, now: datetime) -> bool:
        result = await self._connection.execute(
            update(invites)
            .where(
                invites.c.id == invite_id,
                invites.c.used < invites.c.max_uses,
                invites.c.expires_at > now,
                invites.c.revoked_at.is_(None),
            )
            .values(used=invites.c.used + 1)
        )
        return result.rowcount == 1

    async def give_back(self, invite_id: int) -> None:
        await self._connection.execute(
            update(invites).where(invites.c.id == invite_id).values(used=invites.c.used - 1)
        )


def _invite(row: Row[Any]) -> Invite:
    return Invite(
        row.id,
        row.token,
        Role(row.role),
        Organisation(row.organisation_id, Kind(row.kind), row.name, row.parent_id),
        row.max_uses,
        row.used,
        row.expires_at,
        row.person_id,
        row.revoked_at,
    )
