"""A route and its steps as they are read."""

from collections.abc import Sequence

from handlers.iom.card import parts, screens, step_screens
from handlers.iom.card.step_screens import Text
from handlers.iom.card.view import view_of
from handlers.iom.drafting.shown import shown_draft
from handlers.iom.reviewing.deciding import note_opened
from handlers.iom.taps import IomTap, RouteTap, StepTap, WholeTap
from handlers.iom.within import route_of, seen_route, seen_step, step_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom.model import Evidence, Route, RouteState, Step
from services.iom.progress import is_shown
from services.people.model import Role

routes = Routes()


@routes.command("iom", Access.REGISTERED)
async def show_own(visit: Visit, _: str) -> Reply:
    return Reply(await own_route_screen(visit))


@routes.tap(IomTap, Access.REGISTERED)
async def tap_own(visit: Visit, tap: IomTap) -> Reply:
    return Reply(await own_route_screen(visit))


@routes.tap(RouteTap, Access.REGISTERED, within=seen_route)
async def tap_route(visit: Visit, tap: RouteTap) -> Reply:
    route = await route_of(visit, tap)
    await note_opened(visit, route)
    return Reply(await route_screen(visit, route, tap.part, tap.page))


@routes.tap(StepTap, Access.REGISTERED, within=seen_step)
async def tap_step(visit: Visit, tap: StepTap) -> Reply:
    route, step = await step_of(visit, tap)
    await note_opened(visit, route)
    return Reply(await step_screen(visit, route, step))


@routes.tap(WholeTap, Access.REGISTERED, within=seen_step)
async def tap_whole(visit: Visit, tap: WholeTap) -> Reply:
    route, step = await step_of(visit, tap)
    texts, _ = await _written(visit, route, step)
    return Reply(step_screens.whole(step, texts, tap.page))


async def own_route_screen(visit: Visit) -> Screen:
    """The visitor's open route, else the last one, else what a route is. Leaves any conversation."""
    person = visit.member
    found = await visit.work.iom.open_of(person.id)
    if found is None:
        found = next(iter(await visit.work.iom.all_of(person.id)), None)
    if found is None:
        await visit.leave()
        return screens.no_route(teaches=person.has(Role.TEACHER))
    return await route_screen(visit, found)


async def route_screen(visit: Visit, route: Route, part: str = "card", page: int = 0) -> Screen:
    """A part of a route's card for the visitor, who may see it. Leaves any conversation."""
    await visit.leave()
    view = await view_of(visit, route)
    if part == "finished":
        return parts.finished(view, page)
    if part == "history":
        events = await visit.work.iom.history(route.id)
        steps = [step for step in await visit.work.iom.steps(route.id) if is_shown(route, step, own=view.own)]
        names = await visit.work.audit.names({event.actor_id for event in events if event.actor_id is not None})
        return parts.history(view, events, {step.id: step.plan.title for step in steps}, names, page)
    if view.own and route.state is RouteState.DRAFT and route.agreed_at is None:
        return await shown_draft(visit, route, page)
    return screens.card(view, page)


async def step_screen(visit: Visit, route: Route, step: Step) -> Screen:
    """The card of a step for the visitor, who may see it. Leaves any conversation."""
    await visit.leave()
    view = await view_of(visit, route)
    texts, evidence = await _written(visit, route, step)
    return step_screens.step_card(view, step, texts, evidence)


async def _written(visit: Visit, route: Route, step: Step) -> tuple[list[Text], Sequence[Evidence]]:
    """What was written about a step, and the evidence given for it."""
    evidence = await visit.work.iom.evidence(step.id)
    events = await visit.work.iom.history(route.id) if step.comment else ()
    return step_screens.texts_of(step, evidence, events), evidence
