"""Closing a route: steps left, four questions one after another, the close, and what came of it."""

from handlers.iom.closing import outcome_screens, screens
from handlers.iom.closing.taps import (
    CloseTap,
    DocumentTap,
    EarlyTap,
    EndTap,
    OutcomeTap,
    ReflectTap,
    SummaryTap,
)
from handlers.iom.walking.standing import own_route_of, remembered
from handlers.iom.within import own_route, route_of, seen_route
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.iom import closing, outcome
from services.iom.closing import QUESTIONS, REASON
from services.iom.model import WORDS_LIMIT, Route, RouteState
from services.people.model import Value
from services.privacy.ports import Action

routes = Routes()

QUESTION = "iom_reflection"
"""The step at which the answer to a closing question is written."""
EARLY = "iom_early"
"""The step at which it is written why a route is closed with steps left."""
ONLY_WORDS = "Здесь нужны слова. Напишите, пожалуйста, хотя бы одно."
NOT_WALKED = "Этот маршрут уже не в работе: ответ не записан."
CHANGED = "Маршрут только что изменился. Посмотрите ещё раз."


@routes.tap(CloseTap, Access.REGISTERED, within=own_route)
async def begin_closing(visit: Visit, tap: CloseTap) -> Reply:
    return Reply(await _next(visit, await route_of(visit, tap)))


@routes.tap(EarlyTap, Access.REGISTERED, within=own_route)
async def close_early(visit: Visit, tap: EarlyTap) -> Reply:
    route: Route | None = await route_of(visit, tap)
    assert route is not None
    if route.state is not RouteState.ACTIVE or not closing.left(await visit.work.iom.steps(route.id)):
        return Reply(await _next(visit, route))
    if tap.reason not in screens.REASONS:
        await visit.stand(EARLY, {"route": route.id})
        return Reply(screens.reason(route))
    return Reply(await _kept(visit, route, REASON, screens.REASONS[tap.reason]))


@routes.step(EARLY, Access.REGISTERED)
async def write_reason(visit: Visit, text: str) -> Reply:
    route = await _standing(visit)
    if route is None:
        return Reply(await menu_now(visit, NOT_WALKED))
    trouble = await _trouble(visit, EARLY, {"route": route.id}, text)
    if trouble is not None:
        return Reply(screens.reason(route, trouble))
    return Reply(await _kept(visit, route, REASON, text.strip()))


@routes.tap(ReflectTap, Access.REGISTERED, within=own_route)
async def ask(visit: Visit, tap: ReflectTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.ACTIVE or tap.question >= len(QUESTIONS):
        return Reply(await _next(visit, route))
    if not tap.skip:
        return Reply(await _asked(visit, route, tap.question))
    code = QUESTIONS[tap.question].code
    written = (route.reflection or {}).get(code, "")
    return Reply(await _kept(visit, route, code, written, tap.question))


@routes.step(QUESTION, Access.REGISTERED)
async def write_answer(visit: Visit, text: str) -> Reply:
    route = await _standing(visit)
    if route is None:
        return Reply(await menu_now(visit, NOT_WALKED))
    index = min(int(remembered(visit, "question") or 0), len(QUESTIONS) - 1)
    trouble = await _trouble(visit, QUESTION, {"route": route.id, "question": index}, text)
    if trouble is not None:
        return Reply(screens.question(route, index, trouble))
    return Reply(await _kept(visit, route, QUESTIONS[index].code, text.strip(), index))


@routes.tap(EndTap, Access.REGISTERED, within=own_route)
async def end(visit: Visit, tap: EndTap) -> Reply:
    route = await route_of(visit, tap)
    steps = await visit.work.iom.steps(route.id)
    if (
        route.state is not RouteState.ACTIVE
        or closing.lacks_reason(route, steps)
        or closing.first_open(route) is not None
    ):
        return Reply(await _next(visit, route))
    closed = await closing.close(visit.work, route, visit.today, visit.now)
    if closed is None:
        return Reply(await _next(visit, await route_of(visit, tap)), CHANGED)
    await visit.leave()
    return Reply(await _outcome(visit, closed, outcome_screens.CLOSED))


@routes.tap(OutcomeTap, Access.REGISTERED, within=own_route)
async def show_outcome(visit: Visit, tap: OutcomeTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.CLOSED:
        return Reply(toast=outcome_screens.NOT_CLOSED)
    return Reply(await _outcome(visit, route))


@routes.tap(DocumentTap, Access.REGISTERED, within=seen_route)
async def send_document(visit: Visit, tap: DocumentTap) -> Reply:
    route = await route_of(visit, tap)
    if route.person_id != visit.member.id:
        await visit.work.audit.note(
            visit.now, visit.member.id, Action.IOM_EXPORTED, route.person_id, route.school_id, route=route.id
        )
    return Reply(toast=outcome_screens.WRITING, owed=(_file(visit, Kind.IOM_DOCUMENT, route),))


@routes.tap(SummaryTap, Access.REGISTERED, within=own_route)
async def send_summary(visit: Visit, tap: SummaryTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.CLOSED:
        return Reply(toast=outcome_screens.NOT_CLOSED)
    return Reply(toast=outcome_screens.DRAWING, owed=(_file(visit, Kind.IOM_SUMMARY, route),))


def _file(visit: Visit, kind: Kind, route: Route) -> Owed:
    # One file a minute, however often the button is tapped.
    key = f"{kind.value}:{visit.member.account_id}:{route.id}:{visit.minute}"
    return Owed(kind, key, {"route_id": route.id})


async def _next(visit: Visit, route: Route) -> Screen:
    """Where the closing of the route stands: steps left, a question, the answers, or the outcome."""
    if route.state is RouteState.CLOSED:
        return await _outcome(visit, route)
    if route.state is not RouteState.ACTIVE:
        return screens.not_now(route)
    steps = await visit.work.iom.steps(route.id)
    if closing.lacks_reason(route, steps):
        await visit.leave()
        return screens.steps_left(route, closing.left(steps), visit.today)
    index = closing.first_open(route)
    if index is not None:
        return await _asked(visit, route, index)
    await visit.leave()
    return screens.answers(route)


async def _asked(visit: Visit, route: Route, index: int) -> Screen:
    await visit.stand(QUESTION, {"route": route.id, "question": index})
    return screens.question(route, index)


async def _kept(visit: Visit, route: Route, code: str, words: str, index: int | None = None) -> Screen:
    """Keep the words; the question after `index`, or where the closing stands without one."""
    kept = await closing.keep(visit.work, route, code, words)
    if kept is None:
        return await _next(visit, await visit.work.iom.get(route.id) or route)
    if index is not None and index + 1 < len(QUESTIONS):
        return await _asked(visit, kept, index + 1)
    return await _next(visit, kept)


async def _standing(visit: Visit) -> Route | None:
    """The route that the person writes about, if it is still their own and walked."""
    route = await own_route_of(visit)
    return route if route is not None and route.state is RouteState.ACTIVE else None


async def _trouble(visit: Visit, step: str, data: dict[str, Value], text: str) -> str | None:
    """Why the text is no answer."""
    if is_part(visit, text):
        await stand_again(visit, text, step, data)
        return TOO_LONG
    length = len(text.strip())
    if length > WORDS_LIMIT:
        signs = plural(WORDS_LIMIT, "знак", "знака", "знаков")
        return f"Поместится {signs}, а получилось {length}. Сократите, пожалуйста, и пришлите ещё раз."
    return None if length else ONLY_WORDS


async def _outcome(visit: Visit, route: Route, news: str = "") -> Screen:
    await visit.leave()
    route = await outcome.note_repeat(visit.work, route, visit.member.id, visit.now)
    found = await outcome.look(visit.work, visit.desk.library, route, visit.zone)
    free = await visit.work.iom.open_of(route.person_id) is None
    return outcome_screens.outcome(found, visit.zone, free=free, news=news)
