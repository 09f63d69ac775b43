"""A new route: from the diagnosis that is there, after one that is offered, or for growth without any."""

from handlers.iom.card.conversation import route_screen
from handlers.iom.drafting import begin_screens as screens
from handlers.iom.drafting.draft import draft_screen
from handlers.iom.drafting.taps import NewRouteTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.iom import drafting
from services.iom.model import RouteKind, RouteState
from services.people.model import Organisation, Role

routes = Routes()

MADE = "Черновик готов. Посмотрите, поправьте и отправьте на согласование."
ALREADY = "У вас уже есть маршрут."


@routes.tap(NewRouteTap, Access.REGISTERED)
async def new_route(visit: Visit, tap: NewRouteTap) -> Reply:
    present = await _present(visit)
    if present is not None:
        return Reply(present, toast=ALREADY)
    await visit.leave()
    schools = visit.member.scopes(Role.TEACHER)
    school = next((each for each in schools if each.id == tap.school), None)
    if school is None and len(schools) == 1:
        school = schools[0]
    if school is None:
        return Reply(screens.schools(schools) if schools else screens.no_school())
    diagnosis = await drafting.last_diagnosis(visit.work, visit.desk.library, visit.member.id)
    unfounded = tap.kind is RouteKind.DEFICITS and (diagnosis is None or not diagnosis.deficits)
    if tap.kind is None or unfounded:
        return Reply(await _suggested(visit, school, diagnosis))
    route = await drafting.begin(
        visit.work, visit.member, school, diagnosis, tap.kind, visit.today, visit.now, visit.desk.quiet
    )
    if route is None:
        return Reply(await _present(visit), toast=ALREADY)
    return Reply(await draft_screen(visit, route, news=MADE))


async def _suggested(visit: Visit, school: Organisation, diagnosis: drafting.Diagnosis | None) -> Screen:
    if diagnosis is not None:
        return screens.diagnosed(school, diagnosis, visit.zone)
    begun = await visit.work.surveys.open_session(visit.member.id, drafting.DEFICITS_TEST)
    minutes = visit.desk.library.current(drafting.DEFICITS_TEST).minutes
    return screens.undiagnosed(school, begun, minutes)


async def _present(visit: Visit) -> Screen | None:
    """The open route of the visitor, if there is one: a person walks one at a time."""
    route = await visit.work.iom.open_of(visit.member.id)
    if route is None:
        return None
    if route.state is RouteState.DRAFT:
        return await draft_screen(visit, route)
    return await route_screen(visit, route)
