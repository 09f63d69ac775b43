"""Campaigns in the database: what they are, and whether they run."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, Update, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns.model import Audience, Campaign, Listed, OfficialAnswer, Plan, State
from services.diagnostics.session import State as SessionState
from services.people.model import Role
from storage.campaign_people import EnrolmentTable
from storage.tables import campaign_people, campaigns, organisations, survey_sessions, survey_values
from storage.takers import within

_ORDER = (
    case((campaigns.c.state == State.RUNNING.value, 0), (campaigns.c.state == State.DRAFT.value, 1), else_=2),
    campaigns.c.id.desc(),
)
_AT_ONCE = 500
"""Ids in one condition: both databases have a limit on parameters."""


class CampaignTable(EnrolmentTable):
    """`services.campaigns.ports.CampaignStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, campaign_id: int) -> Campaign | None:
        row = (await self._connection.execute(select(campaigns).where(campaigns.c.id == campaign_id))).first()
        return _campaign(row) if row else None

    async def add(
        self, organisation_id: int, plan: Plan, repeat_of: int | None, created_by: int, now: datetime
    ) -> Campaign:
        values = _columns(plan) | {
            "organisation_id": organisation_id,
            "state": State.DRAFT.value,
            "repeat_of": repeat_of,
            "created_by": created_by,
            "created_at": now,
        }
        row = (await self._connection.execute(insert(campaigns).values(values).returning(campaigns))).one()
        return _campaign(row)

    async def change(self, campaign_id: int, plan: Plan) -> bool:
        return await self._one(_in_state(campaign_id, State.DRAFT).values(_columns(plan)))

    async def drop(self, campaign_id: int) -> bool:
        result = await self._connection.execute(
            delete(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.state == State.DRAFT.value)
        )
        return result.rowcount == 1

    async def listed(self, organisation_ids: Sequence[int]) -> Sequence[Listed]:
        counts = (
            select(
                campaign_people.c.campaign_id,
                func.count().label("people"),
                func.sum(case((campaign_people.c.finished, 1), else_=0)).label("finished"),
            )
            .group_by(campaign_people.c.campaign_id)
            .subquery("counts")
        )
        rows = await self._connection.execute(
            select(
                campaigns,
                func.coalesce(counts.c.people, 0).label("people"),
                func.coalesce(counts.c.finished, 0).label("done"),
            )
            .outerjoin(counts, counts.c.campaign_id == campaigns.c.id)
            .where(campaigns.c.organisation_id.in_(organisation_ids))
            .order_by(*_ORDER)
        )
        return [Listed(_campaign(row), row.people, int(row.done)) for row in rows]

    async def around(self, school_ids: Sequence[int]) -> Sequence[Listed]:
        rows = await self._connection.execute(
            select(
                campaigns,
                campaign_people.c.school_id,
                func.count().label("people"),
                func.sum(case((campaign_people.c.finished, 1), else_=0)).label("done"),
            )
            .join(campaign_people, campaign_people.c.campaign_id == campaigns.c.id)
            .where(
                campaign_people.c.school_id.in_(school_ids),
                campaigns.c.organisation_id != campaign_people.c.school_id,
                campaigns.c.state != State.DRAFT.value,
            )
            .group_by(campaigns.c.id, campaign_people.c.school_id)
            .order_by(*_ORDER)
        )
        return [Listed(_campaign(row), row.people, int(row.done), row.school_id) for row in rows]

    async def running(self) -> Sequence[Campaign]:
        return await self._campaigns(
            select(campaigns).where(campaigns.c.state == State.RUNNING.value).order_by(campaigns.c.id)
        )

    async def running_for(self, person_id: int) -> Sequence[Campaign]:
        return await self._campaigns(
            select(campaigns)
            .join(campaign_people, campaign_people.c.campaign_id == campaigns.c.id)
            .where(
                campaign_people.c.person_id == person_id,
                campaign_people.c.finished.is_(False),
                campaigns.c.state == State.RUNNING.value,
            )
            .order_by(campaigns.c.ends_on, campaigns.c.id)
        )

    async def launch(self, campaign_id: int, now: datetime) -> bool:
        values = {"state": State.RUNNING.value, "launched_at": now}
        return await self._one(_in_state(campaign_id, State.DRAFT).values(values))

    async def close(self, campaign_id: int, now: datetime) -> bool:
        values = {"state": State.CLOSED.value, "closed_at": now}
        return await self._one(_in_state(campaign_id, State.RUNNING).values(values))

    async def reopen(self, campaign_id: int, ends_on: date) -> bool:
        values = {"state": State.RUNNING.value, "closed_at": None, "ends_on": ends_on}
        return await self._one(_in_state(campaign_id, State.CLOSED).values(values))

    async def close_ended(self, today: date, now: datetime) -> Sequence[Campaign]:
        return await self._campaigns(
            update(campaigns)
            .where(campaigns.c.state == State.RUNNING.value, campaigns.c.ends_on < today)
            .values(state=State.CLOSED.value, closed_at=now)
            .returning(campaigns)
        )

    async def official(self, campaign_id: int) -> Sequence[OfficialAnswer]:
        owner = select(campaigns.c.organisation_id).where(campaigns.c.id == campaign_id).scalar_subquery()
        later = survey_sessions.alias("later")
        superseded = (
            select(later.c.id)
            .where(
                later.c.campaign_id == campaign_id,
                later.c.organisation_id == survey_sessions.c.organisation_id,
                later.c.state == SessionState.FINISHED.value,
                later.c.id > survey_sessions.c.id,
            )
            .exists()
        )
        forms = (
            await self._connection.execute(
                select(
                    survey_sessions.c.id,
                    survey_sessions.c.version,
                    survey_sessions.c.answers,
                    organisations.c.id.label("school_id"),
                    organisations.c.name,
                )
                .join(organisations, organisations.c.id == survey_sessions.c.organisation_id)
                .where(
                    survey_sessions.c.campaign_id == campaign_id,
                    survey_sessions.c.state == SessionState.FINISHED.value,
                    within(owner),
                    ~superseded,
                )
                .order_by(organisations.c.name, organisations.c.id)
            )
        ).all()
        values = await self._values([form.id for form in forms])
        return [
            OfficialAnswer(form.school_id, form.name, form.version, form.answers, values.get(form.id, {}))
            for form in forms
        ]

    async def _values(self, sessions: Sequence[int]) -> Mapping[int, dict[int, object]]:
        found: dict[int, dict[int, object]] = {}
        for start in range(0, len(sessions), _AT_ONCE):
            rows = await self._connection.execute(
                select(survey_values).where(survey_values.c.session_id.in_(sessions[start : start + _AT_ONCE]))
            )
            for row in rows:
                found.setdefault(row.session_id, {})[row.item] = row.value
        return found

    async def _campaigns(self, query: Select[Any] | Any) -> Sequence[Campaign]:
        return [_campaign(row) for row in await self._connection.execute(query)]

    async def _one(self, statement: Update) -> bool:
        return (await self._connection.execute(statement)).rowcount == 1


def _in_state(campaign_id: int, state: State) -> Update:
    """Nobody changes a campaign but from the state they have seen: of two at once, one does nothing."""
    return update(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.state == state.value)


def _columns(plan: Plan) -> dict[str, Any]:
    return {
        "instrument": plan.instrument,
        "title": plan.title,
        "words": plan.words,
        "audience": {
            "schools": list(plan.audience.schools),
            "roles": [role.value for role in plan.audience.roles],
            "subjects": list(plan.audience.subjects),
            "early_career": plan.audience.early_career,
        },
        "anonymous": plan.anonymous,
        "ends_on": plan.ends_on,
    }


def _campaign(row: Row[Any]) -> Campaign:
    audience = row.audience
    return Campaign(
        row.id,
        row.organisation_id,
        row.instrument,
        row.title,
        row.words,
        Audience(
            tuple(audience.get("schools", ())),
            tuple(Role(role) for role in audience.get("roles", ())),
            tuple(audience.get("subjects", ())),
            bool(audience.get("early_career", False)),
        ),
        row.anonymous,
        State(row.state),
        row.ends_on,
        row.repeat_of,
        row.launched_at,
    )
