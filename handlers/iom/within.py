"""Where a tap about a route belongs: the edge lets nobody in whom these find no place for.

A relation decides here, not a role alone: a route is seen by its teacher, its mentor and who oversees the school.
A step that is its teacher's alone is nowhere for others.
"""

from typing import Protocol

from handlers.visit import Visit
from services.iom import rights
from services.iom.model import Route, Step
from services.iom.progress import is_shown
from services.people.model import Organisation


class OfRoute(Protocol):
    """A tap that names a route."""

    route: int


class OfStep(Protocol):
    """A tap that names a step."""

    step: int


async def own_route(visit: Visit, tap: OfRoute) -> Organisation | None:
    """The school of the visitor's own route."""
    return await _place(visit, await visit.work.iom.get(tap.route), rights.is_own)


async def seen_route(visit: Visit, tap: OfRoute) -> Organisation | None:
    """The school of a route that the visitor may see."""
    return await _place(visit, await visit.work.iom.get(tap.route), rights.may_see)


async def decided_route(visit: Visit, tap: OfRoute) -> Organisation | None:
    """The school of a route that the visitor decides about."""
    return await _place(visit, await visit.work.iom.get(tap.route), rights.may_decide)


async def own_step(visit: Visit, tap: OfStep) -> Organisation | None:
    """The school of a step of the visitor's own route."""
    return await _place_of_step(visit, tap, rights.is_own)


async def seen_step(visit: Visit, tap: OfStep) -> Organisation | None:
    """The school of a step that the visitor may see."""
    return await _place_of_step(visit, tap, rights.may_see)


async def decided_step(visit: Visit, tap: OfStep) -> Organisation | None:
    """The school of a step that the visitor decides about."""
    return await _place_of_step(visit, tap, rights.may_decide)


async def route_of(visit: Visit, tap: OfRoute) -> Route:
    """The route of a tap that the edge has let in. Raises LookupError when it is gone."""
    route = await visit.work.iom.get(tap.route)
    if route is None:
        raise LookupError("no such route")
    return route


async def step_of(visit: Visit, tap: OfStep) -> tuple[Route, Step]:
    """The step of a tap that the edge has let in, with its route. Raises LookupError when it is gone."""
    step = await visit.work.iom.step(tap.step)
    route = await visit.work.iom.get(step.route_id) if step is not None else None
    if step is None or route is None:
        raise LookupError("no such step")
    return route, step


async def _place_of_step(visit: Visit, tap: OfStep, admits: rights.Rule) -> Organisation | None:
    step = await visit.work.iom.step(tap.step)
    route = await visit.work.iom.get(step.route_id) if step is not None else None
    if step is None or route is None or visit.person is None:
        return None
    shown = is_shown(route, step, own=route.person_id == visit.person.id)
    return await _place(visit, route, admits) if shown else None


async def _place(visit: Visit, route: Route | None, admits: rights.Rule) -> Organisation | None:
    if route is None or visit.person is None:
        return None
    school = await visit.work.organisations.get(route.school_id)
    if school is None or not admits(visit.person, route, school):
        return None
    own = route.person_id == visit.person.id
    # Whoever has taken their consent back is shown to nobody.
    agrees = own or await visit.work.people.agrees(route.person_id, visit.desk.consent.version)
    return school if agrees else None
