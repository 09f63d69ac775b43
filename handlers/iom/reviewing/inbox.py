"""«Маршруты»: what waits for a decision of a mentor, curator or methodist, and whom they look after."""

from handlers.iom.reviewing import inbox_screens as screens
from handlers.iom.reviewing.taps import InboxTap
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom.rights import DECIDERS
from services.people.model import Role

routes = Routes()

NOT_YOURS = "Этот раздел открыт наставникам, кураторам и методистам."


@routes.command("routes", Access.REGISTERED)
async def command_routes(visit: Visit, _: str) -> Reply:
    return Reply(await _inbox(visit))


@routes.tap(InboxTap, Access.REGISTERED)
async def tap_routes(visit: Visit, tap: InboxTap) -> Reply:
    return Reply(await _inbox(visit, tap.page))


async def _inbox(visit: Visit, page: int = 0) -> Screen:
    """Leaves any conversation."""
    person = visit.member
    if not any(person.has(role) for role in DECIDERS):
        return await menu_now(visit, NOT_YOURS)
    await visit.leave()
    lists = visit.work.iom_lists
    places = {place.id: place for place in person.scopes(Role.METHODIST, Role.CURATOR)}
    return screens.inbox(
        await lists.waiting(person),
        await lists.looked_after(person, visit.today),
        list(places.values()),
        page,
        visit.today,
        visit.zone,
        is_mentor=person.has(Role.MENTOR),
    )
