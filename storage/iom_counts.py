"""Routes of schools counted and listed by the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.counting import AsOf, Counts, Period, SchoolCounts, StepTally, Tally
from services.iom.model import OPEN_ROUTE, RouteKind, RouteState, StepState
from services.iom.overview_ports import Filter, Line
from services.people.model import Kind, Role
from storage.tables import consents, iom_pauses, iom_routes, iom_steps, organisations, people, roles
from storage.takers import within

_ITS_STEP = and_(iom_steps.c.route_id == iom_routes.c.id, iom_steps.c.agreed.is_(True))
PLANNED = iom_steps.c.state == StepState.PLANNED.value
HANDED_IN = iom_steps.c.state.in_((StepState.DONE, StepState.CONFIRMED))
_WHOLE = 0
"""The key of all schools together."""


class CountTable:
    """`services.iom.overview_ports.CountStore` over one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def counts(self, organisation_id: int, period: Period, as_of: AsOf) -> Counts:
        found = await self._counted(organisation_id, period, as_of, apart=False)
        return found[_WHOLE]

    async def by_school(self, organisation_id: int, period: Period, as_of: AsOf) -> Sequence[SchoolCounts]:
        found = await self._counted(organisation_id, period, as_of, apart=True)
        rows = await self._connection.execute(
            select(organisations.c.id, organisations.c.name)
            .where(organisations.c.kind == Kind.SCHOOL.value, within(organisation_id))
            .order_by(organisations.c.name, organisations.c.id)
        )
        return [SchoolCounts(row.id, row.name, found[row.id]) for row in rows]

    async def lines(
        self, organisation_id: int, chosen: Filter, as_of: AsOf, most: int, skip: int
    ) -> Sequence[Line]:
        open_steps = _steps_where(is_open(as_of), iom_steps.c.state.in_((StepState.PLANNED, StepState.DONE)))
        rows = await self._connection.execute(
            select(
                iom_routes.c.id,
                people.c.full_name,
                organisations.c.name.label("school"),
                iom_routes.c.kind,
                iom_routes.c.state,
                open_steps.label("open_steps"),
                _steps_where(is_open(as_of), late_step(as_of)).label("overdue"),
            )
            .join(people, people.c.id == iom_routes.c.person_id)
            .join(organisations, organisations.c.id == iom_routes.c.school_id)
            .where(*_listed(organisation_id, chosen, as_of))
            .order_by(people.c.name_key, people.c.full_name, people.c.id, iom_routes.c.id.desc())
            .limit(most)
            .offset(skip)
        )
        return [
            Line(
                row.id,
                row.full_name,
                row.school,
                RouteKind(row.kind),
                RouteState(row.state),
                row.open_steps,
                row.overdue,
            )
            for row in rows
        ]

    async def line_count(self, organisation_id: int, chosen: Filter, as_of: AsOf) -> int:
        query = select(func.count()).select_from(iom_routes).where(*_listed(organisation_id, chosen, as_of))
        return int(await self._connection.scalar(query) or 0)

    async def _counted(
        self, organisation_id: int, period: Period, as_of: AsOf, *, apart: bool
    ) -> Mapping[int, Counts]:
        """By school, or all of them together under one key."""
        schools = _schools_of(organisation_id)
        key = (iom_routes.c.school_id.label("school"),) if apart else ()
        mine = iom_routes.c.school_id.in_(schools)
        kinds: dict[int, dict[RouteKind, Tally]] = defaultdict(dict)
        for row in await self._connection.execute(_routes(key, mine, period, as_of)):
            kinds[row.school if apart else _WHOLE][RouteKind(row.kind)] = Tally(
                row.drafted,
                row.agreed,
                row.finished,
                row.cancelled,
                row.in_progress,
                row.waiting,
                row.overdue,
            )
        steps = {
            row.school if apart else _WHOLE: StepTally(row.planned, row.overdue, row.handed_in, row.confirmed)
            for row in await self._connection.execute(_steps(key, mine, period, as_of))
        }
        place_taught = iom_routes.c.school_id if apart else schools
        having = {
            row.school if apart else _WHOLE: row
            for row in await self._connection.execute(_people(key, mine, _teaches(place_taught), period))
        }
        place = (roles.c.organisation_id.label("school"),) if apart else ()
        teachers = {
            row.school if apart else _WHOLE: row.teachers
            for row in await self._connection.execute(
                select(*place, func.count(roles.c.person_id.distinct()).label("teachers"))
                .where(roles.c.role == Role.TEACHER.value, roles.c.organisation_id.in_(schools))
                .group_by(*place)
            )
        }
        found: dict[int, Counts] = defaultdict(Counts)
        for school in {*teachers, *kinds, *steps}:
            of_school = Counts(teachers.get(school, 0), kinds=kinds[school], steps=steps.get(school, StepTally()))
            if (row := having.get(school)) is not None:
                of_school = replace(
                    of_school,
                    developed=row.developed,
                    with_route=row.with_route,
                    with_kind={
                        kind: number for kind in RouteKind if (number := getattr(row, f"with_{kind.value}"))
                    },
                    took_part=row.took_part,
                )
            found[school] = of_school
        return found


def _schools_of(organisation_id: int) -> Select[tuple[int]]:
    return select(organisations.c.id).where(organisations.c.kind == Kind.SCHOOL.value, within(organisation_id))


def _routes(
    key: tuple[ColumnElement[Any], ...], mine: ColumnElement[bool], period: Period, as_of: AsOf
) -> Select[Any]:
    closed_then = in_period(period, iom_routes.c.closed_at)
    return (
        select(
            *key,
            iom_routes.c.kind,
            _count(in_period(period, iom_routes.c.created_at)).label("drafted"),
            _count(in_period(period, iom_routes.c.agreed_at)).label("agreed"),
            _count(and_(iom_routes.c.state == RouteState.CLOSED.value, closed_then)).label("finished"),
            _count(and_(iom_routes.c.state == RouteState.CANCELLED.value, closed_then)).label("cancelled"),
            _count(goes_on(as_of)).label("in_progress"),
            _count(waits(as_of)).label("waiting"),
            _count(_is_overdue(as_of)).label("overdue"),
        )
        .where(mine)
        .group_by(*key, iom_routes.c.kind)
    )


def _steps(
    key: tuple[ColumnElement[Any], ...], mine: ColumnElement[bool], period: Period, as_of: AsOf
) -> Select[Any]:
    confirmed = and_(iom_steps.c.state == StepState.CONFIRMED.value, in_period(period, iom_steps.c.confirmed_at))
    return (
        select(
            *key,
            _count(and_(is_open(as_of), PLANNED)).label("planned"),
            _count(and_(is_open(as_of), late_step(as_of))).label("overdue"),
            _count(and_(is_open(as_of), iom_steps.c.state == StepState.DONE.value)).label("handed_in"),
            _count(confirmed).label("confirmed"),
        )
        .select_from(iom_routes)
        .join(iom_steps, _ITS_STEP)
        .where(mine)
        .group_by(*key)
    )


def _people(
    key: tuple[ColumnElement[Any], ...], mine: ColumnElement[bool], teaches: ColumnElement[bool], period: Period
) -> Select[Any]:
    handed_in = exists().where(_ITS_STEP, HANDED_IN, in_period(period, iom_steps.c.done_at))
    developed = or_(in_period(period, iom_routes.c.created_at), in_period(period, iom_routes.c.agreed_at))
    return (
        select(
            *key,
            _people_with(developed).label("developed"),
            func.count(iom_routes.c.person_id.distinct()).label("with_route"),
            *(_people_with(iom_routes.c.kind == kind.value).label(f"with_{kind.value}") for kind in RouteKind),
            _people_with(handed_in).label("took_part"),
        )
        .where(
            mine,
            teaches,
            iom_routes.c.submitted_at.is_not(None),
            iom_routes.c.state != RouteState.CANCELLED.value,
            iom_routes.c.created_at < period.ends,
            func.coalesce(iom_routes.c.closed_at >= period.begins, True),
        )
        .group_by(*key)
    )


def _teaches(place: ColumnElement[int] | Select[tuple[int]]) -> ColumnElement[bool]:
    """Whoever left is none of the teachers that shares are of."""
    there = roles.c.organisation_id
    return exists().where(
        roles.c.person_id == iom_routes.c.person_id,
        roles.c.role == Role.TEACHER.value,
        there.in_(place) if isinstance(place, Select) else there == place,
    )


def _people_with(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, iom_routes.c.person_id)).distinct())


def _listed(organisation_id: int, chosen: Filter, as_of: AsOf) -> tuple[ColumnElement[bool], ...]:
    """Drafts that nobody has been shown are their teachers' own."""
    conditions: dict[Filter, tuple[ColumnElement[bool], ...]] = {
        Filter.ALL: (),
        Filter.WAITING: (waits(as_of),),
        Filter.ACTIVE: (goes_on(as_of),),
        Filter.OVERDUE: (_is_overdue(as_of),),
        Filter.CLOSED: (iom_routes.c.state == RouteState.CLOSED.value,),
    }
    return (
        iom_routes.c.school_id.in_(_schools_of(organisation_id)),
        iom_routes.c.submitted_at.is_not(None),
        _agrees(as_of),
        *conditions[chosen],
    )


def _is_overdue(as_of: AsOf) -> ColumnElement[bool]:
    return and_(is_open(as_of), exists().where(_ITS_STEP, late_step(as_of)))


def late_step(as_of: AsOf) -> ColumnElement[bool]:
    """A planned step after its term, which no pause is going to move."""
    moves = exists().where(
        iom_pauses.c.route_id == iom_steps.c.route_id,
        iom_pauses.c.over.is_(False),
        iom_pauses.c.starts_on <= iom_steps.c.due_on,
    )
    return and_(PLANNED, iom_steps.c.due_on < as_of.today, ~moves)


def _steps_where(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    counted = select(func.count()).select_from(iom_steps).where(_ITS_STEP, *conditions)
    return counted.correlate(iom_routes).scalar_subquery()


def is_open(as_of: AsOf) -> ColumnElement[bool]:
    return and_(iom_routes.c.state.in_(OPEN_ROUTE), _agrees(as_of))


def goes_on(as_of: AsOf) -> ColumnElement[bool]:
    return and_(is_open(as_of), iom_routes.c.agreed_at.is_not(None))


def waits(as_of: AsOf) -> ColumnElement[bool]:
    return and_(iom_routes.c.state == RouteState.REVIEW.value, _agrees(as_of))


def _agrees(as_of: AsOf) -> ColumnElement[bool]:
    return exists().where(
        consents.c.person_id == iom_routes.c.person_id,
        consents.c.version == as_of.consent,
        consents.c.revoked_at.is_(None),
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def in_period(period: Period, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(moment >= period.begins, moment < period.ends)
