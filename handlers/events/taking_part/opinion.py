"""What people thought of an event: a mark by a tap, and words."""

from html import escape

from handlers import otherwise
from handlers.events.taking_part.mine import mine
from handlers.events.taking_part.taps import CommentTap
from handlers.events.taps import MyEventTap, RateTap
from handlers.events.within import event_of, my_event
from handlers.events.words import noted
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.events import taking_part
from services.events.model import WORDS_LIMIT, Event
from services.iom.drafting import parsed_words

routes = Routes()

WORDS = "event_words"
THANKS = "Спасибо, учту."
NOT_NOW = "Оценить это событие сейчас нельзя."


@routes.tap(RateTap, Access.REGISTERED, within=my_event)
async def tap_rate(visit: Visit, tap: RateTap) -> Reply:
    event = await event_of(visit, tap)
    known = 1 <= tap.mark <= 5
    kept = known and await taking_part.rate(visit.work, event, visit.member.id, tap.mark, visit.today)
    return Reply(await mine(visit, event), THANKS if kept else NOT_NOW)


@routes.tap(CommentTap, Access.REGISTERED, within=my_event)
async def tap_comment(visit: Visit, tap: CommentTap) -> Reply:
    event = await event_of(visit, tap)
    part = await visit.work.events.part(event.id, visit.member.id)
    if part is None or part.mark is None or not taking_part.may_rate(event, part, visit.today):
        return Reply(await mine(visit, event), NOT_NOW)
    await visit.stand(WORDS, {"event": event.id})
    return Reply(_ask(event))


@routes.step(WORDS, Access.REGISTERED)
async def words_for_opinion(visit: Visit, text: str) -> Reply:
    found = given(visit, WORDS).get("event")
    event = await visit.work.events.get(found) if isinstance(found, int) else None
    if event is None or await my_event(visit, MyEventTap(event=event.id)) is None:
        return await otherwise.no_access(visit, Access.REGISTERED)
    if is_part(visit, text):
        await stand_again(visit, text, WORDS, {"event": event.id})
        return Reply(_ask(event, TOO_LONG))
    try:
        words = parsed_words(text, WORDS_LIMIT)
    except Unclear as unclear:
        return Reply(_ask(event, str(unclear)))
    kept = await taking_part.comment(visit.work, event, visit.member.id, words, visit.today)
    return Reply(await mine(visit, event, THANKS if kept else NOT_NOW))


def _ask(event: Event, note: str = "") -> Screen:
    lines = [
        *noted(note),
        f"<b>{escape(event.plan.title)}</b>",
        "",
        "Напишите, что было полезно и что сделать иначе. Организаторы увидят слова без вашего имени.",
    ]
    return Screen("\n".join(lines), ((button("‹ Не писать", MyEventTap(event=event.id)),),))
