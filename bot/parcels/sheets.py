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
    function, suffix = ("make_cards", "docx") if form == CARDS else ("make_list", "xlsx")
    name = f"{file_stem(schools[0].name)}, приглашения.{suffix}"
    return Drawn(screens.sheet_caption(schools[0].name), rows, f"{MODULE}:{function}", arguments, name)
