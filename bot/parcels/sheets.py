"""Personal invites of rosters as files to print."""

from bot.parcels.made import Drawn, NotDueError
from handlers.menu.screens import to_menu
from handlers.roster import screens
from handlers.roster.conversation import ARCHIVE, CARDS
from handlers.visit import Desk
from services.delivery.model import Parcel
from services.people.model import Person
from services.people.roster import importing
from services.people.roster.sheets import file_stem
from storage.unit_of_work import StoredWork

MODULE = "services.people.roster.sheets"
STEM = 50
"""Characters of the school in a file's name; a messenger cuts names at 64."""


async def invite_sheets(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    first, last, form = (parcel.payload[name] for name in ("first_school", "last_school", "form"))
    waiting = await importing.waiting(work, await importing.scopes_of(work, person))
    schools = [each.school for each in waiting if first <= each.school.id <= last]
    cards = await work.roster.cards([school.id for school in schools], desk.clock())
    if not cards:
        raise NotDueError("nobody of these schools waits for an invite, or they are not the person's")
    arguments = (cards, desk.links.invite)
    rows = ((to_menu(),),)
    if form == ARCHIVE:
        name = f"Приглашения, школ {len(schools)}.zip"
        return Drawn(screens.ALL_SHEETS, rows, f"{MODULE}:make_all", arguments, name)
    school = schools[0].name
    name = f"{file_stem(school)[:STEM].rstrip('. ')}, приглашения"
    if form == CARDS:
        return Drawn(screens.cards_caption(school), rows, f"{MODULE}:make_cards", arguments, f"{name}.docx")
    return Drawn(screens.table_caption(school), rows, f"{MODULE}:make_list", arguments, f"{name}.xlsx")
