"""What somebody asked for and waits for in vain."""

from bot.parcels.made import Maker
from handlers.delivery.notices import not_made
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people.model import Person
from storage.unit_of_work import StoredWork


async def told(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    return not_made()


MAKERS: dict[Kind, Maker] = {Kind.NOT_MADE: told}
