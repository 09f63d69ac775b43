"""What waits for a decision about a route, and what was decided."""

from bot.parcels.iom_seen import seen_route
from bot.parcels.made import Maker, NotDueError
from handlers.iom.reviewing import news_screens as screens
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import Kind, Parcel
from services.iom import rights, telling
from services.iom.lists_ports import Waiting
from services.iom.model import Event, Happening, Route, RouteState, StepState
from services.iom.progress import progress
from services.people.model import Person
from services.people.zones import zone_of
from storage.unit_of_work import StoredWork

_OF_ROUTE = (
    Happening.SUBMITTED,
    Happening.TAKEN_BACK,
    Happening.AGREED,
    Happening.RETURNED,
    Happening.CHANGED,
    Happening.CLOSED,
    Happening.CANCELLED,
)
"""After any of these an older decision about the route is no news."""


async def to_agree(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    item, others = await _waiting(work, person, parcel, "route_id")
    steps = [step for step in await work.iom.steps(item.route_id) if not step.finished]
    return screens.to_agree(item, others, steps, desk.clock().astimezone(zone_of(person, desk.zone)).date())


async def to_confirm(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    item, others = await _waiting(work, person, parcel, "step_id")
    step = await work.iom.step(parcel.payload["step_id"])
    if step is None:
        raise NotDueError("no such step")
    return screens.to_confirm(item, others, step, await work.iom.evidence(step.id))


async def route_decided(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    route = await _own_route(work, person, parcel.payload["route_id"])
    events = [
        event for event in await work.iom.history(route.id) if event.what in _OF_ROUTE and event.step_id is None
    ]
    if not events or _moment(events[-1]) != parcel.payload["at"]:
        raise NotDueError("something else has happened to the route since")
    decider = (await work.audit.names([events[-1].actor_id or 0])).get(events[-1].actor_id or 0, "")
    if events[-1].what is Happening.RETURNED:
        return screens.returned(route, decider, events[-1].words)
    if events[-1].what is not Happening.AGREED:
        raise NotDueError("nothing has been decided")
    planned = [step for step in await work.iom.steps(route.id) if step.state is StepState.PLANNED]
    today = desk.clock().astimezone(zone_of(person, desk.zone)).date()
    return screens.agreed(route, decider, planned[0] if planned else None, today)


async def step_decided(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    step = await work.iom.step(parcel.payload["step_id"])
    if step is None:
        raise NotDueError("no such step")
    route = await _own_route(work, person, step.route_id)
    standing = telling.standing_decisions(await work.iom.history(route.id))
    this = next((one for one in standing if one.step_id == step.id), None)
    if this is None or int(this.at.timestamp()) != parcel.payload["at"]:
        raise NotDueError("something else has happened to the step since")
    told = telling.told_together(standing, this.at, desk.quiet, zone_of(person, desk.zone))
    if told[-1].step_id != step.id:
        raise NotDueError("told together with a later decision")
    steps = await work.iom.steps(route.id)
    complete = route.state is RouteState.ACTIVE and progress(route, steps, own=True).complete
    return screens.steps_decided(route, told, {each.id: each.plan.title for each in steps}, complete=complete)


async def entrusted(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Screen:
    route, school = await seen_route(desk, work, person, parcel.payload["route_id"])
    if not route.open:
        raise NotDueError("the route is over")
    if route.mentor_id != person.id or not rights.may_decide(person, route, school):
        raise NotDueError("not the route's mentor any more")
    names = await work.audit.names([route.person_id])
    waiting = sum(step.state is StepState.DONE for step in await work.iom.steps(route.id))
    return screens.entrusted(route, names.get(route.person_id, ""), school.name, waiting)


async def _waiting(work: StoredWork, person: Person, parcel: Parcel, name: str) -> tuple[Waiting, list[Waiting]]:
    """What the parcel is about, and what else of the kind waits for the person, the newest first.

    What came in quiet hours is told in one message: the last of those parcels that are still due.
    """
    of_steps = name == "step_id"
    mine = {
        (one.step_id if one.step_id is not None else one.route_id, one.turn): one
        for one in await work.iom_lists.waiting(person)
        if one.mine and (one.step_id is not None) is of_steps
    }
    item = mine.pop((parcel.payload[name], parcel.payload["turn"]), None)
    if item is None:
        raise NotDueError("it waits for the person no more")
    later = await work.outbox.later(person.account_id, parcel.kind, parcel.id)
    if any((payload[name], payload["turn"]) in mine for payload in later):
        raise NotDueError("told together with a later one")
    return item, sorted(mine.values(), key=lambda one: one.since, reverse=True)


async def _own_route(work: StoredWork, person: Person, route_id: int) -> Route:
    route = await work.iom.get(route_id)
    if route is None or route.person_id != person.id:
        raise NotDueError("no such route of this person")
    return route


def _moment(event: Event) -> int:
    return int(event.at.timestamp())


MAKERS: dict[Kind, Maker] = {
    Kind.IOM_TO_AGREE: to_agree,
    Kind.IOM_DECIDED: route_decided,
    Kind.IOM_TO_CONFIRM: to_confirm,
    Kind.IOM_STEP_DECIDED: step_decided,
    Kind.IOM_MENTOR: entrusted,
}
