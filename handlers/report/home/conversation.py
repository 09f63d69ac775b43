"""/report: whose figures and of which period, with what was asked for last first."""

from datetime import date

from handlers import otherwise
from handlers.people.standing import given, named
from handlers.report.figures.showing import shown
from handlers.report.home import screens
from handlers.report.home.taps import OwnDatesTap, PeriodsTap, ReportListTap, WhereTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.diagnostics.answer_parsing import Unclear
from services.natural_order import natural
from services.people import rights
from services.people.model import Kind, Organisation, Role
from services.reporting.choices import usual_period
from services.reporting.own_dates import earliest, parsed_days, period_of

routes = Routes()

STEP = "report_dates"


@routes.command("report", Access.OVERSEER)
async def command_report(visit: Visit, _: str) -> Reply:
    return Reply(await beginning(visit))


@routes.tap(ReportListTap, Access.OVERSEER)
async def tap_reports(visit: Visit, tap: ReportListTap) -> Reply:
    return Reply(await beginning(visit))


@routes.tap(WhereTap, Access.OVERSEER)
async def tap_where(visit: Visit, tap: WhereTap) -> Reply:
    return Reply(await beginning(visit, tap.page))


@routes.tap(PeriodsTap, Access.OVERSEER, within=of_organisation)
async def tap_periods(visit: Visit, tap: PeriodsTap) -> Reply:
    await visit.leave()
    return Reply(_periods(visit, await named(visit, tap.organisation)))


@routes.tap(OwnDatesTap, Access.OVERSEER, within=of_organisation)
async def tap_own_dates(visit: Visit, tap: OwnDatesTap) -> Reply:
    place = await named(visit, tap.organisation)
    first, day = _day(visit, tap.first), _day(visit, tap.day)
    if day is None or tap.turn:
        return Reply(await _asked(visit, place, first, day))
    if first is None:
        return Reply(await _asked(visit, place, day, day))
    return await _chosen(visit, place, first, day)


@routes.step(STEP, Access.OVERSEER)
async def words_for_dates(visit: Visit, text: str) -> Reply:
    data = given(visit, STEP)
    found, number = data.get("organisation"), data.get("first")
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    if place is None or not rights.oversees(visit.member, place):
        return await otherwise.no_access(visit, Access.OVERSEER)
    first = date.fromordinal(number) if isinstance(number, int) else None
    try:
        first, last = parsed_days(text, visit.today, first)
    except Unclear as unclear:
        return Reply(await _asked(visit, place, first, note=str(unclear)))
    return await _chosen(visit, place, first, last) if last else Reply(await _asked(visit, place, first, first))


async def beginning(visit: Visit, page: int = 0) -> Screen:
    """What is asked first: whose report, or of which period where there is only one place."""
    await visit.leave()
    places = _places(visit)
    if not places:
        return screens.nothing_to_report()
    usual = await _usual(visit)
    if len(places) > 1:
        return screens.places(places, page, usual, visit.today)
    return screens.periods(places[0], visit.today, several=False, usual=usual)


async def _chosen(visit: Visit, place: Organisation, first: date, last: date) -> Reply:
    try:
        period = period_of(first, last)
    except Unclear as unclear:
        return Reply(await _asked(visit, place, first, note=str(unclear)))
    await visit.leave()
    return await shown(visit, place, period, keep=True)


async def _asked(
    visit: Visit, place: Organisation, first: date | None, day: date | None = None, note: str = ""
) -> Screen:
    """The question for the first day or the last one; what is written from now on is about it."""
    await visit.stand(STEP, {"organisation": place.id, "first": first.toordinal() if first else None})
    return screens.own_dates(place, visit.today, first, day, note)


def _day(visit: Visit, number: int) -> date | None:
    """The day of a tap, the nearest one that there are reports about: a button may be older than that day."""
    return min(max(date.fromordinal(number), earliest(visit.today)), visit.today) if number else None


def _periods(visit: Visit, place: Organisation) -> Screen:
    only = [one.id for one in _places(visit)] == [place.id]
    return screens.periods(place, visit.today, several=not only)


def _places(visit: Visit) -> list[Organisation]:
    """Where the visitor gets reports, the widest first, then as people count."""
    scopes = {place.id: place for place in visit.member.scopes(Role.METHODIST, Role.CURATOR)}
    return sorted(scopes.values(), key=lambda place: (place.kind is Kind.SCHOOL, natural(place.name)))


async def _usual(visit: Visit) -> screens.Usual | None:
    """What the visitor asked for last, as long as they may still have it."""
    choice = await visit.work.report_choices.of(visit.member.id)
    place = await visit.work.organisations.get(choice.organisation_id) if choice else None
    if choice is None or place is None or not rights.oversees(visit.member, place):
        return None
    period = usual_period(choice, visit.today)
    return (place, period) if period is not None else None
