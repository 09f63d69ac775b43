"""Results that their owners have shared."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import Grant, Kind, Organisation, Person, Profile, Role
from services.privacy.ports import Share
from storage.conflict import insert_new
from storage.tables import accounts, consents, organisations, people, roles, shares

_owner = people.alias("owner")
_viewer = people.alias("viewer")
_SHARE = (
    select(shares, _owner.c.full_name.label("owner_name"), _viewer.c.full_name.label("viewer_name"))
    .join(_owner, _owner.c.id == shares.c.owner_id)
    .join(_viewer, _viewer.c.id == shares.c.viewer_id)
)

_PERSON = (
    select(
        people,
        accounts.c.id.label("account_id"),
        consents.c.version,
        roles.c.role,
        organisations.c.id.label("organisation_id"),
        organisations.c.kind,
        organisations.c.name,
        organisations.c.parent_id,
    )
    .join(accounts, accounts.c.person_id == people.c.id)
    .join(consents, and_(consents.c.person_id == people.c.id, consents.c.revoked_at.is_(None)))
    .outerjoin(roles, roles.c.person_id == people.c.id)
    .outerjoin(organisations, organisations.c.id == roles.c.organisation_id)
    .where(people.c.registered_at.is_not(None))
    .order_by(people.c.full_name, people.c.id, accounts.c.blocked_at.is_not(None), accounts.c.id, roles.c.id)
)


class ShareTable:
    """`services.privacy.ports.ShareStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def psychologists(self, municipality_ids: Collection[int]) -> Sequence[Person]:
        near = exists().where(
            roles.c.person_id == people.c.id,
            organisations.c.id == roles.c.organisation_id,
            or_(organisations.c.id.in_(municipality_ids), organisations.c.parent_id.in_(municipality_ids)),
        )
        # SQLite lowers Latin letters only.
        position = or_(people.c.position.like("%сихолог%"), people.c.position.like("%СИХОЛОГ%"))
        rows = await self._connection.execute(_PERSON.where(near.correlate(people), position))
        return list(_people(rows))

    async def person(self, person_id: int) -> Person | None:
        rows = await self._connection.execute(_PERSON.where(people.c.id == person_id))
        return next(iter(_people(rows)), None)

    async def add(self, session_id: int, owner_id: int, viewer_id: int, now: datetime) -> int | None:
        new = {"session_id": session_id, "owner_id": owner_id, "viewer_id": viewer_id, "shared_at": now}
        if not await insert_new(self._connection, shares, new):
            return None
        found = await self.of_session(session_id)
        return found.id if found else None

    async def get(self, share_id: int) -> Share | None:
        row = (await self._connection.execute(_SHARE.where(shares.c.id == share_id))).first()
        return _share(row) if row else None

    async def of_session(self, session_id: int) -> Share | None:
        in_force = _SHARE.where(shares.c.session_id == session_id, shares.c.revoked_at.is_(None))
        row = (await self._connection.execute(in_force)).first()
        return _share(row) if row else None

    async def given(self, owner_id: int) -> Sequence[Share]:
        rows = await self._connection.execute(
            _SHARE.where(shares.c.owner_id == owner_id, shares.c.revoked_at.is_(None)).order_by(shares.c.id.desc())
        )
        return [_share(row) for row in rows]

    async def opened(self, share_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(shares).where(shares.c.id == share_id, shares.c.opened_at.is_(None)).values(opened_at=now)
        )

    async def end(self, share_id: int, now: datetime) -> bool:
        result = await self._connection.execute(
            update(shares).where(shares.c.id == share_id, shares.c.revoked_at.is_(None)).values(revoked_at=now)
        )
        return result.rowcount == 1

    async def end_all(self, person_id: int, now: datetime) -> int:
        result = await self._connection.execute(
            update(shares)
            .where(
                or_(shares.c.owner_id == person_id, shares.c.viewer_id == person_id),
                shares.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        return result.rowcount


def _share(row: Row[Any]) -> Share:
    return Share(
        row.id,
        row.session_id,
        row.owner_id,
        row.owner_name,
        row.viewer_id,
        row.viewer_name,
        row.shared_at,
        row.opened_at,
        row.revoked_at,
    )


def _people(rows: Iterable[Row[Any]]) -> Iterable[Person]:
    """A person for the rows of each, one an account and a role; of several accounts the first is taken."""
    for _, group in groupby(rows, key=lambda row: row.id):
        own = list(group)
        first = own[0]
        profile = Profile(
            first.full_name,
            first.position,
            first.subject,
            first.years_of_work,
            first.birth_year,
            first.category,
            first.profile_on,
        )
        grants = tuple(
            Grant(Role(row.role), Organisation(row.organisation_id, Kind(row.kind), row.name, row.parent_id))
            for row in own
            if row.role is not None and row.account_id == first.account_id
        )
        yield Person(first.id, first.account_id, first.version, profile, grants, profile)
