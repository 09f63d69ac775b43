"""People of an organisation in the database, as its managers see them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Grant, Invite, Kind, Organisation, Profile, Role
from services.people.ports import Attendance, Member
from storage.invites import InviteTable
from storage.tables import accounts, invites, organisations, people, roles

_MEMBERS = (
    select(
        people.c.id,
        people.c.full_name,
        people.c.position,
        people.c.subject,
        people.c.years_of_work,
        people.c.birth_year,
        people.c.category,
        people.c.profile_on,
        roles.c.role,
        exists().where(accounts.c.person_id == people.c.id).label("joined"),
    )
    .join(roles, roles.c.person_id == people.c.id)
    .order_by(people.c.name_key, people.c.id, roles.c.id)
)


class DirectoryTable:
    """`services.people.ports.Directory` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def members(self, organisation_id: int) -> Sequence[Member]:
        return await self._found(_MEMBERS.where(roles.c.organisation_id == organisation_id))

    async def member(self, organisation_id: int, person_id: int) -> Member | None:
        found = await self._found(
            _MEMBERS.where(roles.c.organisation_id == organisation_id, people.c.id == person_id)
        )
        return found[0] if found else None

    async def attendance(self, municipality_id: int) -> Sequence[Attendance]:
        rows = await self._connection.execute(
            select(
                organisations.c.id,
                organisations.c.name,
                func.count(distinct(roles.c.person_id)).label("people"),
                func.count(distinct(accounts.c.person_id)).label("joined"),
            )
            .outerjoin(roles, roles.c.organisation_id == organisations.c.id)
            .outerjoin(accounts, accounts.c.person_id == roles.c.person_id)
            .where(organisations.c.parent_id == municipality_id, organisations.c.kind == Kind.SCHOOL.value)
            .group_by(organisations.c.id, organisations.c.name)
            .order_by(organisations.c.id)
        )
        return [
            Attendance(Organisation(row.id, Kind.SCHOOL, row.name, municipality_id), row.people, row.joined)
            for row in rows
        ]

    async def grants(self, person_id: int) -> Sequence[Grant]:
        rows = await self._connection.execute(
            select(roles.c.role, organisations)
            .join(organisations, organisations.c.id == roles.c.organisation_id)
            .where(roles.c.person_id == person_id)
            .order_by(roles.c.id)
        )
        return [
            Grant(Role(row.role), Organisation(row.id, Kind(row.kind), row.name, row.parent_id)) for row in rows
        ]

    async def account_ids(self, person_id: int) -> Sequence[int]:
        return (
            await self._connection.scalars(
                select(accounts.c.id).where(accounts.c.person_id == person_id).order_by(accounts.c.id)
            )
        ).all()

    async def accounts_of(self, person_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        rows = await self._connection.execute(
            select(accounts.c.person_id, accounts.c.id)
            .where(accounts.c.person_id.in_(person_ids))
            .order_by(accounts.c.id)
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row.person_id, []).append(row.id)
        return found

    async def rename(self, organisation_id: int, name: str) -> None:
        await self._connection.execute(
            update(organisations).where(organisations.c.id == organisation_id).values(name=name)
        )

    async def personal_link(self, person_id: int, now: datetime) -> Invite | None:
        found = await self._connection.scalar(
            select(invites.c.id)
            .where(
                invites.c.person_id == person_id,
                invites.c.revoked_at.is_(None),
                invites.c.expires_at > now,
                invites.c.used < invites.c.max_uses,
            )
            .order_by(invites.c.id.desc())
            .limit(1)
        )
        return None if found is None else await InviteTable(self._connection).get(found)

    async def end_personal_links(self, person_id: int, role: Role, organisation_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(invites)
            .where(
                invites.c.person_id == person_id,
                invites.c.role == role.value,
                invites.c.organisation_id == organisation_id,
                invites.c.used < invites.c.max_uses,
                invites.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )

    async def _found(self, query: Select[Any]) -> list[Member]:
        rows: dict[int, list[Any]] = {}
        for row in await self._connection.execute(query):
            rows.setdefault(row.id, []).append(row)
        return [_member(one) for one in rows.values()]


def _member(rows: Sequence[Any]) -> Member:
    first = rows[0]
    profile = Profile(
        first.full_name,
        first.position,
        first.subject,
        first.years_of_work,
        first.birth_year,
        first.category,
        first.profile_on,
    )
    return Member(first.id, profile, tuple(Role(row.role) for row in rows), bool(first.joined))
