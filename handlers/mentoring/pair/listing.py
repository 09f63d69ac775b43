"""Pairs of a school or municipality for whoever looks after them, and the list for the director's order."""

from datetime import datetime
from typing import Protocol

from handlers.mentoring.pair import list_screens as screens
from handlers.mentoring.pair.taps import OrderTap
from handlers.mentoring.taps import PairListTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.mentoring.life.groups import Group, of_group, seen_by
from services.mentoring.pair import PairState
from services.people.model import Kind as PlaceKind
from services.people.model import Organisation
from services.privacy.ports import Action

routes = Routes()


class OfPlace(Protocol):
    """A tap that names an organisation."""

    organisation: int


async def place_of(visit: Visit, tap: OfPlace) -> Organisation | None:
    """The school or municipality of a tap."""
    place = await visit.work.organisations.get(tap.organisation)
    return place if place is not None and place.kind in (PlaceKind.SCHOOL, PlaceKind.MUNICIPALITY) else None


@routes.tap(PairListTap, Access.OVERSEER, within=place_of)
async def show_list(visit: Visit, tap: PairListTap) -> Reply:
    place = await _place(visit, tap)
    group = Group(tap.group) if tap.group in set(Group) else Group.OPEN
    await _note_seen(visit, place)
    return Reply(await list_screen(visit, place, group, tap.page))


@routes.tap(OrderTap, Access.OVERSEER, within=place_of)
async def send_order(visit: Visit, tap: OrderTap) -> Reply:
    place = await _place(visit, tap)
    lines = list(await visit.work.pair_lists.of_place(place))
    wanted = {PairState.APPROVED, *([PairState.ACTIVE, PairState.PAUSED] if tap.active else [])}
    if not any(line.state in wanted for line in lines):
        return Reply(await list_screen(visit, place, Group.OPEN, 0), toast=screens.NOTHING_TO_ORDER)
    await visit.work.audit.note(visit.now, visit.member.id, Action.PAIR_ORDER_EXPORTED, organisation_id=place.id)
    # One file a minute, however often the button is tapped.
    key = f"pair-order:{visit.member.account_id}:{place.id}:{int(tap.active)}:{visit.minute}"
    payload = {"organisation_id": place.id, "active": int(tap.active)}
    return Reply(toast=screens.WRITING, owed=(Owed(Kind.PAIR_ORDER, key, payload),))


async def list_screen(visit: Visit, place: Organisation, group: Group, page: int) -> Screen:
    """A page of the pairs of the group. Leaves any conversation."""
    await visit.leave()
    lines = seen_by(await visit.work.pair_lists.of_place(place), visit.member.id)
    if group is not Group.OPEN and not of_group(lines, group):
        group = Group.OPEN
    silent_days = visit.desk.mentoring.silent_days
    return screens.pair_list(place, lines, group, page, visit.today, silent_days, visit.zone)


async def _note_seen(visit: Visit, place: Organisation) -> None:
    """Note once a day that somebody has opened the list."""
    midnight = datetime.combine(visit.today, datetime.min.time(), visit.zone)
    if not await visit.work.audit.noted_since(visit.member.id, Action.PAIRS_SEEN, midnight):
        await visit.work.audit.note(visit.now, visit.member.id, Action.PAIRS_SEEN, organisation_id=place.id)


async def _place(visit: Visit, tap: OfPlace) -> Organisation:
    place = await place_of(visit, tap)
    if place is None:
        raise LookupError("no such place")
    return place
