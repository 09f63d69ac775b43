"""Reminders of the stages of programs."""

from bot.parcels.made import Maker, NotDueError
from handlers.mentoring.programs.notices import reminder
from handlers.ui.russian import day_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.iom.reminding_ports import LEFT_TO_TODAY
from services.mentoring.programs import reminding
from services.people.model import Person
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork


async def stage_reminder(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    # Of several that waited the last one tells everything.
    if await work.iom_reminders.overtaken(person.account_id, parcel.kind, parcel.id):
        raise NotDueError("merged into a later one")
    today = day_of(desk.clock(), zone_of(person, desk.zone))
    consent = desk.consent.version
    led = await reminding.endings_for_mentor(work, person, today, consent, desk.quiet)
    own = await reminding.endings_for_mentee(work, person, today, consent, desk.quiet)
    if not (led or own):
        raise NotDueError("nothing to remind of")
    told = [each.stage.remind_on for each in (*led, *own)]
    if parcel.payload["day"] < today.toordinal() and any(day is not None and day <= today for day in told):
        raise NotDueError(LEFT_TO_TODAY)
    people = {each.pair.mentee_id for each in led} | {each.pair.mentor_id for each in own}
    return reminder(led, own, await work.audit.names(people), today)


MAKERS: dict[Kind, Maker] = {Kind.STAGE_REMINDER: stage_reminder}
