"""Telling an event's audience of it: the invitation is shown first."""

from handlers.events.notices import invitation
from handlers.events.plan.card import CHANGED, card, responsible_of
from handlers.events.plan.taps import AnnounceTap
from handlers.events.taps import EventTap
from handlers.events.within import event_of, place_of, planned_event
from handlers.routes import Access, Routes
from handlers.ui.russian import plural
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.events import announcing
from services.events.model import Event
from services.events.wording import AUDIENCE_TITLES

routes = Routes()

TOLD = "Объявлено, приглашения уходят."
NOBODY = (
    "Сейчас пригласить некого: в этих школах пока нет тех, для кого событие. Объявить всё равно можно: "
    "кто появится до события, получит приглашение."
)


@routes.tap(AnnounceTap, Access.OVERSEER, within=planned_event)
async def tap_announce(visit: Visit, tap: AnnounceTap) -> Reply:
    event = await event_of(visit, tap)
    if event.announced or not event.ahead(visit.today):
        return Reply(await card(visit, event))
    if event.turn != tap.turn:
        return Reply(await card(visit, event, CHANGED))
    if not tap.sure:
        return Reply(await _preview(visit, event))
    told = await announcing.announce(visit.work, event, visit.today, visit.desk.consent.version, visit.now)
    if told is None:
        return Reply(await card(visit, await event_of(visit, tap), CHANGED))
    return Reply(await card(visit, told), TOLD)


async def _preview(visit: Visit, event: Event) -> Screen:
    """The invitation as people will see it, and how many of them there are."""
    place, version = await place_of(visit, event), visit.desk.consent.version
    audience = event.plan.audience
    people = await announcing.fitting(visit.work, event, visit.today, version)
    shown = invitation(event, place.name, 0, await responsible_of(visit, event), visit.today)
    count = plural(len(people), "человек", "человека", "человек")
    whom = f"Для кого: {AUDIENCE_TITLES[audience].lower()}, {count}." if people else NOBODY
    send = f"Разослать: {count}" if people else "Объявить"
    return Screen(
        f"<b>Так будет выглядеть приглашение</b>\n\n{shown.text}\n\n<i>{whom}</i>",
        (
            (button(send, AnnounceTap(event=event.id, turn=event.turn, sure=True)),),
            (button("‹ К событию", EventTap(event=event.id)),),
        ),
    )
