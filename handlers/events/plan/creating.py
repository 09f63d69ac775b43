"""A new event: its title, kind and day; from then on it is in the plan, and the rest is asked one by one."""

from datetime import date, timedelta

from handlers import otherwise
from handlers.events.plan import part_screens as screens
from handlers.events.plan.editing import FLOW, ask_part, asked_again
from handlers.events.plan.taps import NewEventTap
from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.people.standing import given, named
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.diagnostics.answer_parsing import Unclear
from services.events import planning, rights
from services.events.model import TITLE_LIMIT, EventKind, Plan
from services.events.moments import AHEAD_DAYS, PAST_DAYS, event_day
from services.iom.drafting import parsed_line
from services.people.model import Organisation, Value

routes = Routes()

NEW = "event_new"
PARTS = ("title", "kind", "day")
ADDED = "Событие в плане."
FORGOTTEN = "Начнём сначала: название уже забылось."


@routes.tap(NewEventTap, Access.OVERSEER, within=of_organisation)
async def tap_new(visit: Visit, tap: NewEventTap) -> Reply:
    place = await named(visit, tap.organisation)
    data = _data(visit, place)
    if tap.value and not data.get("title") and (asked := await asked_again(visit)) is not None:
        # The second of two taps on a day: the event is made, and its next question stands.
        return Reply(asked)
    if tap.part == "kind" and tap.value in set(EventKind) and data.get("title"):
        return Reply(await _ask(visit, place, data | {"kind": tap.value, "part": "day"}))
    if tap.part == "day" and tap.value and data.get("kind"):
        day = _day(tap.value)
        if day is not None and tap.value.startswith("m"):
            return Reply(screens.new_day(place, str(data["title"]), visit.today, day))
        if day is not None and _within(day, visit.today):
            return await _made(visit, place, data, day)
    part = tap.part if tap.part in PARTS else "title"
    return Reply(await _ask(visit, place, data | {"part": part}))


@routes.step(NEW, Access.OVERSEER)
async def words_for_new(visit: Visit, text: str) -> Reply:
    data = given(visit, NEW)
    found = data.get("organisation")
    place = await visit.work.organisations.get(found) if isinstance(found, int) else None
    if place is None or not rights.plans(visit.member, place):
        return await otherwise.no_access(visit, Access.OVERSEER)
    if is_part(visit, text):
        await stand_again(visit, text, NEW, data)
        return Reply(await _question(visit, place, data, TOO_LONG))
    try:
        if data.get("part") == "day" and data.get("kind"):
            return await _made(visit, place, data, event_day(text, visit.today))
        if data.get("part") == "kind" and data.get("title"):
            kind = screens.kind_in(text)
            return Reply(await _ask(visit, place, data | {"kind": kind.value, "part": "day"}))
        title = parsed_line(text, TITLE_LIMIT)
        part = "day" if data.get("kind") else "kind"
        return Reply(await _ask(visit, place, data | {"title": title, "part": part}))
    except Unclear as unclear:
        return Reply(await _question(visit, place, data, str(unclear)))


def _data(visit: Visit, place: Organisation) -> dict[str, Value]:
    """What was given so far of the place's new event."""
    data = given(visit, NEW)
    return data if data.get("organisation") == place.id else {"organisation": place.id}


async def _ask(visit: Visit, place: Organisation, data: dict[str, Value]) -> Screen:
    if data.get("part") != "title" and not data.get("title"):
        data = {"organisation": place.id, "part": "title"}
        await visit.stand(NEW, data)
        return await _question(visit, place, data, FORGOTTEN)
    if data.get("part") == "day" and not data.get("kind"):
        data = data | {"part": "kind"}
    await visit.stand(NEW, data)
    return await _question(visit, place, data)


async def _question(visit: Visit, place: Organisation, data: dict[str, Value], note: str = "") -> Screen:
    title = str(data.get("title") or "")
    if data.get("part") == "day":
        return screens.new_day(place, title, visit.today, note=note)
    if data.get("part") == "kind":
        return screens.new_kind(place, title, note)
    return screens.new_title(place, title, note)


async def _made(visit: Visit, place: Organisation, data: dict[str, Value], day: date) -> Reply:
    plan = Plan(EventKind(str(data["kind"])), str(data["title"]), day)
    event = await planning.create(
        visit.work, place, plan, visit.member.id, visit.today, visit.desk.quiet, visit.now
    )
    await visit.leave()
    return Reply(await ask_part(visit, event, FLOW[0], flow=True, note=screens.added(event, visit.today)), ADDED)


def _day(value: str) -> date | None:
    """The day of a button, «m» before it turns to its month."""
    number = value.removeprefix("m")
    return (
        date.fromordinal(int(number)) if number.isdecimal() and 0 < int(number) <= date.max.toordinal() else None
    )


def _within(day: date, today: date) -> bool:
    return today - timedelta(days=PAST_DAYS) <= day <= today + timedelta(days=AHEAD_DAYS)
