"""Routes of schools and their steps, as `storage.iom_counts` counts them, over several periods at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.counting import AsOf, Period
from services.iom.model import Form, RouteKind, RouteState, StepState
from services.people.model import Role
from services.reporting.facts import Basis
from storage.early_career import is_early
from storage.fact_census import NOW, any_of, count_people, how_many, labelled
from storage.fact_windows import Counted, Window
from storage.iom_counts import HANDED_IN, PLANNED, goes_on, in_period, is_open, late_step, waits
from storage.tables import iom_routes, iom_steps, people, roles

_COURSE = and_(iom_steps.c.form == Form.COURSE.value, iom_steps.c.state != StepState.CANCELLED.value)
_CONFIRMED = iom_steps.c.state == StepState.CONFIRMED.value


async def count_routes(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """`iom.*`, `steps.*` and `courses.*`."""
    as_of = AsOf(basis.today, basis.consent)
    steps = _steps(counted.schools, windows, as_of)
    there = roles.alias("there")
    here = there.c.id.is_not(None)
    in_place = or_(
        here,
        exists().where(
            roles.c.person_id == iom_routes.c.person_id,
            roles.c.role == Role.TEACHER.value,
            roles.c.organisation_id.in_(counted.schools),
        ),
    )
    of_people: dict[tuple[str, str], ColumnElement[Any]] = {}
    sums: dict[tuple[str, str], ColumnElement[Any]] = {}
    for window in windows:
        of_people |= _people(window, steps, in_place)
        sums |= _routes_of(window, steps)
    if any(window.live for window in windows):
        sums |= _now(as_of, steps)
    rows = (
        select(
            iom_routes.c.school_id.label("school"),
            iom_routes.c.person_id,
            any_of(here).label("here"),
            *labelled(of_people),
            *labelled(sums),
        )
        .select_from(
            iom_routes.join(people, people.c.id == iom_routes.c.person_id)
            .outerjoin(steps, steps.c.route_id == iom_routes.c.id)
            .outerjoin(
                there,
                and_(
                    there.c.person_id == iom_routes.c.person_id,
                    there.c.role == Role.TEACHER.value,
                    there.c.organisation_id == iom_routes.c.school_id,
                ),
            )
        )
        .where(iom_routes.c.school_id.in_(counted.schools))
        .group_by(iom_routes.c.school_id, iom_routes.c.person_id)
    )
    await count_people(connection, rows, of_people, sums, windows, counted)


def _steps(schools: Sequence[int], windows: Sequence[Window], as_of: AsOf) -> Subquery:
    """Agreed steps added up by route."""
    of_windows: list[ColumnElement[Any]] = []
    for window in windows:
        period = Period(window.began, window.ended)
        confirmed = and_(_CONFIRMED, in_period(period, iom_steps.c.confirmed_at))
        course_done = and_(_COURSE, _CONFIRMED, iom_steps.c.confirmed_at < window.ended)
        of_windows += [
            how_many(confirmed).label(f"confirmed {window.key}"),
            any_of(and_(HANDED_IN, in_period(period, iom_steps.c.done_at))).label(f"took_part {window.key}"),
            any_of(course_done).label(f"course_done {window.key}"),
        ]
    return (
        select(
            iom_steps.c.route_id,
            how_many(PLANNED).label("planned"),
            how_many(late_step(as_of)).label("overdue"),
            how_many(iom_steps.c.state == StepState.DONE.value).label("handed_in"),
            any_of(_COURSE).label("course"),
            *of_windows,
        )
        .where(
            iom_steps.c.agreed.is_(True),
            # Not a join: SQLite then reads steps in the order of their routes, and has nothing to sort.
            iom_steps.c.route_id.in_(select(iom_routes.c.id).where(iom_routes.c.school_id.in_(schools))),
        )
        .group_by(iom_steps.c.route_id)
        .subquery("steps")
    )


def _people(
    window: Window, steps: Subquery, in_place: ColumnElement[bool]
) -> dict[tuple[str, str], ColumnElement[Any]]:
    """Of those who teach in the place: who has a route that was open at some time of the period."""
    period = Period(window.began, window.ended)
    # What most routes fail is asked first: it saves the rest.
    having = and_(
        iom_routes.c.created_at < window.ended,
        func.coalesce(iom_routes.c.closed_at >= window.began, True),
        iom_routes.c.submitted_at.is_not(None),
        iom_routes.c.state != RouteState.CANCELLED.value,
        in_place,
    )
    early = is_early(window.as_of)
    begun = or_(in_period(period, iom_routes.c.created_at), in_period(period, iom_routes.c.agreed_at))
    finished = and_(iom_routes.c.state == RouteState.CLOSED.value, in_period(period, iom_routes.c.closed_at))
    conditions = {
        "iom.people": having,
        "iom.people.deficits": and_(having, iom_routes.c.kind == RouteKind.DEFICITS.value),
        "iom.people.growth": and_(having, iom_routes.c.kind == RouteKind.GROWTH.value),
        "iom.developed": and_(having, begun),
        "iom.took_part": and_(having, steps.c[f"took_part {window.key}"] == 1),
        "iom.early": and_(having, early),
        "iom.early.finished": and_(having, finished, early),
        "courses.recommended": and_(having, steps.c.course == 1),
        "courses.done": and_(having, steps.c[f"course_done {window.key}"] == 1),
    }
    return {(window.key, code): any_of(condition) for code, condition in conditions.items()}


def _routes_of(window: Window, steps: Subquery) -> dict[tuple[str, str], ColumnElement[Any]]:
    """What happened to routes and steps in the period."""
    period = Period(window.began, window.ended)
    ended = in_period(period, iom_routes.c.closed_at)
    return {
        (window.key, "iom.drafted"): how_many(in_period(period, iom_routes.c.created_at)),
        (window.key, "iom.agreed"): how_many(in_period(period, iom_routes.c.agreed_at)),
        (window.key, "iom.finished"): how_many(and_(iom_routes.c.state == RouteState.CLOSED.value, ended)),
        (window.key, "iom.cancelled"): how_many(and_(iom_routes.c.state == RouteState.CANCELLED.value, ended)),
        (window.key, "steps.confirmed"): func.coalesce(func.sum(steps.c[f"confirmed {window.key}"]), 0),
    }


def _now(as_of: AsOf, steps: Subquery) -> dict[tuple[str, str], ColumnElement[Any]]:
    """How routes and steps stand today."""

    def in_open_routes(number: ColumnElement[int]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(number > 0, is_open(as_of)), number), else_=0)), 0)

    return {
        (NOW, "iom.in_progress"): how_many(goes_on(as_of)),
        (NOW, "iom.waiting"): how_many(waits(as_of)),
        (NOW, "iom.overdue"): how_many(and_(steps.c.overdue > 0, is_open(as_of))),
        (NOW, "steps.planned"): in_open_routes(steps.c.planned),
        (NOW, "steps.overdue"): in_open_routes(steps.c.overdue),
        (NOW, "steps.handed_in"): in_open_routes(steps.c.handed_in),
    }
