"""The card of an event for those who plan it, answer for it or see the plan that it is in."""

from handlers.access import allowed_in
from handlers.events.plan import card_screens as screens
from handlers.events.plan.listing import planned_places
from handlers.events.plan.taps import EditEventTap
from handlers.events.taps import EventTap
from handlers.events.within import event_of, place_of, planned_event, seen_event
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.events import rights, taking_part
from services.events.model import Event
from services.people.model import Organisation

routes = Routes()

CHANGED = "Пока вы смотрели, событие изменилось. Вот какое оно теперь."


@routes.tap(EventTap, Access.REGISTERED, within=seen_event)
async def tap_event(visit: Visit, tap: EventTap) -> Reply:
    return Reply(await card(visit, await event_of(visit, tap)))


@routes.tap(EditEventTap, Access.OVERSEER, within=planned_event)
async def tap_edit(visit: Visit, tap: EditEventTap) -> Reply:
    event = await event_of(visit, tap)
    if not event.planned:
        return Reply(await card(visit, event))
    await visit.leave()
    return Reply(screens.fields(event, await responsible_of(visit, event), visit.today))


async def card(visit: Visit, event: Event, news: str = "") -> Screen:
    """The card as it is for the visitor; whatever they were writing for is left."""
    await visit.leave()
    place = await place_of(visit, event)
    counts = await visit.work.events.counts(event.id)
    keeps = rights.keeps(visit.member, event, place)
    view = screens.View(
        event,
        place,
        counts,
        await responsible_of(visit, event),
        visit.today,
        may_plan=allowed_in(Access.OVERSEER, visit.person, visit.desk.consent, place),
        may_keep=keeps,
        plan_of=_plan_with(visit, place),
        opinions=tuple(await taking_part.opinions(visit.work, event, counts)) if keeps else (),
    )
    return screens.card(view, news)


def _plan_with(visit: Visit, place: Organisation) -> int | None:
    """The widest plan of the visitor that holds the place's events: a school's has its municipality's, too."""
    return next(
        (
            each.id
            for each in planned_places(visit)
            if place.id in (each.id, each.parent_id) or place.parent_id == each.id
        ),
        None,
    )


async def responsible_of(visit: Visit, event: Event) -> str:
    """Who answers for the event, in words; nobody who is not to be shown."""
    if event.plan.responsible_id is None:
        return event.plan.responsible
    return await visit.work.events.name_of(event.plan.responsible_id, visit.desk.consent.version)
