"""Confirming that a step is done, and returning it with a comment."""

from handlers.iom.card.conversation import route_screen, step_screen
from handlers.iom.reviewing import step_screens as screens
from handlers.iom.reviewing.deciding import (
    comment_problem,
    decider_let_in,
    decider_of,
    no_more,
    onward,
    teacher_of,
    unsent,
)
from handlers.iom.reviewing.notices import step_news
from handlers.iom.reviewing.taps import ConfirmTap, ReturnStepTap
from handlers.iom.within import decided_step, step_of
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.iom import agreeing
from services.iom.model import Route, Step, StepState
from services.iom.progress import is_shown
from services.people.names import short_name

routes = Routes()

RETURN_STEP = "iom_return_step"
"""The step at which a comment to a step of a route is written."""
CHANGED = "Этот шаг изменился, посмотрите ещё раз."
CONFIRMED_ALREADY = "Этот шаг уже подтверждён."


@routes.tap(ConfirmTap, Access.REGISTERED, within=decided_step)
async def confirm(visit: Visit, tap: ConfirmTap) -> Reply:
    route, step = await step_of(visit, tap)
    decider = await decider_let_in(visit, route)
    confirmed = await agreeing.confirm(visit.work, decider, route, step, tap.turn)
    if confirmed is None:
        return await _otherwise(visit, route, step)
    name = short_name(await teacher_of(visit, route))
    whole = all(one.finished for one in await visit.work.iom.steps(route.id))
    text = screens.confirmed(name, step, whole=whole)
    return Reply(await onward(visit, route, text), owed=await step_news(visit, route, confirmed))


@routes.tap(ReturnStepTap, Access.REGISTERED, within=decided_step)
async def ask_comment(visit: Visit, tap: ReturnStepTap) -> Reply:
    route, step = await step_of(visit, tap)
    if not agreeing.waits(route, step):
        return await _otherwise(visit, route, step)
    if 1 <= tap.ready <= len(screens.READY_FOR_STEP):
        return await _returned(visit, route, step, tap.turn, screens.READY_FOR_STEP[tap.ready - 1])
    await visit.stand(RETURN_STEP, {"step": step.id, "turn": step.turn})
    return Reply(screens.returning(step, await teacher_of(visit, route)))


@routes.step(RETURN_STEP, Access.REGISTERED)
async def write_comment(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    step = await visit.work.iom.step(int(data.get("step") or 0))
    route = await visit.work.iom.get(step.route_id) if step is not None else None
    if step is None or route is None or await decider_of(visit, route) is None:
        return await no_more(visit)
    if not agreeing.waits(route, step):
        return unsent(await _otherwise(visit, route, step))
    turn = int(data.get("turn") or 0)
    if is_part(visit, text):
        await stand_again(visit, text, RETURN_STEP, {"step": step.id, "turn": turn})
        return Reply(screens.returning(step, await teacher_of(visit, route), TOO_LONG))
    if problem := comment_problem(text.strip()):
        return Reply(screens.returning(step, await teacher_of(visit, route), problem))
    return unsent(await _returned(visit, route, step, turn, text.strip()))


async def _returned(visit: Visit, route: Route, step: Step, turn: int, comment: str) -> Reply:
    decider = await decider_let_in(visit, route)
    returned = await agreeing.return_step(visit.work, decider, route, step, turn, comment)
    if returned is None:
        return await _otherwise(visit, route, step)
    text = screens.returned(short_name(await teacher_of(visit, route)), step, comment)
    return Reply(await onward(visit, route, text), owed=await step_news(visit, route, returned))


async def _otherwise(visit: Visit, route: Route, step: Step) -> Reply:
    """Somebody was faster, or the button is of long ago: how the step stands now, if it is shown to others."""
    now = await visit.work.iom.step(step.id)
    route = await visit.work.iom.get(route.id) or route
    if now is None or not is_shown(route, now, own=False):
        return Reply(await route_screen(visit, route), toast=CHANGED)
    toast = CONFIRMED_ALREADY if now.state is StepState.CONFIRMED else CHANGED
    return Reply(await step_screen(visit, route, now), toast=toast)
