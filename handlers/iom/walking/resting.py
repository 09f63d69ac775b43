"""A route rests for a while, and goes on."""

import re
from datetime import date, timedelta

from handlers.iom.card.conversation import own_route_screen, route_screen
from handlers.iom.walking import pause_screens as screens
from handlers.iom.walking.standing import own_route_of, remembered
from handlers.iom.walking.taps import PauseDayTap, PauseMonthTap, PauseTap, ResumeTap
from handlers.iom.within import own_route, route_of
from handlers.otherwise import with_note
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear
from services.iom import pausing
from services.iom.model import PauseReason, Route
from services.terms import parsed_term

routes = Routes()

PAUSE = "iom_pause"
"""The step at which the first or the last day of a pause is written."""
_SINCE = re.compile(r"(?:с|со)\s+", re.IGNORECASE)


@routes.tap(PauseTap, Access.REGISTERED, within=own_route)
async def pause(visit: Visit, tap: PauseTap) -> Reply:
    route = await route_of(visit, tap)
    if (refused := await _refused(visit, route)) is not None:
        return Reply(await route_screen(visit, route), toast=refused)
    if tap.reason is None:
        await visit.leave()
        return Reply(screens.reasons(route))
    return Reply(await _asked(visit, route, tap.reason, _begins(visit, tap.reason)))


@routes.tap(PauseMonthTap, Access.REGISTERED, within=own_route)
async def month(visit: Visit, tap: PauseMonthTap) -> Reply:
    route = await route_of(visit, tap)
    if (refused := await _refused(visit, route)) is not None:
        return Reply(await route_screen(visit, route), toast=refused)
    starts_on = _day(tap.starts)
    if starts_on is not None and not pausing.may_begin(tap.reason, starts_on, visit.today):
        return Reply(await _asked(visit, route, tap.reason, _begins(visit, tap.reason)), toast=screens.WRONG_DAYS)
    return Reply(await _asked(visit, route, tap.reason, starts_on, date.fromordinal(tap.month)))


@routes.tap(PauseDayTap, Access.REGISTERED, within=own_route)
async def day(visit: Visit, tap: PauseDayTap) -> Reply:
    route = await route_of(visit, tap)
    if (refused := await _refused(visit, route)) is not None:
        return Reply(await route_screen(visit, route), toast=refused)
    screen, news = await _decided(visit, route, tap.reason, _day(tap.starts), _day(tap.day))
    return Reply(screen, toast=news)


@routes.step(PAUSE, Access.REGISTERED)
async def write_day(visit: Visit, text: str) -> Reply:
    route = await own_route_of(visit)
    if route is None:
        return Reply(await own_route_screen(visit))
    if (refused := await _refused(visit, route)) is not None:
        return Reply(with_note(await route_screen(visit, route), refused))
    reason, starts_on = PauseReason(remembered(visit, "reason")), _day(int(remembered(visit, "starts") or 0))
    # Without a year, the nearest such day from now on: a last day before the first is a slip, not the next year.
    furthest = ((starts_on or visit.today) - visit.today).days + pausing.LONGEST
    try:
        written = parsed_term(_SINCE.sub("", text.strip(), count=1), visit.today, furthest)
    except Unclear as unclear:
        return Reply(await _asked(visit, route, reason, starts_on, note=str(unclear)))
    screen, news = await _decided(visit, route, reason, starts_on, written)
    return Reply(screen if news is None else with_note(screen, news))


@routes.tap(ResumeTap, Access.REGISTERED, within=own_route)
async def resume(visit: Visit, tap: ResumeTap) -> Reply:
    route = await route_of(visit, tap)
    present = await visit.work.iom.pause(route.id)
    yesterday = visit.today - timedelta(days=1)
    if present is None or not await pausing.resume(
        visit.work, route, present, yesterday, visit.member.id, visit.now, visit.desk.quiet
    ):
        return Reply(await route_screen(visit, route), toast=screens.RESTS_NOT)
    if present.starts_on > visit.today:
        return Reply(await route_screen(visit, route), toast=screens.CALLED_OFF)
    days = (visit.today - present.starts_on).days
    return Reply(await route_screen(visit, route), toast=screens.resumed(days))


async def _refused(visit: Visit, route: Route) -> str | None:
    """Why no pause can begin; None when one can."""
    if not pausing.may_pause(route):
        return screens.NOT_NOW
    resting = await visit.work.iom.pause(route.id) is not None
    return screens.RESTS_ALREADY if resting else None


async def _asked(
    visit: Visit,
    route: Route,
    reason: PauseReason,
    starts_on: date | None,
    shown: date | None = None,
    note: str = "",
) -> Screen:
    """The question for the first day, or when it is known for the last one."""
    starts = starts_on.toordinal() if starts_on is not None else 0
    await visit.stand(PAUSE, {"route": route.id, "reason": reason.value, "starts": starts})
    if starts_on is None:
        return screens.first_day(route, reason, visit.today, shown, note)
    return screens.last_day(route, reason, starts_on, visit.today, shown, note)


async def _decided(
    visit: Visit, route: Route, reason: PauseReason, starts_on: date | None, day: date | None
) -> tuple[Screen, str | None]:
    """What follows a day that was chosen: the question for the last one, or the route at rest, with the news."""
    if starts_on is None and day is not None and pausing.may_begin(reason, day, visit.today):
        return await _asked(visit, route, reason, day), None
    if starts_on is None or not pausing.may_begin(reason, starts_on, visit.today):
        return await _asked(visit, route, reason, _begins(visit, reason)), screens.WRONG_DAYS
    if not pausing.may_end(reason, starts_on, day):
        return await _asked(visit, route, reason, starts_on), screens.WRONG_DAYS
    made = await pausing.pause(visit.work, route, reason, starts_on, day, visit.member.id, visit.today, visit.now)
    screen = await route_screen(visit, route)
    return screen, screens.begun(made, visit.today) if made is not None else screens.RESTS_ALREADY


def _begins(visit: Visit, reason: PauseReason) -> date | None:
    """The first day of a pause when there is nothing to ask about it."""
    return None if reason in pausing.AHEAD else visit.today


def _day(number: int) -> date | None:
    return date.fromordinal(number) if 0 < number <= date.max.toordinal() else None
