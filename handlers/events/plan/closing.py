"""The end of an event: cancelled with a reason, or deleted while nobody was told of it."""

from datetime import date
from html import escape

from handlers import otherwise
from handlers.events.plan import card_screens
from handlers.events.plan.card import CHANGED, card
from handlers.events.plan.listing import plan
from handlers.events.plan.taps import CancelEventTap, DropEventTap
from handlers.events.taps import EventTap
from handlers.events.within import event_of, place_of, planned_event
from handlers.events.words import noted
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.events import planning, rights
from services.events.model import WORDS_LIMIT, Event
from services.iom.drafting import parsed_words

routes = Routes()

WHY = "event_cancel"
REASONS = ("Ведущий не сможет", "Мало записей", "Перенесём на другой срок")
CANCELLED = "Событие отменено. Кто записан, узнает об этом сам."
NOT_HELD = "Записано: событие не состоялось."
DROPPED = "Событие удалено."


@routes.tap(CancelEventTap, Access.OVERSEER, within=planned_event)
async def tap_cancel(visit: Visit, tap: CancelEventTap) -> Reply:
    event = await event_of(visit, tap)
    if not event.planned:
        return Reply(await card(visit, event))
    if event.turn != tap.turn:
        return Reply(await card(visit, event, CHANGED))
    if 1 <= tap.reason <= len(REASONS):
        return await _cancelled(visit, event, REASONS[tap.reason - 1])
    await visit.stand(WHY, {"event": event.id})
    return Reply(_ask(event, visit.today))


@routes.step(WHY, Access.OVERSEER)
async def words_for_cancelling(visit: Visit, text: str) -> Reply:
    found = given(visit, WHY).get("event")
    event = await visit.work.events.get(found) if isinstance(found, int) else None
    if event is None or not rights.plans(visit.member, await place_of(visit, event)):
        return await otherwise.no_access(visit, Access.OVERSEER)
    if not event.planned:
        return Reply(await card(visit, event, CHANGED))
    if is_part(visit, text):
        await stand_again(visit, text, WHY, {"event": event.id})
        return Reply(_ask(event, visit.today, TOO_LONG))
    try:
        return await _cancelled(visit, event, parsed_words(text, WORDS_LIMIT))
    except Unclear as unclear:
        return Reply(_ask(event, visit.today, str(unclear)))


@routes.tap(DropEventTap, Access.OVERSEER, within=planned_event)
async def tap_drop(visit: Visit, tap: DropEventTap) -> Reply:
    event = await event_of(visit, tap)
    if event.turn != tap.turn or not event.planned or event.announced:
        return Reply(await card(visit, event, CHANGED))
    if not tap.sure:
        return Reply(card_screens.sure_to_drop(event))
    place = await place_of(visit, event)
    if not await planning.drop(visit.work, event, visit.member.id, visit.now):
        return Reply(await card(visit, event, CHANGED))
    return Reply(await plan(visit, place), DROPPED)


async def _cancelled(visit: Visit, event: Event, reason: str) -> Reply:
    version = visit.desk.consent.version
    cancelled = await planning.cancel(visit.work, event, reason, visit.member.id, version, visit.now)
    if cancelled is None:
        return Reply(await card(visit, await event_of(visit, EventTap(event=event.id)), CHANGED))
    told = CANCELLED if event.ahead(visit.today) else NOT_HELD
    return Reply(await card(visit, cancelled, told))


def _ask(event: Event, today: date, note: str = "") -> Screen:
    title = escape(event.plan.title)
    lines = [
        *noted(note),
        f"<b>Отменить «{title}»?</b>" if event.ahead(today) else f"<b>«{title}»: не состоялось?</b>",
        "",
        "Выберите причину или напишите свою. Её увидят все, кто записан.",
    ]
    rows = [
        (button(reason, CancelEventTap(event=event.id, turn=event.turn, reason=number)),)
        for number, reason in enumerate(REASONS, 1)
    ]
    return Screen("\n".join(lines), (*rows, (button("‹ Не отменять", EventTap(event=event.id)),)))
