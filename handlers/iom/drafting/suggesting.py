"""Measures that are added to a draft: from the catalogue, or of one's own."""

from handlers.iom.drafting import edit_screens
from handlers.iom.drafting import suggest_screens as screens
from handlers.iom.drafting.draft import MOVED_ON, draft_screen
from handlers.iom.drafting.taps import AddMeasureTap, OwnMeasureTap, SuggestTap
from handlers.iom.walking.standing import own_route_of, remembered
from handlers.iom.within import own_route, route_of
from handlers.iom.words import near_date
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.menu.conversation import menu_now
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.iom import drafting
from services.iom.catalogue import Measure
from services.iom.model import STEPS_LIMIT, TITLE_LIMIT, Form, Route, RouteState
from services.iom.wording import DOMAIN_TITLES
from services.people.model import Organisation

routes = Routes()

OWN = "iom_own_measure"
"""The step at which the title of one's own measure is written."""
CHOSEN_ALREADY = "Это мероприятие уже в маршруте."
FULL = f"В маршруте уже {STEPS_LIMIT} мероприятий, больше не поместится."
GONE = "Этого мероприятия больше нет в каталоге."


@routes.tap(SuggestTap, Access.REGISTERED, within=own_route)
async def suggest(visit: Visit, tap: SuggestTap) -> Reply:
    route = await route_of(visit, tap)
    if route.state is not RouteState.DRAFT:
        return Reply(await draft_screen(visit, route), MOVED_ON)
    await visit.leave()
    domain = screens.domain_of(tap.domain)
    if not tap.domain or domain not in DOMAIN_TITLES:
        found = await drafting.found_deficits(visit.work, visit.desk.library, route)
        return Reply(screens.domains(route, tuple(DOMAIN_TITLES), found))
    return Reply(await _measures(visit, route, domain, tap.page))


@routes.tap(AddMeasureTap, Access.REGISTERED, within=own_route)
async def add(visit: Visit, tap: AddMeasureTap) -> Reply:
    route = await route_of(visit, tap)
    school = await _school(visit, route)
    measure = await drafting.offered_one(visit.work, school, tap.measure)
    if route.state is not RouteState.DRAFT or measure is None:
        return Reply(await draft_screen(visit, route), MOVED_ON if measure else GONE)
    responsible = drafting.responsible_name(visit.member)
    steps = await visit.work.iom.steps(route.id)
    step = await drafting.add(visit.work, route, measure, responsible, visit.today, visit.desk.quiet)
    page = await _page_of(visit, school, measure)
    if step is None:
        toast = CHOSEN_ALREADY if drafting.has_room(route, steps) else FULL
        return Reply(await _measures(visit, route, measure.domain, page), toast)
    toast = f"Добавлено, срок: {near_date(step.plan.due_on, visit.today)}"
    return Reply(await _measures(visit, route, measure.domain, page), toast)


@routes.tap(OwnMeasureTap, Access.REGISTERED, within=own_route)
async def ask_title(visit: Visit, tap: OwnMeasureTap) -> Reply:
    route = await route_of(visit, tap)
    domain = screens.domain_of(tap.domain)
    if domain not in DOMAIN_TITLES:
        return Reply(await draft_screen(visit, route))
    if not drafting.has_room(route, await visit.work.iom.steps(route.id)):
        return Reply(await draft_screen(visit, route), FULL if route.state is RouteState.DRAFT else MOVED_ON)
    await visit.stand(OWN, {"route": route.id, "domain": domain})
    return Reply(screens.own_title(route, domain))


@routes.step(OWN, Access.REGISTERED)
async def write_title(visit: Visit, text: str) -> Reply:
    route, domain = await own_route_of(visit), remembered(visit, "domain")
    if route is None or domain not in DOMAIN_TITLES:
        return Reply(await menu_now(visit))
    if route.state is not RouteState.DRAFT:
        return Reply(await draft_screen(visit, route, news=MOVED_ON))
    if is_part(visit, text):
        await stand_again(visit, text, OWN, {"route": route.id, "domain": domain})
        return Reply(screens.own_title(route, domain, TOO_LONG))
    try:
        title = drafting.parsed_line(text, TITLE_LIMIT)
    except Unclear as unclear:
        return Reply(screens.own_title(route, domain, str(unclear)))
    responsible = drafting.responsible_name(visit.member)
    measure = Measure("", domain, title, Form.SELF_STUDY, drafting.USUAL_DAYS)
    step = await drafting.add(visit.work, route, measure, responsible, visit.today, visit.desk.quiet)
    if step is None:
        steps = await visit.work.iom.steps(route.id)
        return Reply(
            await draft_screen(visit, route, news=CHOSEN_ALREADY if drafting.has_room(route, steps) else FULL)
        )
    await visit.leave()
    return Reply(edit_screens.form(step, new=True))


async def _measures(visit: Visit, route: Route, domain: str, page: int) -> Screen:
    found = await drafting.offered(visit.work, await _school(visit, route), domain)
    return screens.measures(route, domain, found, await visit.work.iom.steps(route.id), page)


async def _page_of(visit: Visit, school: Organisation, measure: Measure) -> int:
    found = await drafting.offered(visit.work, school, measure.domain)
    return [each.code for each in found].index(measure.code) // screens.SHOWN


async def _school(visit: Visit, route: Route) -> Organisation:
    school = await visit.work.organisations.get(route.school_id)
    if school is None:
        raise LookupError("no such school")
    return school
