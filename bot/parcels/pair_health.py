"""Silent pairs, for their mentors."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.health import notices
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.mentoring.health import silence
from services.people.model import Person
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def pair_silent(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    terms = silence.terms_of(desk.mentoring, desk.clock(), zone_of(person, desk.zone))
    asked_on = date.fromordinal(parcel.payload["day"])
    pairs = await work.pair_health.told_to(person.id, asked_on, terms, desk.consent.version)
    if not pairs:
        raise NotDueError("no silent pair any more")
    return notices.silent(pairs, terms.today)


MAKERS: dict[Kind, Maker] = {Kind.PAIR_SILENT: pair_silent}
