"""Whether enough people wait in a taking for a portion to be made of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns.model import State as CampaignState
from services.reporting.groups.waves import Wave
from storage.reachable import agrees
from storage.tables import (
    anonymous_sheets,
    campaign_people,
    campaigns,
    people,
    portion_members,
    roles,
    survey_sessions,
)
from storage.takers import joined_first
from storage.taking_choice import outside


async def enough_wait(
    connection: AsyncConnection, place_id: int, schools: Sequence[int], test: str, wave: Wave, min_group: int
) -> bool:
    """Whether in some school so many have finished who are in no portion; in an anonymous campaign all together.

    Quick where nobody waits: only who is in no portion is looked at closely.
    """
    if wave.anonymous:
        return await _enough_sheets(connection, place_id, wave, min_group)
    if wave.campaign_id is not None:
        school, person, source = campaign_people.c.school_id, campaign_people.c.person_id, campaign_people
        conditions: tuple[ColumnElement[bool], ...] = (
            campaign_people.c.campaign_id == wave.campaign_id,
            campaign_people.c.finished.is_(True),
        )
        waiting = _not_counted(source, person, conditions, test, wave)
        query = select(func.count()).select_from(
            waiting.join(source, and_(person == waiting.c.person_id, conditions[0]))
        )
        query = query.where(school.in_(schools))
    else:
        assert wave.ends is not None
        school = roles.c.organisation_id
        waiting = _not_counted(
            survey_sessions, survey_sessions.c.person_id, outside(test, wave.begins, wave.ends), test, wave
        )
        query = select(func.count(waiting.c.person_id.distinct())).select_from(
            waiting.join(roles, roles.c.person_id == waiting.c.person_id)
        )
        query = query.where(joined_first(), school.in_(schools))
    registered = exists().where(people.c.id == waiting.c.person_id, people.c.registered_at.is_not(None))
    enough = query.where(registered, agrees(waiting.c.person_id, None)).group_by(school)
    return (await connection.execute(enough.having(func.count() >= min_group).limit(1))).first() is not None


def _not_counted(
    source: FromClause,
    person: ColumnElement[int],
    conditions: tuple[ColumnElement[bool], ...],
    test: str,
    wave: Wave,
) -> Any:
    counted = exists().where(
        portion_members.c.instrument == test,
        portion_members.c.wave == wave.key,
        portion_members.c.person_id == person,
    )
    return (
        select(person.label("person_id"))
        .select_from(source)
        .where(*conditions, ~counted)
        .distinct()
        .cte("waiting")
        .prefix_with("MATERIALIZED")
    )


async def _enough_sheets(connection: AsyncConnection, place_id: int, wave: Wave, min_group: int) -> bool:
    query = select(func.count()).where(
        anonymous_sheets.c.campaign_id == wave.campaign_id,
        anonymous_sheets.c.portion_id.is_(None),
        campaigns.c.id == wave.campaign_id,
        campaigns.c.organisation_id == place_id,
        campaigns.c.state == CampaignState.CLOSED.value,
    )
    return int(await connection.scalar(query) or 0) >= min_group
