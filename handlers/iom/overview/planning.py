"""The plan of a school year: methodists set it for their municipality, and may for a school."""

from handlers import otherwise
from handlers.iom.overview import screens
from handlers.iom.overview.figures import overview, present_year
from handlers.iom.overview.taps import PlanTap, SetPlanTap
from handlers.people.standing import given, named
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.diagnostics.answer_parsing import Unclear
from services.iom.planning import parsed_target
from services.people import rights
from services.people.model import Organisation
from services.privacy.ports import Action
from services.reporting.target import Target
from services.reporting.target_parsing import WHOLE

routes = Routes()

STEP = "iom_plan"
SAVED, DROPPED = "План сохранён.", "План убран."


@routes.tap(PlanTap, Access.METHODIST, within=of_organisation)
async def tap_plan(visit: Visit, tap: PlanTap) -> Reply:
    return Reply(await _asked(visit, await named(visit, tap.organisation)))


@routes.tap(SetPlanTap, Access.METHODIST, within=of_organisation)
async def tap_set_plan(visit: Visit, tap: SetPlanTap) -> Reply:
    place = await named(visit, tap.organisation)
    if tap.share > WHOLE:
        return Reply(await _asked(visit, place))
    news = await _set(visit, place, Target(share=tap.share) if tap.share else None)
    return Reply(await overview(visit, place), toast=news)


@routes.step(STEP, Access.METHODIST)
async def words_for_plan(visit: Visit, text: str) -> Reply:
    found = given(visit, STEP).get("organisation")
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    if place is None or not rights.directs(visit.member, place):
        return await otherwise.no_access(visit, Access.METHODIST)
    try:
        target = parsed_target(text)
    except Unclear as unclear:
        return Reply(await _asked(visit, place, str(unclear)))
    return Reply(await overview(visit, place, await _set(visit, place, target)))


async def _asked(visit: Visit, place: Organisation, complaint: str = "") -> Screen:
    await visit.stand(STEP, {"organisation": place.id})
    year = present_year(visit)
    own = await visit.work.iom_plans.get(place.id, year)
    above = await visit.work.iom_plans.get(place.parent_id, year) if place.parent_id is not None else None
    return screens.plan(place, year, own, above, complaint)


async def _set(visit: Visit, place: Organisation, target: Target | None) -> str:
    """Set or drop the plan; what to say about it."""
    year = present_year(visit)
    if target is None:
        await visit.work.iom_plans.drop(place.id, year)
    else:
        await visit.work.iom_plans.put(place.id, year, target)
    await visit.work.audit.note(visit.now, visit.member.id, Action.IOM_PLAN_SET, organisation_id=place.id)
    return DROPPED if target is None else SAVED
