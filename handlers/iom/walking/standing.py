"""What a visitor is writing about at a step of the conversation, looked at anew: things may have changed."""

from handlers.visit import Visit
from services.iom.model import Route, Step


async def own_step_of(visit: Visit) -> tuple[Route, Step] | None:
    """The step that the conversation is about with its route, if it is still the visitor's own."""
    step = await visit.work.iom.step(_number(visit, "step"))
    route = await _own(visit, step.route_id) if step is not None else None
    return (route, step) if step is not None and route is not None else None


async def own_route_of(visit: Visit) -> Route | None:
    """The route that the conversation is about, if it is still the visitor's own."""
    return await _own(visit, _number(visit, "route"))


def remembered(visit: Visit, name: str) -> str:
    """What the conversation holds under that name; empty for nothing."""
    data = visit.conversation.data if visit.conversation is not None else {}
    return str(data.get(name) or "")


def _number(visit: Visit, name: str) -> int:
    return int(remembered(visit, name) or 0)


async def _own(visit: Visit, route_id: int) -> Route | None:
    route = await visit.work.iom.get(route_id)
    return route if route is not None and route.person_id == visit.member.id else None
