"""Making what the outbox owes: each parcel asks first whether it is still due, then becomes a screen or a menu."""

from collections.abc import Mapping

from bot.drawing import Drawing
from bot.parcels import (
    alerts,
    campaigns,
    charts,
    cyclogram,
    digests,
    events,
    invites,
    iom_decisions,
    iom_files,
    iom_reminders,
    matching,
    meetings,
    mentor_cards,
    menus,
    not_made,
    pair_health,
    pair_offers,
    pair_stages,
    pairs,
    privacy,
    report_charts,
    report_files,
)
from bot.parcels.made import (
    CommandMenu,
    Computed,
    Drawn,
    Made,
    Maker,
    NotDueError,
    NotNowError,
    OvertakenError,
)
from handlers.ui.screen import Document, Screen
from handlers.visit import Desk
from services.delivery.model import COULD_WAIT, NO_CONSENT, Kind, Parcel
from services.people.zones import zone_of
from storage.database import Database
from storage.unit_of_work import StoredWork

_MODULES = (
    charts,
    menus,
    not_made,
    invites,
    campaigns,
    privacy,
    iom_reminders,
    iom_decisions,
    iom_files,
    mentor_cards,
    matching,
    pair_offers,
    pairs,
    pair_stages,
    meetings,
    pair_health,
    report_files,
    report_charts,
    digests,
    alerts,
    cyclogram,
    events,
)
TRIES = 3
"""How often something is computed at once while its facts change."""
MAKERS: Mapping[Kind, Maker] = {kind: maker for module in _MODULES for kind, maker in module.MAKERS.items()}


class Parcels:
    """Turns parcels into what is sent."""

    def __init__(self, database: Database, desk: Desk, drawing: Drawing) -> None:
        self._database = database
        self._desk = desk
        self._drawing = drawing

    async def make(self, parcel: Parcel) -> Screen | CommandMenu:
        """What the parcel holds.

        Raises NotDueError when it should not be sent any more, NotNowError when it is to wait for the end of quiet
        hours where its receiver lives, OvertakenError when it is to be tried again.
        """
        for _ in range(TRIES):
            made = await self._made(parcel)
            if isinstance(made, Drawn):
                return await self._drawn(made)
            if not isinstance(made, Computed):
                return made
            screen = await self._computed(made)
            if screen is not None:
                return screen
        raise OvertakenError

    async def _made(self, parcel: Parcel) -> Made:
        async with self._database.read() as connection:
            work = StoredWork(connection)
            person = (await work.people.visitor(parcel.account)).person
            if person is None or not self._desk.consent.given_by(person):
                raise NotDueError(NO_CONSENT)
            if parcel.kind in COULD_WAIT:
                local = self._desk.clock().astimezone(zone_of(person, self._desk.zone))
                if not self._desk.quiet.allows(local):
                    raise NotNowError(self._desk.quiet.next_allowed(local))
            return await MAKERS[parcel.kind](self._desk, work, person, parcel)

    async def _computed(self, made: Computed) -> Screen | None:
        content = await self._drawing.draw(made.function, *made.arguments)
        async with self._database.write() as connection:
            work = StoredWork(connection)
            screen = await made.keep(work, content)
            await work.commit()
        return screen

    async def _drawn(self, made: Drawn) -> Screen:
        content = await self._drawing.draw(made.function, *made.arguments)
        if made.file_name is None:
            return Screen(made.caption, made.rows, picture=content)
        return Screen(made.caption, made.rows, document=Document(made.file_name, content))
