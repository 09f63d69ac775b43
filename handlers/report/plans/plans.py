"""The plan of a period: methodists set it for their municipality, and may for a school."""

from handlers import otherwise
from handlers.people.standing import given, named
from handlers.report.plans import plan_screens as screens
from handlers.report.plans.about import About, about, about_words
from handlers.report.plans.taps import PlanIndicatorTap, PlansTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Declined, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.diagnostics.answer_parsing import Unclear
from services.people.model import Organisation
from services.privacy.ports import Action
from services.reporting.periods import Period, PeriodKind, by_key, year_of
from services.reporting.planned import held_above, latest_planned, plannable
from services.reporting.target import Target
from services.reporting.target_parsing import counted_by, parsed_target

routes = Routes()

STEP = "report_plan"
SAVED, DROPPED = "План сохранён.", "План убран."


@routes.tap(PlansTap, Access.METHODIST, within=of_organisation)
async def tap_plans(visit: Visit, tap: PlansTap) -> Reply:
    place = await named(visit, tap.organisation)
    return Reply(await _plans(visit, place, _period(visit, tap.period), tap.page))


@routes.tap(PlanIndicatorTap, Access.METHODIST, within=of_organisation)
async def tap_plan(visit: Visit, tap: PlanIndicatorTap) -> Reply:
    place = await named(visit, tap.organisation)
    of = about(place, _period(visit, tap.period), tap.code, plannable(place))
    if of is None:
        raise Declined(await _plans(visit, place, _period(visit, tap.period)))
    if not tap.drop:
        return Reply(await _asked(visit, of))
    return Reply(await _set(visit, of, None), toast=DROPPED)


@routes.step(STEP, Access.METHODIST)
async def words_for_plan(visit: Visit, text: str) -> Reply:
    of = await about_words(visit, given(visit, STEP), plannable)
    if of is None:
        return await otherwise.no_access(visit, Access.METHODIST)
    try:
        target = parsed_target(text, counted_by(of.indicator))
    except Unclear as unclear:
        return Reply(await _asked(visit, of, str(unclear)))
    return Reply(await _set(visit, of, target))


async def _plans(visit: Visit, place: Organisation, period: Period, page: int = 0, news: str = "") -> Screen:
    await visit.leave()
    own = await visit.work.plans.of(place.id, period.key)
    above = await held_above(visit.work, place, period.key)
    return screens.plans(place, period, visit.today, own, above, page, news)


async def _asked(visit: Visit, of: About, note: str = "") -> Screen:
    await visit.stand(STEP, of.data)
    own = (await visit.work.plans.of(of.place.id, of.period.key)).get(of.indicator.code)
    above = (await held_above(visit.work, of.place, of.period.key)).get(of.indicator.code)
    return screens.plan(of.place, of.period, of.indicator, own, above, note)


async def _set(visit: Visit, of: About, target: Target | None) -> Screen:
    """Set or drop the plan; the list it is in."""
    if target is None:
        await visit.work.plans.drop(of.place.id, of.period.key, of.indicator.code)
    else:
        await visit.work.plans.put(of.place.id, of.period.key, of.indicator.code, target)
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.PLAN_SET,
        organisation_id=of.place.id,
        indicator=of.indicator.code,
        period=of.period.key,
    )
    page = plannable(of.place).index(of.indicator) // screens.SHOWN
    return await _plans(visit, of.place, of.period, page, DROPPED if target is None else SAVED)


def _period(visit: Visit, key: str) -> Period:
    """The period of the key; nobody plans for days of their own, or for what is none: then this school year."""
    found = by_key(key)
    fits = found is not None and found.kind is not PeriodKind.DAYS and found.begins <= latest_planned(visit.today)
    return found if found is not None and fits else year_of(visit.today)
