"""A pair rests for a while, and goes on."""

from datetime import date, timedelta

from handlers.mentoring.pair import rest_screens as screens
from handlers.mentoring.pair.card import otherwise, pair_screen
from handlers.mentoring.pair.taps import RestDayTap, RestMonthTap, RestPairTap, ResumePairTap
from handlers.mentoring.pair.view import note, view_of
from handlers.mentoring.within import pair_of, steered_pair
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.life import pausing
from services.mentoring.pair import Pair, PairState
from services.privacy.ports import Action

routes = Routes()


@routes.tap(RestPairTap, Access.REGISTERED, within=steered_pair)
async def rest(visit: Visit, tap: RestPairTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _fits(pair, tap.turn):
        return await otherwise(visit, pair)
    await visit.leave()
    view = await view_of(visit, pair)
    return Reply(screens.reasons(view) if tap.reason is None else screens.last_day(view, tap.reason, view.today))


@routes.tap(RestMonthTap, Access.REGISTERED, within=steered_pair)
async def month(visit: Visit, tap: RestMonthTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _fits(pair, tap.turn):
        return await otherwise(visit, pair)
    return Reply(screens.last_day(await view_of(visit, pair), tap.reason, date.fromordinal(tap.month)))


@routes.tap(RestDayTap, Access.REGISTERED, within=steered_pair)
async def last_day(visit: Visit, tap: RestDayTap) -> Reply:
    pair = await pair_of(visit, tap)
    if not _fits(pair, tap.turn):
        return await otherwise(visit, pair)
    view = await view_of(visit, pair)
    until = date.fromordinal(tap.day) if 0 < tap.day <= date.max.toordinal() else None
    if until is not None and not pausing.may_end(until, view.today):
        return Reply(screens.last_day(view, tap.reason, view.today), toast=screens.WRONG_DAY)
    resting = await pausing.pause(visit.work, pair, tap.reason, until, visit.member.id, view.today, visit.now)
    if resting is None:
        return await otherwise(visit, pair)
    if view.oversees:
        await note(visit, Action.PAIR_PAUSED, resting)
    return Reply(await pair_screen(visit, resting), toast=screens.begun(until, view.today))


@routes.tap(ResumePairTap, Access.REGISTERED, within=steered_pair)
async def resume(visit: Visit, tap: ResumePairTap) -> Reply:
    pair = await pair_of(visit, tap)
    if pair.state is not PairState.PAUSED or pair.turn != tap.turn:
        return await otherwise(visit, pair)
    view = await view_of(visit, pair)
    going_on = await pausing.resume(visit.work, pair, visit.member.id, view.today, visit.now, visit.desk.quiet)
    if going_on is None:
        return await otherwise(visit, pair)
    if view.oversees:
        await note(visit, Action.PAIR_RESUMED, going_on)
    days = (view.today - pair.paused_on) if pair.paused_on is not None else timedelta()
    return Reply(await pair_screen(visit, going_on), toast=screens.resumed(days.days))


def _fits(pair: Pair, turn: int) -> bool:
    return pair.state is PairState.ACTIVE and pair.turn == turn
