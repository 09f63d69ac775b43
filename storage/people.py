"""People, accounts, consents and roles in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
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
from services.people.names import name_key
from services.people.rights import MANAGERS
from storage.conflict import insert_new
from storage.organisations import TIMEZONE
from storage.tables import (
    accounts,
    campaign_people,
    consents,
    conversations,
    invites,
    iom_routes,
    organisations,
    people,
    roles,
    survey_sessions,
    survey_values,
)

_PERSON = (
    select(
        accounts.c.id.label("account_id"),
        accounts.c.blocked_at,
        people.c.id,
        people.c.full_name,
        people.c.position,
        people.c.subject,
        people.c.years_of_work,
        people.c.birth_year,
        people.c.category,
        people.c.profile_on,
        people.c.reminder_hour,
        people.c.registered_at,
        consents.c.version,
        roles.c.role,
        organisations.c.id.label("organisation_id"),
        organisations.c.kind,
        organisations.c.name,
        organisations.c.parent_id,
        TIMEZONE,
    )
    .join(people, people.c.id == accounts.c.person_id)
    .outerjoin(consents, (consents.c.person_id == people.c.id) & consents.c.revoked_at.is_(None))
    .outerjoin(roles, roles.c.person_id == people.c.id)
    .outerjoin(organisations, organisations.c.id == roles.c.organisation_id)
    .where(accounts.c.channel == bindparam("channel"), accounts.c.external_id == bindparam("external_id"))
    .order_by(roles.c.id)
)

_TOLD = (
    people.c.full_name,
    people.c.name_key,
    people.c.position,
    people.c.subject,
    people.c.years_of_work,
    people.c.birth_year,
    people.c.category,
    people.c.profile_on,
)
"""What a person or a roster tells."""

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
        known = Profile(
            first.full_name,
            first.position,
            first.subject,
            first.years_of_work,
            first.birth_year,
            first.category,
            first.profile_on,
        )
        profile = known if first.registered_at is not None else None
        grants = tuple(
            Grant(
                Role(row.role),
                Organisation(row.organisation_id, Kind(row.kind), row.name, row.parent_id, row.timezone_in_force),
            )
            for row in rows
            if row.role is not None
        )
        person = Person(
            first.id,
            first.account_id,
            first.version,
            profile,
            grants,
            known,
            first.blocked_at is not None,
            first.reminder_hour,
        )
        return Visitor(account, person, conversation)

    async def welcome(
        self, account: Account, consent_version: str, now: datetime, invited: int | None = None
    ) -> int:
        person_id = await self._behind(account)
        if person_id is None:
            person_id = await self._open_account(account, now, invited)
        await self._connection.execute(
            update(consents)
            .where(
                consents.c.person_id == person_id,
                consents.c.revoked_at.is_(None),
                consents.c.version != consent_version,
            )
            .values(revoked_at=now)
        )
        await insert_new(
            self._connection, consents, {"person_id": person_id, "version": consent_version, "given_at": now}
        )
        return person_id

    async def accounts(self, person_id: int) -> Sequence[Account]:
        rows = await self._connection.execute(
            select(accounts.c.channel, accounts.c.external_id)
            .where(accounts.c.person_id == person_id)
            .order_by(accounts.c.id)
        )
        return [Account(row.channel, row.external_id) for row in rows]

    async def unclaimed(self, school_ids: Sequence[int], full_name: str, birth_year: int) -> int | None:
        managing = roles.alias("managing")
        found = (
            await self._connection.scalars(
                select(people.c.id)
                .join(roles, roles.c.person_id == people.c.id)
                .outerjoin(accounts, accounts.c.person_id == people.c.id)
                .where(
                    people.c.name_key == name_key(full_name),
                    people.c.birth_year == birth_year,
                    roles.c.organisation_id.in_(school_ids),
                    accounts.c.id.is_(None),
                    # A name and a year do not make anybody a manager: they come in by a link of their own.
                    ~exists().where(
                        managing.c.person_id == people.c.id,
                        managing.c.role.in_([role.value for role in MANAGERS]),
                    ),
                )
                .distinct()
            )
        ).all()
        return int(found[0]) if len(found) == 1 else None

    async def namesakes(self, person_id: int, other_id: int) -> bool:
        keys = (
            await self._connection.scalars(select(people.c.name_key).where(people.c.id.in_([person_id, other_id])))
        ).all()
        return len({key for key in keys if key}) <= 1

    async def absorb(self, person_id: int, other_id: int) -> None:
        for table, apart in ((roles, ("role", "organisation_id")), (campaign_people, ("campaign_id",))):
            mine = table.alias("mine")
            has = exists().where(mine.c.person_id == person_id, *(mine.c[name] == table.c[name] for name in apart))
            await self._connection.execute(
                update(table).where(table.c.person_id == other_id, ~has).values(person_id=person_id)
            )
            await self._connection.execute(delete(table).where(table.c.person_id == other_id))
        await self._connection.execute(
            update(invites).where(invites.c.person_id == other_id).values(person_id=person_id)
        )
        await self._connection.execute(
            update(iom_routes).where(iom_routes.c.mentor_id == other_id).values(mentor_id=person_id)
        )
        merged = [
            (await self._connection.execute(select(*_TOLD).where(people.c.id == one))).one()
            for one in (person_id, other_id)
        ]
        values = {
            column.name: theirs if mine in (None, "") else mine
            for column, mine, theirs in zip(_TOLD, *merged, strict=True)
        }
        await self._connection.execute(update(people).where(people.c.id == person_id).values(values))
        await self._connection.execute(delete(people).where(people.c.id == other_id))

    async def _behind(self, account: Account) -> int | None:
        found = await self._connection.scalar(
            select(accounts.c.person_id).where(
                accounts.c.channel == account.channel, accounts.c.external_id == account.external_id
            )
        )
        return None if found is None else int(found)

    async def _open_account(self, account: Account, now: datetime, invited: int | None) -> int:
        person_id = invited
        if person_id is None:
            made = await self._connection.execute(
                insert(people).values(full_name="", position="", subject="", created_at=now).returning(people.c.id)
            )
            person_id = int(made.scalar_one())
        values = {"person_id": person_id, "channel": account.channel, "external_id": account.external_id}
        if await insert_new(self._connection, accounts, values):
            return person_id
        # Another process has let the same account in meanwhile.
        if invited is None:
            await self._connection.execute(delete(people).where(people.c.id == person_id))
        return await self._behind(account) or person_id

    async def agrees(self, person_id: int, version: str) -> bool:
        found = await self._connection.scalar(
            select(consents.c.id).where(
                consents.c.person_id == person_id, consents.c.version == version, consents.c.revoked_at.is_(None)
            )
        )
        return found is not None

    async def revoke_consent(self, person_id: int, now: datetime) -> None:
        await self._connection.execute(
            update(consents)
            .where(consents.c.person_id == person_id, consents.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        begun = (survey_sessions.c.person_id == person_id) & (survey_sessions.c.state == "in_progress")
        # A draft of an anonymous test is tied to the person: it must not stay.
        drafts = select(survey_sessions.c.id).where(begun, survey_sessions.c.anonymous)
        await self._connection.execute(delete(survey_values).where(survey_values.c.session_id.in_(drafts)))
        await self._connection.execute(delete(survey_sessions).where(begun, survey_sessions.c.anonymous))
        await self._connection.execute(
            update(survey_sessions).where(begun).values(state="stopped", updated_at=now)
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

    async def revoke_role(self, person_id: int, role: Role, organisation_id: int) -> bool:
        result = await self._connection.execute(
            delete(roles).where(
                roles.c.person_id == person_id,
                roles.c.role == role.value,
                roles.c.organisation_id == organisation_id,
            )
        )
        return result.rowcount == 1

    async def save_profile(self, person_id: int, profile: Profile, now: datetime) -> None:
        await self._connection.execute(
            update(people)
            .where(people.c.id == person_id)
            .values(
                full_name=profile.full_name,
                name_key=name_key(profile.full_name),
                position=profile.position,
                subject=profile.subject,
                years_of_work=profile.years_of_work,
                birth_year=profile.birth_year,
                category=profile.category or people.c.category,
                profile_on=profile.known_on or now.date(),
                registered_at=func.coalesce(people.c.registered_at, now),
            )
        )

    async def set_reminder_hour(self, person_id: int, hour: int | None) -> None:
        await self._connection.execute(update(people).where(people.c.id == person_id).values(reminder_hour=hour))

    async def set_blocked(self, account: Account, at: datetime | None) -> None:
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.channel == account.channel, accounts.c.external_id == account.external_id)
            .values(blocked_at=at)
        )
