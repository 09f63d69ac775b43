"""Who has signed up and who was there: for those who plan the event or answer for it."""

from handlers import otherwise
from handlers.events.plan.card import card
from handlers.events.taking_part import attendance_screens as screens
from handlers.events.taking_part.taps import AllAttendTap, AttendTap
from handlers.events.taps import EventPeopleTap
from handlers.events.within import event_of, kept_event
from handlers.people.standing import given
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.events import taking_part
from services.events.model import Event
from services.people.names import name_key
from services.privacy.ports import Action

routes = Routes()

FIND = "event_people"
QUERY_LIMIT = 50
TOO_EARLY = "Отметить, кто был, можно будет в день события."


@routes.tap(EventPeopleTap, Access.REGISTERED, within=kept_event)
async def tap_people(visit: Visit, tap: EventPeopleTap) -> Reply:
    event = await event_of(visit, tap)
    if not event.announced:
        return Reply(await card(visit, event))
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.EVENT_PEOPLE_SEEN,
        organisation_id=event.organisation_id,
        event=event.id,
    )
    return Reply(await people(visit, event, tap.page))


@routes.tap(AttendTap, Access.REGISTERED, within=kept_event)
async def tap_attend(visit: Visit, tap: AttendTap) -> Reply:
    event = await event_of(visit, tap)
    if not taking_part.may_mark(event, visit.today):
        return Reply(await people(visit, event, tap.page), TOO_EARLY)
    await visit.work.events.attend(event.id, tap.person, tap.was)
    return Reply(await people(visit, event, tap.page))


@routes.tap(AllAttendTap, Access.REGISTERED, within=kept_event)
async def tap_all(visit: Visit, tap: AllAttendTap) -> Reply:
    event = await event_of(visit, tap)
    if not taking_part.may_mark(event, visit.today):
        return Reply(await people(visit, event), TOO_EARLY)
    await visit.work.events.all_attended(event.id)
    return Reply(await people(visit, event))


@routes.step(FIND, Access.REGISTERED)
async def words_for_people(visit: Visit, text: str) -> Reply:
    found = given(visit, FIND).get("event")
    event = await visit.work.events.get(found) if isinstance(found, int) else None
    if event is None or await kept_event(visit, EventPeopleTap(event=event.id)) is None:
        return await otherwise.no_access(visit, Access.REGISTERED)
    query = name_key(text)[:QUERY_LIMIT]
    version = visit.desk.consent.version
    attendees = await visit.work.events.people(event.id, version, query)
    marking = taking_part.may_mark(event, visit.today)
    return Reply(screens.found(event, query, attendees[: screens.ON_PAGE], marking=marking))


async def people(visit: Visit, event: Event, number: int = 0) -> Screen:
    """A page of who has signed up; somebody else is found by words."""
    await visit.stand(FIND, {"event": event.id})
    attendees = await visit.work.events.people(event.id, visit.desk.consent.version)
    marking = taking_part.may_mark(event, visit.today)
    return screens.people(event, page_of(attendees, number, screens.ON_PAGE), attendees, marking=marking)
