"""Everything that the service holds about one person: read whole, and deleted whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Delete, Select, Update, and_, delete, exists, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.privacy.ports import Rows
from storage.erasing_mentoring import (
    erasing_mentoring,
    forget_words_about,
    forgetting_mentoring,
    locking_pairs,
)
from storage.personal_mentoring import mentoring_queries
from storage.personal_reports import erasing_reports, forgetting_reports, report_queries
from storage.personal_routes import erasing_routes, forgetting_routes, letting_go, route_queries
from storage.tables import (
    accounts,
    anonymous_sheets,
    audit,
    campaign_people,
    campaigns,
    consents,
    conversations,
    invites,
    iom_routes,
    organisations,
    outbox,
    people,
    portion_members,
    portions,
    roles,
    shares,
    survey_sessions,
    survey_values,
    uploads,
)

_place = organisations.c.name.label("place")
_campaign = campaigns.c.title.label("campaign")
_last_touched = func.coalesce(survey_sessions.c.finished_at, survey_sessions.c.updated_at)


class PersonalTable:
    """`services.privacy.ports.PersonalStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def everything(self, person_id: int) -> Mapping[str, Rows]:
        return {
            kind: [dict(row) for row in (await self._connection.execute(query)).mappings()]
            for kind, query in _queries(person_id).items()
        }

    async def erase(self, person_id: int) -> None:
        # Whoever counts this person into a portion holds the row, and is waited for.
        await self._connection.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())
        await self._connection.execute(locking_pairs(person_id))
        await forget_words_about(self._connection, person_id)
        for statement in (
            *erasing_mentoring(person_id),
            *erasing_routes(person_id),
            *erasing_reports(person_id),
            *_erasing_tests(person_id),
        ):
            await self._connection.execute(statement)
        # Locked after the tests: whoever accepts a last answer holds the test, then wants the account.
        mine = accounts.c.person_id == person_id
        await self._connection.execute(select(accounts.c.id).where(mine).with_for_update())
        for statement in _erasing_rest(person_id):
            await self._connection.execute(statement)

    async def forget_answers(self, before: datetime) -> None:
        old = select(survey_sessions.c.id).where(_last_touched < before)
        for statement in (
            *forgetting_mentoring(before),
            *forgetting_reports(before),
            *forgetting_routes(before),
            *letting_go(old),
        ):
            await self._connection.execute(statement)
        for table in (survey_values, shares):
            await self._connection.execute(delete(table).where(table.c.session_id.in_(old)))
        await self._connection.execute(delete(survey_sessions).where(_last_touched < before))
        closed = select(campaigns.c.id).where(campaigns.c.closed_at < before)
        await self._connection.execute(delete(anonymous_sheets).where(anonymous_sheets.c.campaign_id.in_(closed)))
        # Who has a test left is remembered as counted: nobody is counted twice.
        left = exists().where(
            survey_sessions.c.person_id == portion_members.c.person_id,
            survey_sessions.c.instrument == portion_members.c.instrument,
        )
        made = select(portions.c.id).where(portions.c.made_at < before)
        await self._connection.execute(
            delete(portion_members).where(portion_members.c.portion_id.in_(made), ~left)
        )
        await self._connection.execute(
            delete(outbox).where(outbox.c.state.in_(("sent", "failed")), outbox.c.created_at < before)
        )

    async def departed(self, before: datetime) -> Sequence[int]:
        trace = (
            exists().where(roles.c.person_id == people.c.id),
            exists().where(survey_sessions.c.person_id == people.c.id),
            exists().where(iom_routes.c.person_id == people.c.id, iom_routes.c.created_at >= before),
            exists().where(
                consents.c.person_id == people.c.id,
                or_(consents.c.given_at >= before, consents.c.revoked_at >= before),
            ),
            exists().where(
                accounts.c.person_id == people.c.id,
                conversations.c.channel == accounts.c.channel,
                conversations.c.external_id == accounts.c.external_id,
                conversations.c.updated_at >= before,
            ),
        )
        query = select(people.c.id).where(
            func.coalesce(people.c.registered_at, people.c.created_at) < before, ~or_(*trace)
        )
        return (await self._connection.scalars(query)).all()


def _queries(person_id: int) -> dict[str, Select[*tuple[object, ...]]]:
    """What is told of the person, by kinds."""
    owner, viewer = people.alias("owner"), people.alias("viewer")
    mine = select(accounts.c.id).where(accounts.c.person_id == person_id)
    in_campaign = campaign_people.join(campaigns).join(
        organisations, organisations.c.id == campaign_people.c.school_id
    )
    return {
        "profile": select(people).where(people.c.id == person_id),
        "accounts": select(accounts).where(accounts.c.person_id == person_id).order_by(accounts.c.id),
        "consents": select(consents).where(consents.c.person_id == person_id).order_by(consents.c.id),
        "roles": (
            select(roles, _place).join(organisations).where(roles.c.person_id == person_id).order_by(roles.c.id)
        ),
        "invites": (
            select(invites, _place)
            .join(organisations)
            .where(or_(invites.c.person_id == person_id, invites.c.issued_by == person_id))
            .order_by(invites.c.id)
        ),
        "conversations": (
            select(conversations)
            .join(
                accounts,
                and_(
                    accounts.c.channel == conversations.c.channel,
                    accounts.c.external_id == conversations.c.external_id,
                ),
            )
            .where(accounts.c.person_id == person_id)
        ),
        "sessions": (
            select(survey_sessions, _campaign)
            .outerjoin(campaigns)
            .where(survey_sessions.c.person_id == person_id)
            .order_by(survey_sessions.c.id)
        ),
        "values": (select(survey_values).join(survey_sessions).where(survey_sessions.c.person_id == person_id)),
        **route_queries(person_id),
        **mentoring_queries(person_id),
        **report_queries(person_id),
        "campaigns": (
            select(campaign_people, _campaign, _place)
            .select_from(in_campaign)
            .where(campaign_people.c.person_id == person_id)
            .order_by(campaign_people.c.campaign_id)
        ),
        "campaigns_made": (
            select(campaigns, _place)
            .join(organisations)
            .where(campaigns.c.created_by == person_id)
            .order_by(campaigns.c.id)
        ),
        "counted": (
            select(portion_members, portions.c.made_at)
            .join(portions)
            .where(portion_members.c.person_id == person_id)
            .order_by(portion_members.c.portion_id)
        ),
        "shares": (
            select(shares, owner.c.full_name.label("owner_name"), viewer.c.full_name.label("viewer_name"))
            .join(owner, owner.c.id == shares.c.owner_id)
            .join(viewer, viewer.c.id == shares.c.viewer_id)
            .where(or_(shares.c.owner_id == person_id, shares.c.viewer_id == person_id))
            .order_by(shares.c.id)
        ),
        # Without the content: a file that somebody sends speaks of others.
        "uploads": (
            select(uploads.c.name, uploads.c.kind, uploads.c.uploaded_at, _place)
            .join(organisations)
            .where(uploads.c.person_id == person_id)
            .order_by(uploads.c.id)
        ),
        "messages": (
            select(outbox.c.kind, outbox.c.state, outbox.c.created_at, outbox.c.sent_at)
            .where(outbox.c.account_id.in_(mine))
            .order_by(outbox.c.id)
        ),
        "audit": (
            select(audit, _place)
            .outerjoin(organisations, organisations.c.id == audit.c.organisation_id)
            .where(or_(audit.c.actor_id == person_id, audit.c.person_id == person_id))
            .order_by(audit.c.id)
        ),
    }


def _erasing_tests(person_id: int) -> Sequence[Delete | Update]:
    """The statements that delete the person's tests and what hangs on them."""
    sessions = select(survey_sessions.c.id).where(survey_sessions.c.person_id == person_id)
    return [
        delete(shares).where(
            or_(
                shares.c.owner_id == person_id,
                shares.c.viewer_id == person_id,
                shares.c.session_id.in_(sessions),
            )
        ),
        delete(survey_values).where(survey_values.c.session_id.in_(sessions)),
        delete(survey_sessions).where(survey_sessions.c.person_id == person_id),
    ]


def _erasing_rest(person_id: int) -> Sequence[Delete | Update]:
    """The statements that delete all else, in the order that foreign keys allow."""
    mine = accounts.c.person_id == person_id
    whereabouts = select(accounts.c.channel, accounts.c.external_id).where(mine)
    personal = (campaign_people, portion_members, roles, invites, uploads, consents)
    return [
        delete(outbox).where(outbox.c.account_id.in_(select(accounts.c.id).where(mine))),
        delete(conversations).where(tuple_(conversations.c.channel, conversations.c.external_id).in_(whereabouts)),
        *(delete(table).where(table.c.person_id == person_id) for table in personal),
        update(invites).where(invites.c.issued_by == person_id).values(issued_by=None),
        update(campaigns).where(campaigns.c.created_by == person_id).values(created_by=None),
        delete(accounts).where(mine),
        delete(people).where(people.c.id == person_id),
    ]
