"""Rows of events as values, and back."""

from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_

from services.events.model import Audience, Event, EventKind, EventState, Plan
from storage.reporting_tables import events
from storage.tables import organisations, roles

ORDER = (events.c.held_on, func.coalesce(events.c.held_at, ""), events.c.id)
"""As a plan is read; without an hour it is the first of its day."""

_own, _theirs = organisations.alias("own"), organisations.alias("theirs")


def answers_for(person_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether the person is responsible for a row of `events`: the same rule as in `services.events.rights`."""
    works_there = exists().where(
        roles.c.person_id == events.c.responsible_id,
        _theirs.c.id == roles.c.organisation_id,
        _own.c.id == events.c.organisation_id,
        or_(_theirs.c.id == _own.c.id, _theirs.c.parent_id == _own.c.id, _theirs.c.id == _own.c.parent_id),
    )
    return and_(events.c.responsible_id == person_id, works_there)


def columns_of(plan: Plan) -> dict[str, Any]:
    """What a plan fills of a row."""
    return {
        "kind": plan.kind.value,
        "title": plan.title,
        "held_on": plan.held_on,
        "held_at": plan.held_at,
        "place": plan.place,
        "audience": plan.audience.value,
        "responsible_id": plan.responsible_id,
        "responsible": plan.responsible,
        "expected": plan.expected,
        "seats": plan.seats,
    }


def event_of(row: Row[Any]) -> Event:
    """The event of a row of `events`."""
    plan = Plan(
        EventKind(row.kind),
        row.title,
        row.held_on,
        row.held_at,
        row.place,
        Audience(row.audience),
        row.responsible_id,
        row.responsible,
        row.expected,
        row.seats,
    )
    return Event(
        row.id,
        row.organisation_id,
        plan,
        EventState(row.state),
        row.turn,
        row.outcome,
        row.announced_at,
        row.remind_on,
        row.created_by,
        row.closed_at,
    )
