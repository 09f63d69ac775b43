"""/events: what is ahead for the visitor, and signing up."""

from datetime import timedelta

from handlers.events.plan.card import responsible_of
from handlers.events.plan.listing import plan, planned_places
from handlers.events.taking_part import screens
from handlers.events.taking_part.taps import SignUpTap
from handlers.events.taps import EventsTap, MyEventTap
from handlers.events.within import event_of, my_event, place_of
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.events import signing_up, taking_part
from services.events.model import Event
from services.events.moments import AHEAD_DAYS, PAST_DAYS
from services.events.signing_up import Outcome

routes = Routes()

TOASTS = {
    Outcome.DONE: "Вы записаны.",
    Outcome.ALREADY: "Вы уже записаны.",
    Outcome.FULL: "Свободных мест уже нет.",
    Outcome.CLOSED: "Запись уже закрыта.",
}
OUT = "Хорошо, вас не ждём. Передумаете — запишитесь снова."
TOO_LATE = "Запись уже закрыта."


@routes.command("events", Access.REGISTERED)
async def command_events(visit: Visit, _: str) -> Reply:
    return Reply(await events(visit, first=True))


@routes.tap(EventsTap, Access.REGISTERED)
async def tap_events(visit: Visit, tap: EventsTap) -> Reply:
    return Reply(await events(visit, past=tap.past, number=tap.page))


@routes.tap(MyEventTap, Access.REGISTERED, within=my_event)
async def tap_event(visit: Visit, tap: MyEventTap) -> Reply:
    return Reply(await mine(visit, await event_of(visit, tap)))


@routes.tap(SignUpTap, Access.REGISTERED, within=my_event)
async def tap_sign_up(visit: Visit, tap: SignUpTap) -> Reply:
    event = await event_of(visit, tap)
    if tap.going:
        outcome = await signing_up.sign_up(visit.work, event, visit.member.id, visit.today, visit.now)
        return Reply(await mine(visit, event), TOASTS[outcome])
    out = await signing_up.sign_out(visit.work, event, visit.member.id, visit.today)
    return Reply(await mine(visit, event), OUT if out or event.open_on(visit.today) else TOO_LATE)


async def events(visit: Visit, *, past: bool = False, number: int = 0, first: bool = False) -> Screen:
    """What is ahead for the visitor or is over; whatever they were writing for is left.

    Whoever only plans events sees the plan `first`.
    """
    await visit.leave()
    today, person_id = visit.today, visit.member.id
    days = (today - timedelta(days=PAST_DAYS), today - timedelta(days=1))
    if not past:
        days = (today, today + timedelta(days=AHEAD_DAYS))
    found = list(await visit.work.events.mine(person_id, *days))
    if past:
        found = [(event, part) for event, part in reversed(found) if part.was_there]
    # What is answered for is ahead until it is told how it went.
    of_mine = await visit.work.events.answered_for(person_id, today - timedelta(days=PAST_DAYS))
    answered = [event for event in of_mine if (event.planned or event.plan.held_on >= today) is not past]
    if past:
        answered.reverse()
    places = planned_places(visit)
    if first and len(places) == 1 and not found:
        return await plan(visit, places[0])
    page = page_of(found, number, screens.ON_PAGE)
    return screens.events(page, answered, places, today, past=past)


async def mine(visit: Visit, event: Event, news: str = "") -> Screen:
    """An event as the visitor, whom it is for, sees it: free seats, and nobody's name but the responsible's."""
    await visit.leave()
    part = await visit.work.events.part(event.id, visit.member.id)
    if part is None:
        raise LookupError("the event is not for the visitor")
    counts = await visit.work.events.counts(event.id)
    place, responsible = await place_of(visit, event), await responsible_of(visit, event)
    may_rate = taking_part.may_rate(event, part, visit.today)
    return screens.mine(
        event, part, place, counts.signed_up, responsible, visit.today, may_rate=may_rate, news=news
    )
