"""What is owed when something has been decided: news for the teacher, and for a new mentor."""

from handlers.ui.screen import Owed
from handlers.visit import Visit
from services.delivery.model import Kind
from services.iom import recipients
from services.iom.model import Route, RouteState, Step


async def route_news(visit: Visit, route: Route) -> tuple[Owed, ...]:
    """To the teacher: what has just been decided about the route."""
    payload = {"route_id": route.id, "at": moment(visit)}
    return tuple(
        Owed(Kind.IOM_DECIDED, f"iom-decided:{route.id}:{route.turn}:{account}", payload, account)
        for account in await visit.work.directory.account_ids(route.person_id)
    )


async def step_news(visit: Visit, route: Route, step: Step) -> tuple[Owed, ...]:
    """To the teacher: what has just been decided about the step."""
    payload = {"step_id": step.id, "at": moment(visit)}
    return tuple(
        Owed(Kind.IOM_STEP_DECIDED, f"iom-step-decided:{step.id}:{step.turn}:{account}", payload, account)
        for account in await visit.work.directory.account_ids(route.person_id)
    )


async def mentor_news(visit: Visit, route: Route) -> tuple[Owed, ...]:
    """To whoever looks after the route from now on, but for the visitor: it is theirs, or waits for them."""
    own = set(await visit.work.directory.account_ids(visit.member.id))
    kind, key, payload = Kind.IOM_MENTOR, "iom-mentor", {"route_id": route.id}
    if route.state is RouteState.REVIEW:
        kind, key, payload = Kind.IOM_TO_AGREE, "iom-agree", {"route_id": route.id, "turn": route.turn}
        accounts = await recipients.deciders(visit.work, route)
    elif route.mentor_id is not None:
        accounts = list(await visit.work.directory.account_ids(route.mentor_id))
    else:
        accounts = []
    return tuple(
        Owed(kind, f"{key}:{route.id}:{route.turn}:{account}", payload, account)
        for account in accounts
        if account not in own
    )


def moment(visit: Visit) -> int:
    """The visit's moment, by which a decision is found again in the history."""
    return int(visit.now.timestamp())
