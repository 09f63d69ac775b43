"""News of pairs that are deleted with the data of one of the two."""

from bot.parcels.made import NotDueError
from handlers.mentoring.pair import gone_screens as screens
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Parcel
from services.mentoring.life.erasing import MENTEE_GONE
from services.people.model import Person, Role
from services.people.rights import oversees
from storage.unit_of_work import StoredWork


async def told(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    live = bool(parcel.payload["live"])
    if parcel.payload["gone"] == MENTEE_GONE:
        return screens.mentee_gone(live=live)
    mentee_id = parcel.payload["mentee_id"]
    if await work.pairs.open_of_mentee(mentee_id) is not None:
        raise NotDueError("a mentor is found")
    request = await work.mentee_requests.open_of(mentee_id)
    if person.id == mentee_id:
        return screens.mentor_gone(live=live, waits=request is not None)
    school = await work.organisations.get(parcel.payload["school_id"])
    if school is None or not oversees(person, school):
        raise NotDueError("not this person's place any more")
    if not await work.people.agrees(mentee_id, desk.consent.version):
        raise NotDueError("the teacher's consent is not in force")
    names = await work.audit.names([mentee_id])
    if mentee_id not in names or not await work.people.holds(mentee_id, Role.TEACHER, school.id):
        raise NotDueError("the teacher is there no more")
    return screens.mentee_waits(names[mentee_id], school, live=live, waits=request is not None)
