"""Routes of a school or municipality: figures, schools, lists."""

from handlers.iom.overview import screens
from handlers.iom.overview.taps import OverviewsTap, OverviewTap, RoutesTap, SchoolsTap
from handlers.routes import Access, Routes
from handlers.ui.pages import Page, page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.iom.counting import AsOf, year_period
from services.iom.overview_ports import Filter
from services.iom.planning import Planned, by_need, in_force
from services.people import rights
from services.people.model import Kind, Organisation, Role
from services.reporting.groups.waves import school_year_of
from services.reporting.target import Target

routes = Routes()


@routes.tap(OverviewsTap, Access.OVERSEER)
async def tap_overviews(visit: Visit, tap: OverviewsTap) -> Reply:
    places = visit.member.scopes(Role.METHODIST, Role.CURATOR)
    if len(places) > 1:
        return Reply(screens.choice(places))
    return Reply(await overview(visit, places[0]))


@routes.tap(OverviewTap, Access.OVERSEER, within=of_organisation)
async def tap_overview(visit: Visit, tap: OverviewTap) -> Reply:
    return Reply(await overview(visit, await _place(visit, tap.organisation), before=tap.before))


@routes.tap(SchoolsTap, Access.OVERSEER, within=of_organisation)
async def tap_schools(visit: Visit, tap: SchoolsTap) -> Reply:
    place = await _place(visit, tap.organisation)
    if place.kind is Kind.SCHOOL:
        return Reply(await overview(visit, place))
    year = present_year(visit)
    plans = await visit.work.iom_plans.within(place.id, year)
    counted = await visit.work.iom_counts.by_school(place.id, year_period(year, visit.zone), _as_of(visit))
    schools = by_need([Planned(one, in_force(plans.get(one.school_id), plans.get(place.id))) for one in counted])
    return Reply(screens.schools(place, year, page_of(schools, tap.page, screens.ON_PAGE)))


@routes.tap(RoutesTap, Access.OVERSEER, within=of_organisation)
async def tap_routes(visit: Visit, tap: RoutesTap) -> Reply:
    place = await _place(visit, tap.organisation)
    chosen = Filter(tap.state) if tap.state in list(Filter) else Filter.ALL
    total = await visit.work.iom_counts.line_count(place.id, chosen, _as_of(visit))
    count = max(1, -(-total // screens.ON_PAGE))
    number = min(tap.page, count - 1)
    lines = await visit.work.iom_counts.lines(
        place.id, chosen, _as_of(visit), screens.ON_PAGE, number * screens.ON_PAGE
    )
    return Reply(screens.route_list(place, chosen, Page(lines, number, count), total))


async def overview(visit: Visit, place: Organisation, news: str = "", *, before: bool = False) -> Screen:
    """The figures of a place that the visitor oversees; what was asked of them before is forgotten."""
    await visit.leave()
    year = present_year(visit) - before
    counts = await visit.work.iom_counts.counts(place.id, year_period(year, visit.zone), _as_of(visit))
    return screens.overview(
        visit.member,
        place,
        await above(visit, place),
        year,
        visit.today,
        counts,
        await target_of(visit, place, year),
        before=before,
        news=news,
    )


def present_year(visit: Visit) -> int:
    """The calendar year in which this school year has begun."""
    return school_year_of(visit.now, visit.zone)


async def target_of(visit: Visit, place: Organisation, year: int) -> Target | None:
    """The plan in force for the place."""
    own = await visit.work.iom_plans.get(place.id, year)
    if own is not None or place.kind is not Kind.SCHOOL or place.parent_id is None:
        return own
    return in_force(None, await visit.work.iom_plans.get(place.parent_id, year))


async def above(visit: Visit, place: Organisation) -> Organisation | None:
    """The municipality of a school, if the visitor oversees it, too."""
    if place.kind is not Kind.SCHOOL or place.parent_id is None:
        return None
    found = await visit.work.organisations.get(place.parent_id)
    return found if found is not None and rights.oversees(visit.member, found) else None


def _as_of(visit: Visit) -> AsOf:
    return AsOf(visit.today, visit.desk.consent.version)


async def _place(visit: Visit, organisation_id: int) -> Organisation:
    place = await visit.work.organisations.get(organisation_id)
    if place is None:
        raise LookupError(f"no organisation {organisation_id}")
    return place
