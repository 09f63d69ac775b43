"""Routes of schools and their steps, as `storage.iom_counts` counts them, over several periods at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.iom.counting import AsOf, Period
from services.iom.model import Form, RouteKind, RouteState, StepState
from services.people.model import Role
from services.reporting.facts import Basis
from storage.early_career import is_early
from storage.fact_census import any_of, how_many
from storage.fact_vectors import ByPlace, Flags, Numbers, aligned, packed, unpacked, vectors
from storage.fact_windows import Counted, Window
from storage.iom_counts import HANDED_IN, PLANNED, goes_on, in_period, is_open, late_step, waits
from storage.tables import iom_routes, iom_steps, people, roles

_COURSE = and_(iom_steps.c.form == Form.COURSE.value, iom_steps.c.state != StepState.CANCELLED.value)
_CONFIRMED = iom_steps.c.state == StepState.CONFIRMED.value
_HERE, _IN_PLACE = 2, 1
"""Whether a route's teacher teaches in the school of the route, or else in another one of the place."""


async def count_routes(
    connection: AsyncConnection, windows: Sequence[Window], basis: Basis, counted: Counted
) -> None:
    """`iom.*`, `steps.*` and `courses.*`."""
    as_of = AsOf(basis.today, basis.consent)
    routes = await vectors(connection, _routes(counted.schools, windows, as_of))
    of_routes = await vectors(connection, _steps(counted.schools, windows, as_of))
    steps = {name: aligned(routes["id"], of_routes["route_id"], each) for name, each in of_routes.items()}
    by_place = ByPlace(counted, routes["school_id"], routes["person_id"])
    for window in windows:
        _count_window(window, routes, steps, by_place)
        if window.live:
            _count_now(window, routes, steps, by_place)


def _routes(schools: Sequence[int], windows: Sequence[Window], as_of: AsOf) -> Select[Any]:
    """By route what it is like, and what of it belongs to the periods."""
    teaches = and_(roles.c.person_id == iom_routes.c.person_id, roles.c.role == Role.TEACHER.value)
    of_windows = []
    for window in windows:
        period = Period(window.began, window.ended)
        having = and_(
            iom_routes.c.created_at < window.ended,
            func.coalesce(iom_routes.c.closed_at >= window.began, True),
            iom_routes.c.submitted_at.is_not(None),
            iom_routes.c.state != RouteState.CANCELLED.value,
        )
        facts = packed(
            in_period(period, iom_routes.c.created_at),
            in_period(period, iom_routes.c.agreed_at),
            in_period(period, iom_routes.c.closed_at),
            having,
            and_(having, is_early(window.as_of)),
        )
        of_windows.append(facts.label(f"facts {window.key}"))
    return (
        select(
            iom_routes.c.id,
            iom_routes.c.school_id,
            iom_routes.c.person_id,
            case(
                (exists().where(teaches, roles.c.organisation_id == iom_routes.c.school_id), _HERE),
                (exists().where(teaches, roles.c.organisation_id.in_(schools)), _IN_PLACE),
                else_=0,
            ).label("teaches"),
            packed(
                iom_routes.c.kind == RouteKind.DEFICITS.value,
                iom_routes.c.kind == RouteKind.GROWTH.value,
                iom_routes.c.state == RouteState.CLOSED.value,
                iom_routes.c.state == RouteState.CANCELLED.value,
                is_open(as_of),
                goes_on(as_of),
                waits(as_of),
            ).label("route"),
            *of_windows,
        )
        .select_from(iom_routes.join(people, people.c.id == iom_routes.c.person_id))
        .where(iom_routes.c.id.in_(_of(schools)))
    )


def _of(schools: Sequence[int]) -> Select[Any]:
    # A list of ids: SQLite then reads routes, and steps by their routes, in the order in which they are stored.
    mine = iom_routes.alias("mine")
    return select(mine.c.id).where(mine.c.school_id.in_(schools))


def _steps(schools: Sequence[int], windows: Sequence[Window], as_of: AsOf) -> Select[Any]:
    """Agreed steps added up by route."""
    of_windows: list[ColumnElement[Any]] = []
    for window in windows:
        period = Period(window.began, window.ended)
        confirmed = and_(_CONFIRMED, in_period(period, iom_steps.c.confirmed_at))
        course_done = and_(_CONFIRMED, _COURSE, iom_steps.c.confirmed_at < window.ended)
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
        .where(iom_steps.c.agreed.is_(True), iom_steps.c.route_id.in_(_of(schools)))
        .group_by(iom_steps.c.route_id)
    )


def _count_window(
    window: Window, routes: Mapping[str, Numbers], steps: Mapping[str, Numbers], by_place: ByPlace
) -> None:
    """What happened in the period; and of those who teach in the place, who had a route open at some time."""
    drafted, agreed, ended, having, early = unpacked(routes[f"facts {window.key}"], 5)
    for_deficits, for_growth, closed, cancelled, *_ = unpacked(routes["route"], 7)
    of_people: dict[str, Flags] = {
        "iom.people": having,
        "iom.people.deficits": having & for_deficits,
        "iom.people.growth": having & for_growth,
        "iom.developed": having & (drafted | agreed),
        "iom.took_part": having & (steps[f"took_part {window.key}"] > 0),
        "iom.early": early,
        "iom.early.finished": early & closed & ended,
        "courses.recommended": having & (steps["course"] > 0),
        "courses.done": having & (steps[f"course_done {window.key}"] > 0),
    }
    for code, flags in of_people.items():
        by_place.people(window, code, flags & (routes["teaches"] == _HERE), flags & (routes["teaches"] > 0))
    by_place.sums(window, "iom.drafted", drafted)
    by_place.sums(window, "iom.agreed", agreed)
    by_place.sums(window, "iom.finished", closed & ended)
    by_place.sums(window, "iom.cancelled", cancelled & ended)
    by_place.sums(window, "steps.confirmed", steps[f"confirmed {window.key}"])


def _count_now(
    window: Window, routes: Mapping[str, Numbers], steps: Mapping[str, Numbers], by_place: ByPlace
) -> None:
    """How routes and steps stand today."""
    *_, is_open_now, goes_on_now, waits_now = unpacked(routes["route"], 7)
    by_place.sums(window, "iom.in_progress", goes_on_now)
    by_place.sums(window, "iom.waiting", waits_now)
    by_place.sums(window, "iom.overdue", is_open_now & (steps["overdue"] > 0))
    for name in ("planned", "overdue", "handed_in"):
        by_place.sums(window, f"steps.{name}", steps[name] * is_open_now)
