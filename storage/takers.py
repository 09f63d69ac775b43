"""Whom a wave is about, and which finished tests belong to it: conditions that reports and portions share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, ScalarSelect, Select, and_, exists, or_, select

from services.diagnostics.session import State
from services.people.model import Role
from services.reporting.groups.waves import Wave
from storage.tables import campaign_people, consents, organisations, people, roles


def takers(organisation_id: int, campaign_id: int | None) -> Select[tuple[int, int]]:
    """Registered people with a consent in force and the school each is counted in: `school_id`, `person_id`.

    In a campaign those whom it is for. Otherwise teachers; a teacher of two schools is counted once, in the school
    joined first: groups must never overlap, or the difference between two of them could single somebody out.
    """
    if campaign_id is not None:
        school_id, person_id, source = campaign_people.c.school_id, campaign_people.c.person_id, campaign_people
        conditions = [campaign_people.c.campaign_id == campaign_id]
    else:
        school_id, person_id, source = roles.c.organisation_id, roles.c.person_id, roles
        conditions = [joined_first()]
    return (
        select(school_id.label("school_id"), person_id.label("person_id"))
        .select_from(source)
        .join(organisations, organisations.c.id == school_id)
        .join(people, people.c.id == person_id)
        .join(consents, (consents.c.person_id == people.c.id) & consents.c.revoked_at.is_(None))
        .where(*conditions, people.c.registered_at.is_not(None), within(organisation_id))
    )


def joined_first() -> ColumnElement[bool]:
    """Whether a row of `roles` is a teacher's in the school that they joined before any other."""
    return and_(roles.c.role == Role.TEACHER.value, ~joined_earlier())


def joined_earlier(schools: Sequence[int] | None = None) -> ColumnElement[bool]:
    """Whether the person of a row of `roles` was a teacher before: in one of the schools, or with None in any."""
    earlier = roles.alias("earlier")
    return exists().where(
        earlier.c.person_id == roles.c.person_id,
        earlier.c.role == Role.TEACHER.value,
        earlier.c.id < roles.c.id,
        *([earlier.c.organisation_id.in_(schools)] if schools is not None else []),
    )


def within(organisation_id: int | ScalarSelect[int]) -> ColumnElement[bool]:
    """Whether a row of `organisations` is this one or right under it."""
    return or_(organisations.c.id == organisation_id, organisations.c.parent_id == organisation_id)


def finished(sessions: FromClause, instrument: str, version: str, wave: Wave | None) -> ColumnElement[bool]:
    """Whether a row of `sessions` is finished in the wave, or with None in any outside campaigns."""
    return and_(
        sessions.c.instrument == instrument,
        sessions.c.version == version,
        sessions.c.state == State.FINISHED.value,
        *taken_in(sessions, wave, sessions.c.finished_at),
    )


def taken_in(
    sessions: FromClause, wave: Wave | None, moment: ColumnElement[Any]
) -> tuple[ColumnElement[bool], ...]:
    """Conditions on a row of `sessions` to belong to the wave, of which `moment` decides outside campaigns."""
    if wave is None:
        return (sessions.c.campaign_id.is_(None),)
    if wave.campaign_id is not None:
        return (sessions.c.campaign_id == wave.campaign_id,)
    return (sessions.c.campaign_id.is_(None), moment >= wave.begins, moment < wave.ends)
