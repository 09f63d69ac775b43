"""The plan of a municipality or a school: what is ahead, what is over, month by month."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.events.plan import list_screens as screens
from handlers.events.plan.taps import AHEAD, MONTHS, PAST, PlanTap
from handlers.people.standing import named
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.events.model import Listed
from services.events.moments import AHEAD_DAYS, PAST_DAYS
from services.people.model import Organisation, Role

routes = Routes()

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])", re.ASCII)


@routes.tap(PlanTap, Access.OVERSEER, within=of_organisation)
async def tap_plan(visit: Visit, tap: PlanTap) -> Reply:
    show = tap.show if tap.show in (AHEAD, PAST, MONTHS) or _MONTH.fullmatch(tap.show) else AHEAD
    return Reply(await plan(visit, await named(visit, tap.organisation), show, tap.page))


def planned_places(visit: Visit) -> Sequence[Organisation]:
    """Places whose events the person plans, the widest first."""
    places = (*visit.member.scopes(Role.METHODIST), *visit.member.scopes(Role.CURATOR))
    return list({place.id: place for place in places}.values())


async def plan(visit: Visit, place: Organisation, show: str = AHEAD, number: int = 0, news: str = "") -> Screen:
    """A part of the plan; whatever the person was writing for is left."""
    await visit.leave()
    if show == MONTHS:
        return screens.months(place, await _counts(visit, place), visit.today)
    found = list(await visit.work.events.listed(place, *_days(show, visit.today)))
    if show == PAST:
        found.reverse()
    return screens.plan(place, show, page_of(found, number, screens.ON_PAGE), visit.today, news)


def _days(show: str, today: date) -> tuple[date, date]:
    """From which day to which."""
    if show == PAST:
        return today - timedelta(days=PAST_DAYS), today - timedelta(days=1)
    if show == AHEAD:
        return today, today + timedelta(days=AHEAD_DAYS)
    first = date.fromisoformat(f"{show}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def _counts(visit: Visit, place: Organisation) -> dict[date, int]:
    """How many events there are in each month of the school year, by its first day."""
    begins = date(visit.today.year - (visit.today.month < 9), 9, 1)
    months = [(begins + timedelta(days=31 * number)).replace(day=1) for number in range(12)]
    until = (months[-1] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found: Sequence[Listed] = await visit.work.events.listed(place, begins, until)
    counted = Counter(each.event.plan.held_on.replace(day=1) for each in found)
    return {month: counted[month] for month in months}
