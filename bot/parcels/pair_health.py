"""Silent pairs: for their mentors, then for curators."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.health import notices
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring.health import silence
from services.people.model import Person, Role
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def pair_silent(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    terms = silence.terms_of(desk.mentoring, desk.clock(), zone_of(person, desk.zone))
    asked_on = date.fromordinal(parcel.payload["day"])
    pairs = await work.pair_health.told_to(person.id, asked_on, terms, desk.consent.version)
    if not pairs:
        raise NotDueError("no silent pair any more")
    return notices.silent(pairs, terms.today)


async def pair_digest(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    # Of several that waited the last one tells everything.
    if await work.iom_reminders.overtaken(person.account_id, parcel.kind, parcel.id):
        raise NotDueError("merged into a later one")
    places = person.scopes(Role.METHODIST, Role.CURATOR)
    if not places:
        raise NotDueError("neither a curator nor a methodist any more")
    zone = zone_of(person, desk.zone)
    terms = silence.terms_of(desk.mentoring, desk.clock(), zone)
    told = await silence.digest_of(work, person.id, terms, desk.consent.version)
    if told.empty:
        raise NotDueError("nothing to tell")
    return notices.digest(told, places, terms.today, zone)


MAKERS: dict[Kind, Maker] = {Kind.PAIR_SILENT: pair_silent, Kind.PAIR_DIGEST: pair_digest}
