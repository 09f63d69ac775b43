"""Making what the outbox owes: each parcel asks first whether it is still due, then becomes a screen or a menu."""

from collections.abc import Mapping

from bot.drawing import Drawing
from bot.parcels import campaigns, charts, invites, menus, privacy
from bot.parcels.made import CommandMenu, Drawn, Maker, NotDueError
from handlers.ui.screen import Document, Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from storage.database import Database
from storage.unit_of_work import StoredWork

MAKERS: Mapping[Kind, Maker] = charts.MAKERS | menus.MAKERS | invites.MAKERS | campaigns.MAKERS | privacy.MAKERS


class Parcels:
    """Turns parcels into what is sent."""

    def __init__(self, database: Database, desk: Desk, drawing: Drawing) -> None:
        self._database = database
        self._desk = desk
        self._drawing = drawing

    async def make(self, parcel: Parcel) -> Screen | CommandMenu:
        """What the parcel holds. Raises NotDueError when it should not be sent any more."""
        async with self._database.read() as connection:
            work = StoredWork(connection)
            person = (await work.people.visitor(parcel.account)).person
            if person is None or not self._desk.consent.given_by(person):
                raise NotDueError("no consent in force")
            made = await MAKERS[parcel.kind](self._desk, work, person, parcel)
        if not isinstance(made, Drawn):
            return made
        content = await self._drawing.draw(made.function, *made.arguments)
        if made.file_name is None:
            return Screen(made.caption, made.rows, picture=content)
        return Screen(made.caption, made.rows, document=Document(made.file_name, content))
