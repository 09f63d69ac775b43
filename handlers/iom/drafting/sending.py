"""A draft sent to be agreed to, and taken back."""

from handlers.iom.card.conversation import route_screen
from handlers.iom.drafting import send_screens as screens
from handlers.iom.drafting.draft import MOVED_ON, draft_screen
from handlers.iom.drafting.taps import SendTap, SubmitTap, TakeBackTap
from handlers.iom.within import own_route, route_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Owed, Reply
from handlers.visit import Visit
from services.delivery.model import Kind
from services.iom import submitting
from services.iom.drafting import found_deficits
from services.iom.model import Route, RouteState
from services.iom.recipients import deciders
from services.iom.submitting import Readers

routes = Routes()

SENT = "Маршрут отправлен на согласование."
NOT_READY = "Пока отправить нельзя: проверьте мероприятия и сроки."
CHOOSE_AGAIN = "Отправить этому человеку уже нельзя. Выберите, пожалуйста, другого."
TAKEN_BACK = "Маршрут снова у вас."
NOT_IN_REVIEW = "Маршрут уже не на согласовании."


@routes.tap(SubmitTap, Access.REGISTERED, within=own_route)
async def choose(visit: Visit, tap: SubmitTap) -> Reply:
    route = await route_of(visit, tap)
    refusal = await _refusal(visit, route)
    if refusal is not None:
        return refusal
    await visit.leave()
    readers = await submitting.readers(visit.work, route)
    if readers.choices == 1:
        return await _sent(visit, route, readers, readers.mentors[0].id if readers.mentors else None)
    return Reply(screens.choosing(route, readers, tap.page) if readers.choices else screens.nobody(route))


@routes.tap(SendTap, Access.REGISTERED, within=own_route)
async def send(visit: Visit, tap: SendTap) -> Reply:
    route = await route_of(visit, tap)
    refusal = await _refusal(visit, route)
    if refusal is not None:
        return refusal
    return await _sent(visit, route, await submitting.readers(visit.work, route), tap.mentor or None)


@routes.tap(TakeBackTap, Access.REGISTERED, within=own_route)
async def take_back(visit: Visit, tap: TakeBackTap) -> Reply:
    route = await route_of(visit, tap)
    back = await submitting.take_back(visit.work, route, visit.now)
    if back is None:
        return Reply(await draft_screen(visit, await route_of(visit, tap)), NOT_IN_REVIEW)
    return Reply(await draft_screen(visit, back), TAKEN_BACK)


async def _refusal(visit: Visit, route: Route) -> Reply | None:
    """Why the route cannot be sent now, None when it can."""
    if route.state is not RouteState.DRAFT:
        return Reply(await route_screen(visit, route), MOVED_ON)
    if not submitting.is_ready(route, await visit.work.iom.steps(route.id), visit.today):
        return Reply(await draft_screen(visit, route), NOT_READY)
    return None


async def _sent(visit: Visit, route: Route, readers: Readers, mentor_id: int | None) -> Reply:
    if not readers.admits(mentor_id):
        return Reply(
            screens.choosing(route, readers, 0) if readers.choices else screens.nobody(route), CHOOSE_AGAIN
        )
    found = await found_deficits(visit.work, visit.desk.library, route)
    sent = await submitting.submit(visit.work, route, mentor_id, found, visit.today, visit.now)
    if sent is None:
        return Reply(await draft_screen(visit, await visit.work.iom.get(route.id) or route))
    owed = tuple(
        Owed(
            Kind.IOM_TO_AGREE,
            f"iom-agree:{sent.id}:{sent.turn}:{account_id}",
            {"route_id": sent.id, "turn": sent.turn},
            account_id,
        )
        for account_id in await deciders(visit.work, sent)
    )
    return Reply(await route_screen(visit, sent), SENT, owed=owed)
