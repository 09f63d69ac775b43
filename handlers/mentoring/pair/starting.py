"""The order is signed: one pair begins, or all that are approved."""

from collections.abc import Sequence

from handlers.mentoring.pair import start_screens as screens
from handlers.mentoring.pair.card import otherwise, pair_screen
from handlers.mentoring.pair.listing import list_screen, place_of
from handlers.mentoring.pair.taps import StartAllTap, StartPairTap
from handlers.mentoring.pair.view import note
from handlers.mentoring.within import kept_pair, pair_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.life.groups import Group, of_group
from services.mentoring.life.ports import PairLine
from services.mentoring.life.starting import start
from services.people.model import Organisation
from services.people.zones import zone_at
from services.privacy.ports import Action

routes = Routes()


@routes.tap(StartPairTap, Access.REGISTERED, within=kept_pair)
async def start_pair(visit: Visit, tap: StartPairTap) -> Reply:
    pair = await pair_of(visit, tap)
    if pair.turn != tap.turn:
        return await otherwise(visit, pair)
    started = await _start(visit, pair.id)
    if not started:
        return await otherwise(visit, pair)
    return Reply(await pair_screen(visit, await pair_of(visit, tap)), toast=screens.STARTED)


@routes.tap(StartAllTap, Access.OVERSEER, within=place_of)
async def start_all(visit: Visit, tap: StartAllTap) -> Reply:
    place = await _place(visit, tap)
    agreed = await _agreed(visit, place)
    if not agreed:
        return Reply(await list_screen(visit, place, Group.OPEN, 0), toast=screens.NOBODY_WAITS)
    newest = max(line.id for line in agreed)
    if (tap.count, tap.newest) != (len(agreed), newest):
        # Shown first; and again where it is not what was shown.
        await visit.leave()
        return Reply(screens.confirm(place, agreed, newest), toast=screens.OTHERS_NOW if tap.count else None)
    started = sum([await _start(visit, line.id) for line in agreed])
    return Reply(await list_screen(visit, place, Group.ACTIVE, 0), toast=screens.started(started))


async def _start(visit: Visit, pair_id: int) -> bool:
    """Start a pair by its school's day; False when it does not wait for that any more."""
    pair = await visit.work.pairs.get(pair_id)
    if pair is None:
        return False
    school = await visit.work.organisations.get(pair.school_id)
    today = visit.now.astimezone(zone_at(school, visit.desk.zone)).date()
    started = await start(visit.work, pair, visit.member.id, today, visit.now)
    if started is not None:
        await note(visit, Action.PAIR_STARTED, started)
    return started is not None


async def _agreed(visit: Visit, place: Organisation) -> Sequence[PairLine]:
    """Those that the visitor may start: nobody starts a pair in which they are the mentee."""
    lines = of_group(list(await visit.work.pair_lists.of_place(place)), Group.AGREED)
    return [line for line in lines if line.mentee_id != visit.member.id]


async def _place(visit: Visit, tap: StartAllTap) -> Organisation:
    place = await place_of(visit, tap)
    if place is None:
        raise LookupError("no such place")
    return place
