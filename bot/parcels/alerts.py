"""Thresholds that were crossed."""

from bot.parcels.made import Maker, NotDueError
from handlers.pushes.alert_screens import alerts
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people.model import Person
from services.pushes import switching
from services.pushes.alerting import alerts_for
from services.pushes.model import What
from storage.unit_of_work import StoredWork


async def raised(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    if not (await switching.often(work, person.id)).wants(What.ALERTS):
        raise NotDueError("switched off")
    at = parcel.payload["at"]
    found = [one for one in await alerts_for(work, person.id) if int(one.raised_at.timestamp()) == at]
    if not found:
        raise NotDueError("they are over, or out of the person's scope")
    places = await work.organisations.by_ids({one.organisation_id for one in found})
    return alerts(found, {place.id: place.name for place in places.values()})


MAKERS: dict[Kind, Maker] = {Kind.ALERTS: raised}
