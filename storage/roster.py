"""Importing rosters into the database, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.early_career import years_now
from services.people.invites import new_token
from services.people.model import Kind, Organisation, Profile, Role
from services.people.names import name_key
from services.people.rights import MANAGERS
from services.people.roster.model import Addition, Applied, Base, Card, Change, Known, Plan, School, Waiting
from services.people.roster.plan import schools_to_add
from storage.conflict import insert_for
from storage.tables import accounts, invites, organisations, people, roles

ORIGIN = "roster"
_CHUNK = 10_000
"""Ids in one statement: both databases take some 32,000 parameters."""

_KNOWN = (
    select(
        people.c.id,
        people.c.full_name,
        people.c.position,
        people.c.subject,
        people.c.years_of_work,
        people.c.birth_year,
        people.c.category,
        people.c.profile_on,
        people.c.registered_at,
        exists().where(accounts.c.person_id == people.c.id).label("account"),
        roles.c.role,
        roles.c.organisation_id,
    )
    .join(roles, roles.c.person_id == people.c.id)
    .join(organisations, organisations.c.id == roles.c.organisation_id)
    .where(
        organisations.c.kind == Kind.SCHOOL.value,
        organisations.c.parent_id == bindparam("municipality"),
        people.c.full_name != "",
    )
    .order_by(people.c.id, roles.c.id)
)


class RosterTable:
    """`services.people.roster.ports.RosterStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def base(self, municipality_id: int, today: date, *, lock: bool = False) -> Base:
        if lock:
            # The next importer waits here, and then sees what this one has done.
            await self._connection.execute(
                select(organisations.c.id)
                .where(organisations.c.id == municipality_id)
                .with_for_update(key_share=True)
            )
        schools = await self._connection.execute(
            select(organisations.c.id, organisations.c.name)
            .where(organisations.c.parent_id == municipality_id, organisations.c.kind == Kind.SCHOOL.value)
            .order_by(organisations.c.id)
        )
        found = await self._connection.execute(_KNOWN, {"municipality": municipality_id})
        rows: dict[int, list[Any]] = defaultdict(list)
        for row in found:
            rows[row.id].append(row)
        return Base(
            [School(row.id, row.name) for row in schools],
            [_known(one, today) for one in rows.values()],
            today,
        )

    async def apply(
        self,
        municipality_id: int,
        plan: Plan,
        today: date,
        expires_at: datetime,
        issued_by: int | None,
        now: datetime,
    ) -> Applied:
        names = schools_to_add(plan)
        made = await self._add_schools(municipality_id, names)
        new_ids = await self._add_people(plan.added, today, now)
        await self._change_people(plan.changed, today)
        teaching = [
            (person_id, _id(school, made))
            for person_id, addition in zip(new_ids, plan.added, strict=True)
            for school in addition.schools
        ]
        leaving: list[tuple[int, int]] = []
        for move in plan.moved:
            leaving += [(move.person_id, _id(school, made)) for school in move.left]
            teaching += [(move.person_id, _id(school, made)) for school in move.to]
        await self._take_roles(leaving)
        await self._give_roles(teaching, now)
        await self._redirect_invites({move.person_id: _id(move.to[0], made) for move in plan.moved if move.left})
        invited = await self._invite([*new_ids, *plan.known], expires_at, issued_by, now)
        return Applied(
            schools=len(names),
            added=len(new_ids),
            changed=len(plan.changed),
            moved=len(plan.moved),
            unchanged=len(plan.unchanged),
            invited=invited,
        )

    async def invite(
        self, school_ids: Sequence[int], expires_at: datetime, issued_by: int | None, now: datetime
    ) -> int:
        await self._connection.execute(
            select(organisations.c.id)
            .where(organisations.c.id.in_(school_ids))
            .order_by(organisations.c.id)
            .with_for_update(key_share=True)
        )
        brought = await self._connection.scalars(
            select(people.c.id)
            .join(roles, roles.c.person_id == people.c.id)
            .where(
                roles.c.organisation_id.in_(school_ids),
                roles.c.role == Role.TEACHER.value,
                people.c.origin == ORIGIN,
            )
            .distinct()
        )
        return await self._invite(brought.all(), expires_at, issued_by, now)

    async def waiting(self, municipality_ids: Sequence[int]) -> Sequence[Waiting]:
        rows = await self._connection.execute(
            select(
                organisations.c.id,
                organisations.c.name,
                organisations.c.parent_id,
                func.count(people.c.id.distinct()).label("people"),
            )
            .outerjoin(
                roles,
                (roles.c.organisation_id == organisations.c.id) & (roles.c.role == Role.TEACHER.value),
            )
            .outerjoin(
                people,
                (people.c.id == roles.c.person_id)
                & (people.c.origin == ORIGIN)
                & ~exists().where(accounts.c.person_id == people.c.id),
            )
            .where(organisations.c.parent_id.in_(municipality_ids), organisations.c.kind == Kind.SCHOOL.value)
            .group_by(organisations.c.id, organisations.c.name, organisations.c.parent_id)
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [Waiting(Organisation(row.id, Kind.SCHOOL, row.name, row.parent_id), row.people) for row in rows]

    async def cards(self, school_ids: Sequence[int], now: datetime) -> Sequence[Card]:
        rows = await self._connection.execute(
            select(
                organisations.c.id, organisations.c.name, people.c.full_name, people.c.position, invites.c.token
            )
            .join(invites, invites.c.person_id == people.c.id)
            .join(organisations, organisations.c.id == invites.c.organisation_id)
            .where(
                invites.c.organisation_id.in_(school_ids),
                *_in_force(now),
                ~exists().where(accounts.c.person_id == people.c.id),
                # A sheet of paper must not make its finder a manager: such links are given by hand.
                ~exists().where(
                    roles.c.person_id == people.c.id, roles.c.role.in_([role.value for role in MANAGERS])
                ),
            )
            .order_by(organisations.c.name, organisations.c.id, people.c.name_key, people.c.id)
        )
        return [Card(row.id, row.name, row.full_name, row.position, row.token) for row in rows]

    async def _add_schools(self, municipality_id: int, names: Sequence[str]) -> dict[str, int]:
        if not names:
            return {}
        await self._connection.execute(
            insert_for(self._connection.dialect)(organisations).on_conflict_do_nothing(),
            [{"kind": Kind.SCHOOL.value, "parent_id": municipality_id, "name": name} for name in names],
        )
        rows = await self._connection.execute(
            select(organisations.c.name, organisations.c.id).where(
                organisations.c.parent_id == municipality_id, organisations.c.name.in_(names)
            )
        )
        return {row.name: row.id for row in rows}

    async def _add_people(self, added: Sequence[Addition], today: date, now: datetime) -> list[int]:
        if not added:
            return []
        rows = await self._connection.execute(
            insert(people).returning(people.c.id, sort_by_parameter_order=True),
            [
                {
                    "full_name": addition.entry.full_name,
                    "name_key": name_key(addition.entry.full_name),
                    "position": addition.entry.position,
                    "subject": addition.entry.subject,
                    "years_of_work": addition.entry.years_of_work,
                    "birth_year": addition.entry.birth_year,
                    "category": addition.entry.category,
                    "profile_on": today,
                    "origin": ORIGIN,
                    "created_at": now,
                }
                for addition in added
            ],
        )
        return list(rows.scalars())

    async def _change_people(self, changed: Sequence[Change], today: date) -> None:
        # Only what changes is written: the person may be telling the rest just now.
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for change in changed:
            values: dict[str, Any] = {field.name: field.after for field in change.fields}
            if "full_name" in values:
                values["name_key"] = name_key(values["full_name"])
            if "years_of_work" in values:
                values["profile_on"] = today
            alike[tuple(sorted(values))].append({"id_": change.person_id} | values)
        for names, rows in alike.items():
            await self._connection.execute(
                update(people)
                .where(people.c.id == bindparam("id_"))
                .values({name: bindparam(name) for name in names}),
                rows,
            )

    async def _give_roles(self, teaching: Sequence[tuple[int, int]], now: datetime) -> None:
        if teaching:
            await self._connection.execute(
                insert_for(self._connection.dialect)(roles).on_conflict_do_nothing(),
                [
                    {
                        "person_id": person_id,
                        "role": Role.TEACHER.value,
                        "organisation_id": school_id,
                        "granted_at": now,
                    }
                    for person_id, school_id in teaching
                ],
            )

    async def _take_roles(self, leaving: Sequence[tuple[int, int]]) -> None:
        if leaving:
            await self._connection.execute(
                delete(roles).where(
                    roles.c.person_id == bindparam("person"),
                    roles.c.organisation_id == bindparam("school"),
                    roles.c.role == Role.TEACHER.value,
                ),
                [{"person": person_id, "school": school_id} for person_id, school_id in leaving],
            )

    async def _redirect_invites(self, places: dict[int, int]) -> None:
        """A teacher's invite that leads to the school they have left leads to the new one."""
        if places:
            await self._connection.execute(
                update(invites)
                .where(
                    invites.c.person_id == bindparam("person"),
                    invites.c.role == Role.TEACHER.value,
                    invites.c.used < invites.c.max_uses,
                )
                .values(organisation_id=bindparam("school")),
                [{"person": person_id, "school": school_id} for person_id, school_id in places.items()],
            )

    async def _invite(
        self, person_ids: Sequence[int], expires_at: datetime, issued_by: int | None, now: datetime
    ) -> int:
        """A personal invite to each who has neither an account nor an invite in force; by their first school."""
        rows: list[dict[str, Any]] = []
        for start in range(0, len(person_ids), _CHUNK):
            for person_id, school_id in await self._uninvited(person_ids[start : start + _CHUNK], now):
                rows.append(
                    {
                        "token": new_token(),
                        "role": Role.TEACHER.value,
                        "organisation_id": school_id,
                        "max_uses": 1,
                        "created_at": now,
                        "expires_at": expires_at,
                        "person_id": person_id,
                        "issued_by": issued_by,
                    }
                )
        if rows:
            await self._connection.execute(insert(invites), rows)
        return len(rows)

    async def _uninvited(self, person_ids: Sequence[int], now: datetime) -> Iterable[tuple[int, int]]:
        rows = await self._connection.execute(_uninvited(person_ids, now))
        places: dict[int, int] = {}
        for row in rows:
            places.setdefault(row.person_id, row.organisation_id)
        return places.items()


def _uninvited(person_ids: Sequence[int], now: datetime) -> Select[tuple[int, int]]:
    return (
        select(roles.c.person_id, roles.c.organisation_id)
        .where(
            roles.c.person_id.in_(person_ids),
            roles.c.role == Role.TEACHER.value,
            ~exists().where(accounts.c.person_id == roles.c.person_id),
            ~exists().where(invites.c.person_id == roles.c.person_id, *_in_force(now)),
        )
        .order_by(roles.c.id)
    )


def _in_force(now: datetime) -> tuple[Any, ...]:
    return (invites.c.revoked_at.is_(None), invites.c.expires_at > now, invites.c.used < invites.c.max_uses)


def _id(school: School, made: dict[str, int]) -> int:
    return made[school.name] if school.id is None else school.id


def _known(rows: Sequence[Any], today: date) -> Known:
    first = rows[0]
    told = Profile(
        first.full_name,
        first.position,
        first.subject,
        first.years_of_work,
        first.birth_year,
        first.category,
        first.profile_on,
    )
    return Known(
        id=first.id,
        full_name=first.full_name,
        position=first.position,
        subject=first.subject,
        years_of_work=years_now(told, today),
        birth_year=first.birth_year,
        category=first.category,
        registered=first.registered_at is not None,
        account=bool(first.account),
        teaches_in=tuple(row.organisation_id for row in rows if row.role == Role.TEACHER.value),
        attached_to=tuple(dict.fromkeys(row.organisation_id for row in rows)),
    )
