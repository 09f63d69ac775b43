"""Lists of routes in the database for those who decide about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, exists, func, literal, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.lists_ports import LookedAfter, Waiting
from services.iom.model import OPEN_ROUTE, RouteState, StepState
from services.people.model import Person, Role
from storage.tables import accounts, consents, iom_pauses, iom_routes, iom_steps, organisations, people, roles


class RouteListTable:
    """`services.iom.lists_ports.RouteLists` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self, reader: Person) -> Sequence[Waiting]:
        awaits = _awaits()
        mine = _mine(reader, awaits)
        shown = and_(
            iom_routes.c.person_id != reader.id,
            iom_routes.c.submitted_at.is_not(None),
            or_(mine, iom_routes.c.school_id.in_(_places(reader, Role.CURATOR))),
        )
        told = (
            iom_routes.c.id.label("route_id"),
            people.c.full_name.label("teacher"),
            organisations.c.name.label("school"),
            awaits.label("awaits"),
            mine.label("mine"),
        )
        routes = _of_people(
            select(
                *told,
                null().cast(Integer).label("step_id"),
                iom_routes.c.turn,
                literal("").label("title"),
                iom_routes.c.submitted_at.label("since"),
            )
        ).where(shown, iom_routes.c.state == RouteState.REVIEW.value)
        steps = (
            _of_people(
                select(
                    *told,
                    iom_steps.c.id.label("step_id"),
                    iom_steps.c.turn,
                    iom_steps.c.title,
                    iom_steps.c.done_at.label("since"),
                )
            )
            .join(iom_steps, iom_steps.c.route_id == iom_routes.c.id)
            .where(shown, iom_routes.c.state.in_(OPEN_ROUTE), iom_steps.c.state == StepState.DONE.value)
        )
        found = [
            Waiting(
                row.route_id,
                row.step_id,
                row.turn,
                row.title,
                row.teacher,
                row.school,
                row.since,
                Role(row.awaits),
                bool(row.mine),
            )
            for query in (routes, steps)
            for row in await self._connection.execute(query)
        ]
        return sorted(found, key=lambda one: (not one.mine, one.since, one.route_id, one.step_id or 0))

    async def looked_after(self, reader: Person, today: date) -> Sequence[LookedAfter]:
        counted = iom_steps.c.state != StepState.CANCELLED.value
        resting = exists().where(
            iom_pauses.c.route_id == iom_routes.c.id,
            iom_pauses.c.over.is_(False),
            iom_pauses.c.starts_on <= iom_steps.c.due_on,
        )
        late = and_(
            iom_steps.c.state == StepState.PLANNED.value,
            iom_steps.c.agreed.is_(True),
            iom_steps.c.due_on < today,
            ~resting,
        )
        overdue = _number(late)
        rows = await self._connection.execute(
            _of_people(
                select(
                    iom_routes.c.id,
                    iom_routes.c.state,
                    people.c.full_name,
                    _number(counted).label("steps"),
                    _number(iom_steps.c.state == StepState.CONFIRMED.value).label("confirmed"),
                    _number(iom_steps.c.state == StepState.DONE.value).label("waiting"),
                    overdue.label("overdue"),
                )
            )
            .outerjoin(iom_steps, iom_steps.c.route_id == iom_routes.c.id)
            .where(
                iom_routes.c.mentor_id == reader.id,
                iom_routes.c.person_id != reader.id,
                iom_routes.c.school_id.in_(_places(reader, Role.MENTOR)),
                iom_routes.c.submitted_at.is_not(None),
                iom_routes.c.state.in_(OPEN_ROUTE),
            )
            .group_by(iom_routes.c.id, iom_routes.c.state, people.c.full_name, people.c.name_key)
            .order_by(overdue.desc(), people.c.name_key, iom_routes.c.id)
        )
        return [
            LookedAfter(
                row.id, row.full_name, RouteState(row.state), row.steps, row.confirmed, row.waiting, row.overdue
            )
            for row in rows
        ]


def _of_people(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(iom_routes)
        .join(people, people.c.id == iom_routes.c.person_id)
        .join(organisations, organisations.c.id == iom_routes.c.school_id)
        # Whoever has taken their consent back is shown to nobody.
        .join(consents, and_(consents.c.person_id == people.c.id, consents.c.revoked_at.is_(None)))
    )


def _awaits() -> ColumnElement[str]:
    """The role that a route waits for; the same rule as in `services.iom.recipients`."""
    mentor = exists().where(
        roles.c.person_id == iom_routes.c.mentor_id,
        roles.c.person_id != iom_routes.c.person_id,
        roles.c.role == Role.MENTOR.value,
        roles.c.organisation_id == iom_routes.c.school_id,
        accounts.c.person_id == roles.c.person_id,
    )
    curator = exists().where(
        roles.c.role == Role.CURATOR.value,
        roles.c.person_id != iom_routes.c.person_id,
        roles.c.organisation_id == iom_routes.c.school_id,
        accounts.c.person_id == roles.c.person_id,
    )
    return case((mentor, Role.MENTOR.value), (curator, Role.CURATOR.value), else_=Role.METHODIST.value)


def _mine(reader: Person, awaits: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the reader has the role that the route waits for."""
    as_mentor = and_(awaits == Role.MENTOR.value, iom_routes.c.mentor_id == reader.id)
    as_curator = and_(awaits == Role.CURATOR.value, iom_routes.c.school_id.in_(_places(reader, Role.CURATOR)))
    as_methodist = and_(
        awaits == Role.METHODIST.value, organisations.c.parent_id.in_(_places(reader, Role.METHODIST))
    )
    return or_(as_mentor, as_curator, as_methodist)


def _places(reader: Person, role: Role) -> list[int]:
    return [place.id for place in reader.scopes(role)]


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
