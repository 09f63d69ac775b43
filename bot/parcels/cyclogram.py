"""The monitoring of a month: its offer and its write-up."""

from datetime import date

from bot.parcels.made import Maker, NotDueError
from handlers.cyclogram.screens import offer, write_up
from handlers.ui.russian import day_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people import rights
from services.people.model import Organisation, Person
from services.people.zones import zone_of
from services.pushes import switching
from services.pushes.cyclogram import Turn, turns_in
from services.pushes.model import What
from services.reporting.statement.composing import compose
from storage.unit_of_work import StoredWork


async def offered(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    place, turn = await _turn(work, person, parcel)
    today = day_of(desk.clock(), zone_of(person, desk.zone))
    if turn.last_day < today:
        raise NotDueError("the month is over")
    return offer(place, turn, desk.library, today)


async def written_up(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    place, turn = await _turn(work, person, parcel)
    today = day_of(desk.clock(), zone_of(person, desk.zone))
    return write_up(await compose(work, desk.basis, place, turn.period()), turn, today)


async def _turn(work: StoredWork, person: Person, parcel: Parcel) -> tuple[Organisation, Turn]:
    place = await work.organisations.get(parcel.payload["organisation_id"])
    if place is None or not rights.directs(person, place):
        raise NotDueError("out of the person's scope")
    if not (await switching.often(work, person.id)).wants(What.CYCLOGRAM):
        raise NotDueError("switched off")
    turns = turns_in(date.fromordinal(parcel.payload["month"]))
    number = parcel.payload["monitoring"]
    if number >= len(turns):
        raise NotDueError("no such monitoring any more")
    return place, turns[number]


MAKERS: dict[Kind, Maker] = {Kind.CYCLOGRAM: offered, Kind.CYCLOGRAM_NOTE: written_up}
