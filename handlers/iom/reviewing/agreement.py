"""Agreeing to a route, and returning it with a comment."""

from handlers.iom.card.conversation import route_screen
from handlers.iom.reviewing import review_screens as screens
from handlers.iom.reviewing.deciding import (
    comment_problem,
    decider_let_in,
    decider_of,
    no_more,
    note_opened,
    onward,
    teacher_of,
    unsent,
)
from handlers.iom.reviewing.notices import route_news
from handlers.iom.reviewing.review_screens import Review
from handlers.iom.reviewing.taps import AgreeTap, ReturnTap, ReviewTap
from handlers.iom.within import decided_route, route_of
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.routes import Access, Routes
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from services.iom import agreeing
from services.iom.agreeing import Decider, OvertakenError
from services.iom.model import Route, RouteState
from services.iom.submitting import late
from services.iom.versions import changes, last_agreed, snapshot
from services.people.model import Role
from services.people.names import short_name

routes = Routes()

RETURN = "iom_return"
"""The step at which a comment to a route is written."""
CHANGED = "Маршрут изменился, посмотрите ещё раз."
AGREED_ALREADY = "Этот маршрут уже согласован."


@routes.tap(ReviewTap, Access.REGISTERED, within=decided_route)
async def show_review(visit: Visit, tap: ReviewTap) -> Reply:
    route = await route_of(visit, tap)
    await note_opened(visit, route)
    return Reply(await present(visit, route, tap.page))


@routes.tap(AgreeTap, Access.REGISTERED, within=decided_route)
async def agree(visit: Visit, tap: AgreeTap) -> Reply:
    route = await route_of(visit, tap)
    decider = await decider_let_in(visit, route)
    if route.state is RouteState.REVIEW and route.turn == tap.turn and not tap.sure:
        seen = await _seen(visit, route, decider)
        if seen.late:
            await visit.leave()
            return Reply(screens.late_terms(seen))
    try:
        agreed = await agreeing.agree(visit.work, decider, route, tap.turn)
    except OvertakenError:
        raise Declined(Screen(CHANGED, screens.again(route))) from None
    if agreed is None:
        return await _otherwise(visit, route)
    name = short_name(await teacher_of(visit, route))
    text = screens.agreed(name)
    return Reply(await onward(visit, agreed, text), owed=await route_news(visit, agreed))


@routes.tap(ReturnTap, Access.REGISTERED, within=decided_route)
async def ask_comment(visit: Visit, tap: ReturnTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.REVIEW:
        return await _otherwise(visit, route)
    if 1 <= tap.ready <= len(screens.READY_FOR_ROUTE):
        return await _returned(visit, route, tap.turn, screens.READY_FOR_ROUTE[tap.ready - 1])
    await visit.stand(RETURN, {"route": route.id, "turn": route.turn})
    return Reply(screens.returning(route, await teacher_of(visit, route)))


@routes.step(RETURN, Access.REGISTERED)
async def write_comment(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    route = await visit.work.iom.get(int(data.get("route") or 0))
    if route is None or await decider_of(visit, route) is None:
        return await no_more(visit)
    turn = int(data.get("turn") or 0)
    if is_part(visit, text):
        await stand_again(visit, text, RETURN, {"route": route.id, "turn": turn})
        return Reply(screens.returning(route, await teacher_of(visit, route), TOO_LONG))
    if problem := comment_problem(text.strip()):
        return Reply(screens.returning(route, await teacher_of(visit, route), problem))
    return unsent(await _returned(visit, route, turn, text.strip()))


async def present(visit: Visit, route: Route, page: int = 0, note: str = "") -> Screen:
    """The route as its decider sees it now: to be agreed to, or its card. Leaves any conversation."""
    decider = await decider_of(visit, route)
    if route.state is not RouteState.REVIEW or decider is None:
        return await route_screen(visit, route)
    await visit.leave()
    return screens.review(await _seen(visit, route, decider), page, note)


async def _returned(visit: Visit, route: Route, turn: int, comment: str) -> Reply:
    decider = await decider_let_in(visit, route)
    returned = await agreeing.send_back(visit.work, decider, route, turn, comment)
    if returned is None:
        return await _otherwise(visit, route)
    text = screens.returned(short_name(await teacher_of(visit, route)), comment)
    return Reply(await onward(visit, returned, text), owed=await route_news(visit, returned))


async def _otherwise(visit: Visit, route: Route) -> Reply:
    """Somebody was faster, or the button is of long ago: how the route stands now."""
    now = await visit.work.iom.get(route.id) or route
    note = AGREED_ALREADY if now.state is RouteState.ACTIVE else CHANGED
    return Reply(await present(visit, now, note=note), toast=note)


async def _seen(visit: Visit, route: Route, decider: Decider) -> Review:
    work = visit.work
    steps = await work.iom.steps(route.id)
    unfinished = [step for step in steps if not step.finished]
    before = last_agreed(await work.iom.history(route.id))
    sent = route.submitted_at
    return Review(
        route=route,
        teacher=await teacher_of(visit, route),
        school=decider.school.name,
        waited=await _waited(visit, route),
        sent_on=sent.astimezone(decider.zone).date() if sent else None,
        steps=unfinished,
        finished=len(steps) - len(unfinished),
        late=late(steps, decider.today),
        changes=None if before is None else changes(before, snapshot(steps)),
        today=decider.today,
        oversees=agreeing.may_set_mentor(visit.member, route, decider.school),
    )


async def _waited(visit: Visit, route: Route) -> str:
    waiting = await visit.work.iom_lists.waiting(visit.member)
    if any(one.mine and one.route_id == route.id for one in waiting):
        return ""
    if route.mentor_id is not None and await visit.work.people.holds(
        route.mentor_id, Role.MENTOR, route.school_id
    ):
        names = await visit.work.audit.names([route.mentor_id])
        return f"наставника ({short_name(names.get(route.mentor_id, ''))})"
    return "куратора школы"
