"""/people: municipalities and schools, adding and renaming them."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData

from handlers import otherwise
from handlers.people import place_screens as screens
from handlers.people.standing import given, given_about, named, standing_at
from handlers.people.taps import (
    FoundPlacesTap,
    NewMunicipalityTap,
    NewSchoolTap,
    PlacesTap,
    PlaceTap,
    RenameTap,
)
from handlers.people.within import of_municipality, of_renamed
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.natural_order import natural
from services.people import places, rights
from services.people.early_career import is_early
from services.people.model import Kind, Organisation, Role, Value
from services.people.ports import Attendance
from services.people.registration import Unclear
from services.people.roster.schools import likely_same, school_key

routes = Routes()

FIND = "people:places"
NEW_SCHOOL = "people:school"
NEW_MUNICIPALITY = "people:municipality"
RENAME = "people:rename"
ADDED = "Готово, добавлено."
ALREADY = "Уже готово."
QUERY_LIMIT = 50


@routes.command("people", Access.MANAGER)
async def command_people(visit: Visit, _: str) -> Reply:
    return Reply(await _first(visit, 0))


@routes.tap(PlacesTap, Access.MANAGER)
async def tap_places(visit: Visit, tap: PlacesTap) -> Reply:
    return Reply(await _first(visit, tap.page))


@routes.tap(PlaceTap, Access.MANAGER, within=of_organisation)
async def tap_place(visit: Visit, tap: PlaceTap) -> Reply:
    return Reply(await card(visit, await named(visit, tap.organisation), tap.page))


@routes.step(FIND, Access.MANAGER)
async def words_for_school(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.MANAGER)
    query = " ".join(text.split())[:QUERY_LIMIT]
    await visit.stand(FIND, {"organisation": place.id, "query": query})
    return Reply(await _found(visit, place, query, 0))


@routes.tap(FoundPlacesTap, Access.MANAGER, within=of_organisation)
async def tap_found(visit: Visit, tap: FoundPlacesTap) -> Reply:
    place = await named(visit, tap.organisation)
    query = given_about(visit, FIND, place).get("query")
    if not isinstance(query, str):
        return Reply(await card(visit, place))
    return Reply(await _found(visit, place, query, tap.page))


@routes.tap(NewMunicipalityTap, Access.ADMIN)
async def tap_new_municipality(visit: Visit, tap: NewMunicipalityTap) -> Reply:
    name = given(visit, NEW_MUNICIPALITY).get("name")
    if not tap.sure:
        await visit.stand(NEW_MUNICIPALITY, {})
        return Reply(screens.name_asked(screens.NAME_MUNICIPALITY, PlacesTap()))
    if not isinstance(name, str):
        return Reply(await _first(visit, 0), toast=ALREADY)
    added = await places.add(visit.work, visit.member, Kind.MUNICIPALITY, name, None, visit.now)
    return Reply(await card(visit, added), toast=ADDED)


@routes.step(NEW_MUNICIPALITY, Access.ADMIN)
async def words_for_municipality(visit: Visit, text: str) -> Reply:
    known = [place for place in await visit.work.organisations.all(Kind.MUNICIPALITY) if place.parent_id is None]
    return await _named_new(visit, text, known, {}, NewMunicipalityTap(sure=True), PlacesTap())


@routes.tap(NewSchoolTap, Access.MANAGER, within=of_municipality)
async def tap_new_school(visit: Visit, tap: NewSchoolTap) -> Reply:
    place = await named(visit, tap.organisation)
    name = given_about(visit, NEW_SCHOOL, place).get("name")
    if not tap.sure:
        await visit.stand(NEW_SCHOOL, {"organisation": place.id})
        return Reply(screens.name_asked(screens.NAME_SCHOOL, PlaceTap(organisation=place.id)))
    if not isinstance(name, str):
        return Reply(await card(visit, place), toast=ALREADY)
    added = await places.add(visit.work, visit.member, Kind.SCHOOL, name, place, visit.now)
    return Reply(await card(visit, added), toast=ADDED)


@routes.step(NEW_SCHOOL, Access.MANAGER)
async def words_for_new_school(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None:
        return await otherwise.no_access(visit, Access.MANAGER)
    known = await visit.work.organisations.children(place.id)
    sure, back = NewSchoolTap(organisation=place.id, sure=True), PlaceTap(organisation=place.id)
    return await _named_new(visit, text, known, {"organisation": place.id}, sure, back)


@routes.tap(RenameTap, Access.MANAGER, within=of_renamed)
async def tap_rename(visit: Visit, tap: RenameTap) -> Reply:
    place = await named(visit, tap.organisation)
    await visit.stand(RENAME, {"organisation": place.id})
    return Reply(screens.rename_asked(place))


@routes.step(RENAME, Access.MANAGER)
async def words_for_rename(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None or not places.may_rename(visit.member, place):
        return await otherwise.no_access(visit, Access.MANAGER)
    try:
        name = places.place_name(text)
    except Unclear as unclear:
        return Reply(screens.rename_asked(place, str(unclear)))
    same = places.same_named(name, await places.siblings(visit.work, place))
    if same is not None:
        return Reply(screens.already_there(same, PlaceTap(organisation=place.id)))
    await places.rename(visit.work, visit.member, place, name, visit.now)
    renamed = await named(visit, place.id)
    return Reply(otherwise.with_note(await card(visit, renamed), screens.renamed(place)))


async def card(visit: Visit, place: Organisation, page: int = 0) -> Screen:
    """The card of a place that the person manages; whatever they were writing for is left."""
    await visit.leave()
    if place.kind is Kind.REGION:
        return screens.region(visit.member, place)
    several = visit.member.has(Role.ADMIN) or len(await _kept(visit)) > 1
    members = await visit.work.directory.members(place.id)
    if place.kind is Kind.MUNICIPALITY:
        schools = _sorted(await visit.work.directory.attendance(place.id))
        if len(schools) > screens.SEARCH_FROM:
            await visit.stand(FIND, {"organisation": place.id})
        shown = page_of(schools, page, screens.SHOWN)
        return screens.municipality(visit.member, place, schools, shown, members, several)
    above = await visit.work.organisations.get(place.parent_id) if place.parent_id is not None else None
    early = sum(is_early(member.profile, visit.today) for member in members)
    return screens.school(visit.member, place, above, members, early, several)


async def _first(visit: Visit, page: int) -> Screen:
    """The only place that the person keeps, or the choice of them."""
    await visit.leave()
    kept = await _kept(visit)
    regions = visit.member.scopes(Role.ADMIN)
    if len(kept) == 1 and not regions:
        return await card(visit, kept[0])
    return screens.choice(visit.member, page_of(kept, page, screens.SHOWN), regions[0] if regions else None)


async def _kept(visit: Visit) -> Sequence[Organisation]:
    """Municipalities that the person keeps, and schools outside them."""
    person = visit.member
    if person.has(Role.ADMIN):
        return await visit.work.organisations.all(Kind.MUNICIPALITY)
    schools = [school for school in person.scopes(Role.CURATOR) if not rights.directs(person, school)]
    return [*person.scopes(Role.METHODIST), *schools]


async def _found(visit: Visit, place: Organisation, query: str, page: int) -> Screen:
    schools = _sorted(await visit.work.directory.attendance(place.id))
    key = school_key(query)
    found = [one for one in schools if key and key in school_key(one.school.name)]
    return screens.found_schools(place, query, page_of(found, page, screens.SHOWN))


async def _named_new(
    visit: Visit,
    text: str,
    known: Sequence[Organisation],
    data: dict[str, Value],
    sure: CallbackData,
    back: CallbackData,
) -> Reply:
    """What was written as the name of a new place: to be confirmed, or to be written anew."""
    step = visit.conversation.step if visit.conversation else ""
    try:
        name = places.place_name(text)
    except Unclear as unclear:
        question = screens.NAME_MUNICIPALITY if step == NEW_MUNICIPALITY else screens.NAME_SCHOOL
        return Reply(screens.name_asked(question, back, str(unclear)))
    same = places.same_named(name, known)
    if same is not None:
        return Reply(screens.already_there(same, back))
    await visit.stand(step, data | {"name": name})
    return Reply(screens.new_confirmed(name, likely_same(name, [place.name for place in known]), sure, back))


def _sorted(schools: Sequence[Attendance]) -> list[Attendance]:
    return sorted(schools, key=lambda one: natural(one.school.name))
