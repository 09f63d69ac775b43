"""What came of an event, told by who plans it or answers for it."""

from html import escape

from handlers import otherwise
from handlers.events.plan.card import CHANGED, card
from handlers.events.taking_part.taps import HeldTap
from handlers.events.taps import EventTap, OutcomeTap
from handlers.events.within import event_of, kept_event
from handlers.events.words import noted
from handlers.iom.words import cut
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.events import planning, taking_part
from services.events.model import WORDS_LIMIT, Event, EventState
from services.iom.drafting import parsed_words

routes = Routes()

WORDS = "event_outcome"
HELD = "Записано: событие состоялось."
NOT_NOW = "Итог можно записать в день события или позже."
SHOWN = 600


@routes.tap(OutcomeTap, Access.REGISTERED, within=kept_event)
async def tap_outcome(visit: Visit, tap: OutcomeTap) -> Reply:
    event = await event_of(visit, tap)
    if not taking_part.may_mark(event, visit.today):
        return Reply(await card(visit, event), NOT_NOW)
    await visit.stand(WORDS, {"event": event.id})
    return Reply(_ask(event))


@routes.tap(HeldTap, Access.REGISTERED, within=kept_event)
async def tap_held(visit: Visit, tap: HeldTap) -> Reply:
    event = await event_of(visit, tap)
    if event.turn != tap.turn or not event.planned:
        return Reply(await card(visit, event))
    return await _held(visit, event, "")


@routes.step(WORDS, Access.REGISTERED)
async def words_for_outcome(visit: Visit, text: str) -> Reply:
    found = given(visit, WORDS).get("event")
    event = await visit.work.events.get(found) if isinstance(found, int) else None
    if event is None or await kept_event(visit, EventTap(event=event.id)) is None:
        return await otherwise.no_access(visit, Access.REGISTERED)
    if is_part(visit, text):
        await stand_again(visit, text, WORDS, {"event": event.id})
        return Reply(_ask(event, TOO_LONG))
    try:
        return await _held(visit, event, parsed_words(text, WORDS_LIMIT))
    except Unclear as unclear:
        return Reply(_ask(event, str(unclear)))


async def _held(visit: Visit, event: Event, outcome: str) -> Reply:
    held = await planning.hold(visit.work, event, outcome, visit.member.id, visit.today, visit.now)
    if held is None:
        return Reply(await card(visit, await event_of(visit, EventTap(event=event.id)), CHANGED))
    return Reply(await card(visit, held, HELD))


def _ask(event: Event, note: str = "") -> Screen:
    lines = [*noted(note), f"<b>Итог: {escape(event.plan.title)}</b>", ""]
    if event.outcome:
        lines += [f"Сейчас: {escape(cut(event.outcome, SHOWN))}", ""]
    lines.append("Напишите, что получилось: это попадёт в отчёт.")
    if event.plan.expected:
        lines.append(f"<i>Ждали: {escape(cut(event.plan.expected, SHOWN))}</i>")
    rows: list[Row] = []
    if event.state is EventState.PLANNED:
        rows.append((button("Состоялось, без слов", HeldTap(event=event.id, turn=event.turn)),))
    rows.append((button("‹ К событию", EventTap(event=event.id)),))
    return Screen("\n".join(lines), tuple(rows))
