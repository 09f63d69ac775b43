"""People, accounts, consents and roles in the database."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.people.model import (
    Account,
    Conversation,
    Grant,
    Kind,
    Organisation,
    Person,
    Profile,
    Role,
    Visitor,
)
from storage.conflict import insert_new
from storage.tables import accounts, consents, conversations, organisations, people, roles, survey_sessions

_PERSON = (
    select(
        accounts.c.id.label("account_id"),
        people.c.id,
        people.c.full_name,
        people.c.position,
        people.c.subject,
        people.c.years_of_work,
        people.c.birth_year,
        people.c.registered_at,
        consents.c.version,
        roles.c.role,
        organisations.c.id.label("organisation_id"),
        organisations.c.kind,
        organisations.c.name,
        organisations.c.parent_id,
    )
    .join(people, people.c.id == accounts.c.person_id)
    .outerjoin(consents, (consents.c.person_id == people.c.id) & consents.c.revoked_at.is_(None))
    .outerjoin(roles, roles.c.person_id == people.c.id)
    .outerjoin(organisations, organisations.c.id == roles.c.organisation_id)
    .where(accounts.c.channel == bindparam("channel"), accounts.c.external_id == bindparam("external_id"))
    .order_by(roles.c.id)
)

_CONVERSATION = select(conversations.c.step, conversations.c.data).where(
    conversations.c.channel == bindparam("channel"), conversations.c.external_id == bindparam("external_id")
)


class PeopleTable:
    """`services.people.ports.PeopleStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def visitor(self, account: Account) -> Visitor:
        key = {"channel": account.channel, "external_id": account.external_id}
        rows = (await self._connection.execute(_PERSON, key)).all()
        standing = (await self._connection.execute(_CONVERSATION, key)).first()
        conversation = Conversation(standing.step, standing.data) if standing else None
        if not rows:
            return Visitor(account, None, conversation)
        first = rows[0]
        profile = None
        if first.registered_at is not None:
            profile = Profile(
                first.full_name, first.position, first.subject, first.years_of_work, first.birth_year
            )
        grants = tuple(
            Grant(Role(row.role), Organisation(row.organisation_id, Kind(row.kind), row.name, row.parent_id))
            for row in rows
            if row.role is not None
        )
        person = Person(first.id, first.account_id, first.version, profile, grants)
        return Visitor(account, person, conversation)

    async def welcome(self, account: Account, consent_version: str, now: datetime) -> int:
        known = await self._connection.scalar(
            select(accounts.c.person_id).where(
                accounts.c.channel == account.channel, accounts.c.external_id == account.external_id
            )
        )
        if known is None:
            known = (
                await self._connection.execute(
                    insert(people)
                    .values(full_name="", position="", subject="", created_at=now)
                    .returning(people.c.id)
                )
            ).scalar_one()
            await self._connection.execute(
                insert(accounts).values(person_id=known, channel=account.channel, external_id=account.external_id)
            )
        person_id = int(known)
        await self._connection.execute(
            update(consents)
            .where(
                consents.c.person_id == person_id,
                consents.c.revoked_at.is_(None),
                consents.c.version != consent_version,
            )
            .values(revoked_at=now)
        )
        in_force = await self._connection.scalar(
            select(consents.c.id).where(consents.c.person_id == person_id, consents.c.revoked_at.is_(None))
        )
        if in_force is None:
            await self._connection.execute(
                insert(consents).values(person_id=person_id, version=consent_version, given_at=now)
            )
        return person_id

    async def revoke_consent(self, person_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(consents)
            .where(consents.c.person_id == person_id, consents.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        await self._connection.execute(
            update(survey_sessions)
            .where(survey_sessions.c.person_id == person_id, survey_sessions.c.state == "in_progress")
            .values(state="stopped", updated_at=now)
        )

    async def grant(self, person_id: int, role: Role, organisation_id: int, now: datetime) -> bool:
        return await insert_new(
            self._connection,
            roles,
            {
                "person_id": person_id,
                "role": role.value,
                "organisation_id": organisation_id,
                "granted_at": now,
            },
        )

    async def holds(self, person_id: int, role: Role, organisation_id: int) -> bool:
        found = await self._connection.scalar(
            select(roles.c.id).where(
                roles.c.person_id == person_id,
                roles.c.role == role.value,
                roles.c.organisation_id == organisation_id,
            )
        )
        return found is not None

    async def save_profile(self, person_id: int, profile: Profile, now: datetime) -> None:
        await self._connection.execute(
            update(people)
            .where(people.c.id == person_id)
            .values(
                full_name=profile.full_name,
                position=profile.position,
                subject=profile.subject,
                years_of_work=profile.years_of_work,
                birth_year=profile.birth_year,
                registered_at=now,
            )
        )

    async def set_blocked(self, account: Account, at: datetime | None) -> None:
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.channel == account.channel, accounts.c.external_id == account.external_id)
            .values(blocked_at=at)
        )
