"""Summaries of the week and of the month, and what measures have brought."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.pushes.monthly_screens import effect, monthly
from handlers.pushes.weekly_screens import weekly
from handlers.ui.russian import day_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring.health.silence import terms_of
from services.people import rights
from services.people.model import Organisation, Person, Role
from services.people.zones import zone_of
from services.pushes import effects, switching
from services.pushes.model import What
from services.pushes.monthly import in_need
from services.pushes.weekly import week_of
from services.reporting.periods import from_numbers
from services.reporting.statement.composing import compose
from services.reporting.statement.headline import headline
from storage.unit_of_work import StoredWork


async def weekly_digest(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    # Of several that waited the last one tells everything.
    if await work.iom_reminders.overtaken(person.account_id, parcel.kind, parcel.id):
        raise NotDueError("merged into a later one")
    if not (person.has(Role.CURATOR) or person.has(Role.METHODIST)):
        raise NotDueError("neither a curator nor a methodist any more")
    await _wanted(work, person, What.WEEKLY)
    zone = zone_of(person, desk.zone)
    terms = terms_of(desk.mentoring, desk.clock(), zone)
    monday = date.fromordinal(parcel.payload["day"])
    week = await week_of(work, desk.basis, person.id, monday, terms)
    if week is None:
        raise NotDueError("nothing to tell")
    places = await work.organisations.by_ids({one.organisation_id for one in week.alerts})
    names = {place.id: place.name for place in places.values()}
    return weekly(week, names, terms.today, zone, stands_in=not person.has(Role.CURATOR))


async def monthly_digest(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    place = await _overseen(work, person, parcel)
    await _wanted(work, person, What.MONTHLY)
    statement = await compose(work, desk.basis, place, from_numbers(parcel.payload))
    if not any(figure.amount is not None for figure in headline(statement.whole)):
        raise NotDueError("there are no figures")
    return monthly(statement, in_need(statement))


async def effect_of_measures(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    place = await _overseen(work, person, parcel)
    await _wanted(work, person, What.MONTHLY)
    judged = await effects.judged(work, desk.basis, place)
    if judged is None:
        raise NotDueError("no earlier note has any measure")
    return effect(place, judged, day_of(desk.clock(), zone_of(person, desk.zone)))


async def _overseen(work: StoredWork, person: Person, parcel: Parcel) -> Organisation:
    place = await work.organisations.get(parcel.payload["organisation_id"])
    if place is None or not rights.oversees(person, place):
        raise NotDueError("out of the person's scope")
    return place


async def _wanted(work: StoredWork, person: Person, what: What) -> None:
    if not (await switching.often(work, person.id)).wants(what):
        raise NotDueError("switched off")


MAKERS: dict[Kind, Maker] = {
    Kind.WEEKLY_DIGEST: weekly_digest,
    Kind.MONTHLY_DIGEST: monthly_digest,
    Kind.EFFECT: effect_of_measures,
}
