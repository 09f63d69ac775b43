"""The commands that the messenger's own menu shows to a person, and the news that their roles have changed."""

from bot.parcels.made import CommandMenu, Maker
from handlers.menu.screens import commands_of, roles_changed
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.people.model import Person
from storage.unit_of_work import StoredWork


async def command_menu(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> CommandMenu:
    return CommandMenu(commands_of(person))


async def roles_news(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    return roles_changed(person)


MAKERS: dict[Kind, Maker] = {Kind.COMMAND_MENU: command_menu, Kind.ROLES_NEWS: roles_news}
