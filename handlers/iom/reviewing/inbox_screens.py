"""The list of what waits for a decision, and of routes that somebody is the mentor of."""

from collections.abc import Sequence
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.overview.taps import OverviewTap
from handlers.iom.reviewing.deciding import NAMELESS, decision_button
from handlers.iom.reviewing.taps import InboxTap
from handlers.iom.taps import RouteTap
from handlers.iom.words import cut, since_date
from handlers.menu.taps import MenuTap
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.iom.lists_ports import LookedAfter, Waiting
from services.iom.model import RouteState
from services.iom.wording import ROUTE_STATES
from services.people.model import Organisation, Role
from services.people.names import short_name

SHOWN = 8
TITLE_SHOWN = 80
PLACE_SHOWN = 28
PLACES_SHOWN = 6
_AWAITED = {Role.MENTOR: "ждёт наставника", Role.CURATOR: "ждёт куратора", Role.METHODIST: "ждёт методиста"}


def inbox(
    waiting: Sequence[Waiting],
    looked_after: Sequence[LookedAfter],
    places: Sequence[Organisation],
    page: int,
    today: date,
    zone: ZoneInfo,
    *,
    is_mentor: bool,
) -> Screen:
    """A page of the list; `places` are those whose figures the reader may open."""
    found: list[Waiting | LookedAfter] = [*waiting, *looked_after]
    shown = page_of(list(enumerate(found, 1)), page, SHOWN)
    several = len({one.school for one in waiting}) > 1
    lines = ["<b>Маршруты</b>"]
    rows: list[Row] = []
    section = ""
    for number, one in shown.items:
        heading = _section(one, waiting, looked_after)
        if heading != section:
            section = heading
            lines += ["", f"<b>{heading}</b>"]
        if isinstance(one, Waiting):
            lines.append(f"{number}. {_waiting(one, today, zone, with_school=several)}")
            rows.append((decision_button(one, f"{number}. "),))
        else:
            lines.append(f"{number}. {_looked_after(one)}")
            title = f"{number}. {short_name(one.teacher or NAMELESS)}"
            rows.append((button(title, RouteTap(route=one.route_id)),))
    if not waiting and page == 0:
        lines[1:1] = ["", "Сейчас ничего не ждёт вашего решения. Как только понадобится, придёт сообщение."]
    if is_mentor and not looked_after:
        lines += ["", "Маршрутов, где вы наставник, пока нет."]
    rows += shown.turns(lambda number: InboxTap(page=number))
    rows += [
        (button(f"Обзор: {cut(place.name, PLACE_SHOWN)}", OverviewTap(organisation=place.id)),)
        for place in places[:PLACES_SHOWN]
    ]
    return Screen("\n".join(lines) + shown.heading, (*rows, (button("Меню", MenuTap()),)))


def _section(one: Waiting | LookedAfter, waiting: Sequence[Waiting], looked_after: Sequence[LookedAfter]) -> str:
    if isinstance(one, LookedAfter):
        return f"Вы наставник: {len(looked_after)}"
    mine = sum(each.mine for each in waiting)
    if one.mine:
        return f"Ждут вашего решения: {mine}"
    return f"Ждут других, но решить можете и вы: {len(waiting) - mine}"


def _waiting(one: Waiting, today: date, zone: ZoneInfo, *, with_school: bool) -> str:
    since = since_date(one.since.astimezone(zone).date(), today)
    what = "согласовать маршрут" if one.step_id is None else f"«{escape(cut(one.title, TITLE_SHOWN))}»"
    school = f", {escape(cut(one.school, TITLE_SHOWN))}" if with_school else ""
    awaited = "" if one.mine else f", {_AWAITED[one.awaits]}"
    return f"{escape(one.teacher or NAMELESS)}{school}: {what} <i>({since}{awaited})</i>"


def _looked_after(one: LookedAfter) -> str:
    told = [f"выполнено {one.confirmed} из {one.steps}"]
    if one.state is not RouteState.ACTIVE:
        told = [ROUTE_STATES[one.state]]
    if one.overdue:
        told.append(f"<b>просрочено {one.overdue}</b>")
    if one.waiting:
        told.append(f"на подтверждении {one.waiting}")
    return f"{escape(one.teacher or NAMELESS)}: {', '.join(told)}"
