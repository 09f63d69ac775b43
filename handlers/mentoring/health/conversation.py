"""How pairs do, for whoever looks after them: figures first, then just the list that one of them is about."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from handlers.mentoring.health import list_screens, screens
from handlers.mentoring.health.list_screens import ON_PAGE
from handlers.mentoring.health.taps import Concern, ConcernTap, HealthSchoolsTap
from handlers.mentoring.pair.listing import OfPlace, place_of
from handlers.mentoring.taps import HealthTap
from handlers.routes import Access, Routes
from handlers.ui.pages import Page
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.health import silence
from services.mentoring.health.opinions import opinions
from services.mentoring.health.ports import Slice, Some, Terms
from services.people import rights
from services.people.model import Kind, Organisation
from services.privacy.ports import Action

routes = Routes()


@routes.tap(HealthTap, Access.OVERSEER, within=place_of)
async def show_health(visit: Visit, tap: HealthTap) -> Reply:
    place = await _place(visit, tap)
    await visit.leave()
    terms = _terms(visit)
    figures = await visit.work.pair_health.figures(place, visit.member.id, terms, silence.year_began(visit.today))
    told = await opinions(visit.work, visit.desk.library, place, visit.desk.min_group, visit.now, visit.desk.zone)
    for opinion in told:
        if opinion.levels is not None:
            await visit.work.audit.note(
                visit.now,
                visit.member.id,
                Action.REPORT_SEEN,
                organisation_id=place.id,
                instrument=opinion.instrument,
                wave=opinion.wave,
            )
    district = await _district(visit, place)
    return Reply(screens.health(place, figures, told, terms, visit.desk.min_group, visit.zone, district))


@routes.tap(HealthSchoolsTap, Access.OVERSEER, within=place_of)
async def show_schools(visit: Visit, tap: HealthSchoolsTap) -> Reply:
    place = await _place(visit, tap)
    if place.kind is not Kind.MUNICIPALITY:
        return await show_health(visit, HealthTap(organisation=place.id))
    await visit.leave()
    lines = await visit.work.pair_health.schools(place, visit.member.id, _terms(visit))
    return Reply(screens.schools(place, lines, tap.page))


@routes.tap(ConcernTap, Access.OVERSEER, within=place_of)
async def show_concern(visit: Visit, tap: ConcernTap) -> Reply:
    place = await _place(visit, tap)
    await visit.leave()
    await _note_seen(visit, place)
    store = visit.work.pair_health
    if tap.what is Concern.SILENT:
        silent = await _page(visit, place, tap.page, store.silent)
        return Reply(list_screens.silent(place, silent[0], silent[1], visit.today))
    if tap.what is Concern.MEETINGS:
        meetings = await _page(visit, place, tap.page, store.unconfirmed)
        return Reply(list_screens.meetings(place, meetings[0], meetings[1], visit.today))
    if tap.what is Concern.STAGES:
        stages = await _page(visit, place, tap.page, store.late_stages)
        return Reply(list_screens.stages(place, stages[0], stages[1], visit.today))
    offers = await _page(visit, place, tap.page, store.lost_offers)
    return Reply(list_screens.offers(place, offers[0], offers[1], visit.today))


async def _page(
    visit: Visit,
    place: Organisation,
    number: int,
    find: Callable[[Organisation, int, Terms, Slice], Awaitable[Some[Any]]],
) -> tuple[Page[Any], int]:
    """The page of that number, the last one where there are fewer, and how many items there are."""
    terms, viewer = _terms(visit), visit.member.id
    found = await find(place, viewer, terms, Slice(ON_PAGE, number * ON_PAGE))
    count = max(1, -(-found.total // ON_PAGE))
    if number >= count:
        number = count - 1
        found = await find(place, viewer, terms, Slice(ON_PAGE, number * ON_PAGE))
    return Page(found.items, number, count), found.total


def _terms(visit: Visit) -> Terms:
    return silence.terms_of(visit.desk.mentoring, visit.now, visit.zone)


async def _district(visit: Visit, place: Organisation) -> int | None:
    """The municipality of a school, for whoever looks after all of it."""
    if place.kind is not Kind.SCHOOL or place.parent_id is None:
        return None
    above = await visit.work.organisations.get(place.parent_id)
    return above.id if above is not None and rights.oversees(visit.member, above) else None


async def _note_seen(visit: Visit, place: Organisation) -> None:
    """Note once a day that somebody has opened lists of pairs."""
    midnight = datetime.combine(visit.today, datetime.min.time(), visit.zone)
    if not await visit.work.audit.noted_since(visit.member.id, Action.PAIRS_SEEN, midnight):
        await visit.work.audit.note(visit.now, visit.member.id, Action.PAIRS_SEEN, organisation_id=place.id)


async def _place(visit: Visit, tap: OfPlace) -> Organisation:
    place = await place_of(visit, tap)
    if place is None:
        raise LookupError("no such place")
    return place
