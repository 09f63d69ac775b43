"""The card of a pair and its history."""

from handlers.mentoring.pair import card_screens, history_screens
from handlers.mentoring.pair.taps import PairHistoryTap
from handlers.mentoring.pair.view import note_seen, view_of
from handlers.mentoring.taps import PairTap
from handlers.mentoring.within import heard_pair, pair_of, seen_pair
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.mentoring.pair import Pair

routes = Routes()

CHANGED = "Пара изменилась, посмотрите ещё раз."


@routes.tap(PairTap, Access.REGISTERED, within=seen_pair)
async def show_pair(visit: Visit, tap: PairTap) -> Reply:
    return Reply(await pair_screen(visit, await pair_of(visit, tap)))


@routes.tap(PairHistoryTap, Access.REGISTERED, within=heard_pair)
async def show_history(visit: Visit, tap: PairHistoryTap) -> Reply:
    view = await view_of(visit, await pair_of(visit, tap))
    await note_seen(visit, view)
    events = await visit.work.pairs.history(tap.pair)
    names = await visit.work.audit.names({event.actor_id for event in events if event.actor_id is not None})
    await visit.leave()
    return Reply(history_screens.history(view, events, names, tap.page))


async def pair_screen(visit: Visit, pair: Pair, note: str = "") -> Screen:
    """The card for the visitor, who may see the pair; `note` is said before it. Leaves any conversation."""
    await visit.leave()
    view = await view_of(visit, pair)
    await note_seen(visit, view)
    return card_screens.card(view, note)


async def otherwise(visit: Visit, pair: Pair, note: str = CHANGED) -> Reply:
    """Somebody was faster, or the button is of long ago: how the pair stands now."""
    now = await visit.work.pairs.get(pair.id) or pair
    return Reply(await pair_screen(visit, now), toast=note)
