"""The draft as a whole: shown, deleted, begun anew from an agreed route, put back as that was."""

from handlers.iom.card.conversation import own_route_screen, route_screen
from handlers.iom.drafting import draft_screens as screens
from handlers.iom.drafting.shown import shown_draft
from handlers.iom.drafting.taps import ChangeTap, DraftTap, DropDraftTap, RestoreTap
from handlers.iom.within import own_route, route_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom import submitting
from services.iom.model import Route, RouteState

routes = Routes()

DROPPED = "Черновик удалён."
KEPT = "Маршрут остался как был."
MOVED_ON = "Маршрут уже не черновик."
STAYS = "Маршрут уже согласован, удалить его нельзя."


async def draft_screen(visit: Visit, route: Route, page: int = 0, news: str = "") -> Screen:
    """The visitor's draft; of a route that is none any more, its card. Leaves any conversation."""
    if route.state is not RouteState.DRAFT:
        return await route_screen(visit, route)
    return await shown_draft(visit, route, page, news)


@routes.tap(DraftTap, Access.REGISTERED, within=own_route)
async def show_draft(visit: Visit, tap: DraftTap) -> Reply:
    route = await route_of(visit, tap)
    toast = None if route.state is RouteState.DRAFT else MOVED_ON
    return Reply(await draft_screen(visit, route, tap.page), toast)


@routes.tap(DropDraftTap, Access.REGISTERED, within=own_route)
async def drop(visit: Visit, tap: DropDraftTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.DRAFT:
        return Reply(await route_screen(visit, route), MOVED_ON)
    if route.agreed_at is not None:
        return Reply(await draft_screen(visit, route), STAYS)
    if not tap.sure:
        return Reply(screens.dropping(route))
    if not await visit.work.iom.drop(route):
        return Reply(await draft_screen(visit, await route_of(visit, tap)))
    return Reply(await own_route_screen(visit), DROPPED)


@routes.tap(ChangeTap, Access.REGISTERED, within=own_route)
async def change(visit: Visit, tap: ChangeTap) -> Reply:
    route = await route_of(visit, tap)
    changed = await submitting.change(visit.work, route, visit.now)
    return Reply(await draft_screen(visit, changed or await route_of(visit, tap)))


@routes.tap(RestoreTap, Access.REGISTERED, within=own_route)
async def restore(visit: Visit, tap: RestoreTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.DRAFT or route.agreed_at is None:
        return Reply(await draft_screen(visit, route))
    steps = await visit.work.iom.steps(route.id)
    if submitting.proposals(steps) and not tap.sure:
        return Reply(screens.restoring(route, steps))
    restored = await submitting.restore(visit.work, route, visit.today, visit.now, visit.desk.quiet)
    if restored is None:
        return Reply(await draft_screen(visit, await route_of(visit, tap)))
    return Reply(await route_screen(visit, restored), KEPT)
