"""The fields of an event: asked one after the other when it is new, or one by one later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import otherwise
from handlers.events.plan import card_screens, part_screens
from handlers.events.plan.card import CHANGED, card, responsible_of
from handlers.events.plan.taps import EventPartTap, SetEventTap
from handlers.events.within import event_of, place_of, planned_event
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.events import planning, rights
from services.events.model import (
    PLACE_LIMIT,
    RESPONSIBLE_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    Audience,
    Colleague,
    Event,
    EventKind,
    Plan,
)
from services.events.moments import AHEAD_DAYS, PAST_DAYS, event_day, event_hour
from services.events.plan_file import seats_in
from services.events.wording import SEATS_BOUNDS
from services.iom.drafting import parsed_line, parsed_words
from services.people.model import Value
from services.people.names import name_key

routes = Routes()

WRITTEN = "event_part"
FLOW = ("hour", "place", "audience", "responsible", "expected", "seats")
"""What is asked of a new event, in this order; each may be left out."""
EMPTY = "-"
FOUND_MOST = 8
SAVED = "Сохранено."
ALL_TOLD = "Готово. Проверьте и объявите, когда будете готовы."


@routes.tap(EventPartTap, Access.OVERSEER, within=planned_event)
async def tap_part(visit: Visit, tap: EventPartTap) -> Reply:
    event = await event_of(visit, tap)
    if not event.planned or tap.part not in card_screens.PARTS:
        return Reply(await card(visit, event))
    shown = date.fromordinal(tap.month) if 0 < tap.month <= date.max.toordinal() else None
    return Reply(await ask_part(visit, event, tap.part, flow=tap.flow, shown=shown))


@routes.tap(SetEventTap, Access.OVERSEER, within=planned_event)
async def tap_set(visit: Visit, tap: SetEventTap) -> Reply:
    event = await event_of(visit, tap)
    plan = await _chosen(visit, event, tap)
    if event.planned and plan == event.plan:
        # Chosen as it is, or the second of two taps.
        return Reply(await _onward(visit, event, tap.part, flow=tap.flow), SAVED)
    if event.turn != tap.turn or not event.planned:
        return Reply(await card(visit, event, CHANGED))
    if plan is None:
        return Reply(await card(visit, event))
    return await _saved(visit, event, plan, tap.part, flow=tap.flow)


@routes.step(WRITTEN, Access.OVERSEER)
async def words_for_part(visit: Visit, text: str) -> Reply:
    data = given(visit, WRITTEN)
    event, part, flow = await _standing(visit, data), str(data.get("part")), bool(data.get("flow"))
    if event is None:
        return await otherwise.no_access(visit, Access.OVERSEER)
    if not event.planned:
        return Reply(await card(visit, event, CHANGED))
    if is_part(visit, text):
        await stand_again(visit, text, WRITTEN, data)
        return Reply(await _question(visit, event, part, flow=flow, note=TOO_LONG))
    try:
        if part == "responsible":
            return await _searched(visit, event, text, flow=flow)
        return await _saved(visit, event, _written(event.plan, part, text, visit.today), part, flow=flow)
    except Unclear as unclear:
        return Reply(await _question(visit, event, part, flow=flow, note=str(unclear)))


async def ask_part(
    visit: Visit, event: Event, part: str, *, flow: bool, shown: date | None = None, note: str = ""
) -> Screen:
    """The question about a field; what is written from now on is about it."""
    await visit.stand(WRITTEN, {"event": event.id, "part": part, "flow": flow})
    return await _question(visit, event, part, flow=flow, shown=shown, note=note)


async def asked_again(visit: Visit) -> Screen | None:
    """The question about a field that the visitor stands at; None when they stand elsewhere."""
    data = given(visit, WRITTEN)
    event = await _standing(visit, data)
    if event is None or not event.planned:
        return None
    return await _question(visit, event, str(data["part"]), flow=bool(data.get("flow")))


async def _question(
    visit: Visit, event: Event, part: str, *, flow: bool, shown: date | None = None, note: str = ""
) -> Screen:
    place = await place_of(visit, event)
    steps = part_screens.Steps(event, part, FLOW if flow else ())
    if part == "day":
        return part_screens.day(steps, visit.today, shown, note)
    if part == "responsible":
        return part_screens.responsible(steps, await responsible_of(visit, event), note)
    return part_screens.part(steps, place, note)


async def _standing(visit: Visit, data: dict[str, Value]) -> Event | None:
    """The event that is written about, if the visitor plans it still."""
    found = data.get("event")
    event = await visit.work.events.get(found) if isinstance(found, int) else None
    if event is None or data.get("part") not in card_screens.PARTS:
        return None
    return event if rights.plans(visit.member, await place_of(visit, event)) else None


async def _chosen(visit: Visit, event: Event, tap: SetEventTap) -> Plan | None:
    """The plan with the value of a button; None for one that cannot be."""
    plan, value = event.plan, tap.value
    if tap.part == "kind" and value in set(EventKind):
        return replace(plan, kind=EventKind(value))
    if tap.part == "audience" and value in set(Audience):
        return replace(plan, audience=Audience(value))
    if tap.part == "responsible":
        return await _with_responsible(visit, event, value)
    if tap.part == "day" and value.isdecimal() and 0 < int(value) <= date.max.toordinal():
        day = date.fromordinal(int(value))
        near = -PAST_DAYS <= (day - visit.today).days <= AHEAD_DAYS
        return replace(plan, held_on=day) if near else None
    if tap.part == "hour" and value.isdecimal() and len(value) == 4 and value < "2400" and value[2:] < "60":
        return replace(plan, held_at=f"{value[:2]}:{value[2:]}")
    if tap.part == "place" and value == "own":
        return replace(plan, place=(await place_of(visit, event)).name)
    if tap.part == "seats" and seats_in(value):
        return replace(plan, seats=seats_in(value))
    return _emptied(plan, tap.part) if value == EMPTY else None


def _emptied(plan: Plan, part: str) -> Plan | None:
    """The plan without a field; None for one that it needs."""
    if part == "hour":
        return replace(plan, held_at=None)
    if part == "place":
        return replace(plan, place="")
    if part == "expected":
        return replace(plan, expected="")
    return replace(plan, seats=None) if part == "seats" else None


async def _with_responsible(visit: Visit, event: Event, value: str) -> Plan | None:
    if value == EMPTY:
        return replace(event.plan, responsible_id=None, responsible="")
    if value == "me":
        return replace(event.plan, responsible_id=visit.member.id, responsible="")
    words = given(visit, WRITTEN).get("words")
    if value == "words" and isinstance(words, str):
        return replace(event.plan, responsible_id=None, responsible=words)
    if not value.isdecimal() or int(value) >= 2**63:
        return None
    place, version = await place_of(visit, event), visit.desk.consent.version
    if await visit.work.events.colleague(place, int(value), version) is None:
        return None
    return replace(event.plan, responsible_id=int(value), responsible="")


async def _searched(visit: Visit, event: Event, text: str, *, flow: bool) -> Reply:
    """Colleagues of that name to choose from; words that are nobody's name are kept as they are."""
    words = parsed_line(text, RESPONSIBLE_LIMIT)
    place, version = await place_of(visit, event), visit.desk.consent.version
    found: Sequence[Colleague] = await visit.work.events.colleagues(place, name_key(words), version, FOUND_MOST)
    if not found:
        plan = replace(event.plan, responsible_id=None, responsible=words)
        return await _saved(visit, event, plan, "responsible", flow=flow)
    await visit.stand(WRITTEN, {"event": event.id, "part": "responsible", "flow": flow, "words": words})
    steps = part_screens.Steps(event, "responsible", FLOW if flow else ())
    return Reply(part_screens.found_colleagues(steps, words, found))


def _written(plan: Plan, part: str, text: str, today: date) -> Plan:
    """The plan with a field as it was written. Raises Unclear."""
    if part == "title":
        return replace(plan, title=parsed_line(text, TITLE_LIMIT))
    if part == "day":
        return replace(plan, held_on=event_day(text, today))
    if part == "hour":
        return replace(plan, held_at=event_hour(text))
    if part == "place":
        return replace(plan, place=parsed_line(text, PLACE_LIMIT))
    if part == "expected":
        return replace(plan, expected=parsed_words(text, WORDS_LIMIT))
    if part == "kind":
        return replace(plan, kind=part_screens.kind_in(text))
    if part == "audience":
        return replace(plan, audience=part_screens.audience_in(text))
    seats = seats_in(text)
    if seats is None:
        raise Unclear(f"Нужно число {SEATS_BOUNDS}, например 20.")
    return replace(plan, seats=seats)


async def _saved(visit: Visit, event: Event, plan: Plan, part: str, *, flow: bool) -> Reply:
    try:
        saved = await planning.change(
            visit.work,
            event,
            plan,
            visit.member.id,
            visit.today,
            visit.desk.quiet,
            visit.desk.consent.version,
            visit.now,
        )
    except Unclear as unclear:
        return Reply(await ask_part(visit, event, part, flow=flow, note=str(unclear)))
    if saved is None:
        return Reply(await card(visit, await event_of(visit, EventPartTap(event=event.id, part=part)), CHANGED))
    return Reply(await _onward(visit, saved, part, flow=flow), SAVED)


async def _onward(visit: Visit, event: Event, part: str, *, flow: bool) -> Screen:
    """What comes after a field: in a flow the next one."""
    if not flow or part not in FLOW:
        await visit.leave()
        return card_screens.fields(event, await responsible_of(visit, event), visit.today)
    following = FLOW.index(part) + 1
    if following < len(FLOW):
        return await ask_part(visit, event, FLOW[following], flow=True)
    return await card(visit, event, ALL_TOLD)
