"""Who the mentor of a route is: set and changed by whoever oversees the school."""

from collections.abc import Sequence
from html import escape

from handlers.iom.card.conversation import route_screen
from handlers.iom.reviewing.agreement import present
from handlers.iom.reviewing.deciding import decider_let_in, teacher_of
from handlers.iom.reviewing.notices import mentor_news
from handlers.iom.reviewing.taps import MentorTap, SetMentorTap
from handlers.iom.taps import RouteTap
from handlers.iom.within import decided_route, route_of
from handlers.iom.words import cut
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply, Row, Screen, button
from handlers.visit import Visit
from services.iom import agreeing
from services.iom.model import Route
from services.people.ports import Member

routes = Routes()

SHOWN = 8
NAME_SHOWN = 32
CHOSEN = "✓ "
CLOSED = "Этот маршрут уже завершён."
NO_MENTOR_NOW = "Этого наставника больше нет в школе. Выберите, пожалуйста, другого."
SET = "Наставник маршрута изменён."
SAME = "Так и есть, менять нечего."
CHANGED = "Маршрут изменился, посмотрите ещё раз."


@routes.tap(MentorTap, Access.OVERSEER, within=decided_route)
async def choose_mentor(visit: Visit, tap: MentorTap) -> Reply:
    route = await route_of(visit, tap)
    await visit.leave()
    if not route.open:
        return Reply(await route_screen(visit, route), toast=CLOSED)
    return Reply(await _choice(visit, route, tap.page))


@routes.tap(SetMentorTap, Access.OVERSEER, within=decided_route)
async def set_mentor(visit: Visit, tap: SetMentorTap) -> Reply:
    route = await route_of(visit, tap)
    decider = await decider_let_in(visit, route)
    mentor_id = tap.mentor or None
    if not route.open:
        return Reply(await route_screen(visit, route), toast=CLOSED)
    if mentor_id == route.mentor_id:
        return Reply(await present(visit, route), toast=SAME)
    try:
        saved = await agreeing.set_mentor(visit.work, decider, route, mentor_id)
    except ValueError:
        return Reply(await _choice(visit, route), toast=NO_MENTOR_NOW)
    if saved is None:
        return Reply(await present(visit, await visit.work.iom.get(route.id) or route), toast=CHANGED)
    return Reply(await present(visit, saved), toast=SET, owed=await mentor_news(visit, saved))


async def _choice(visit: Visit, route: Route, page: int = 0) -> Screen:
    mentors = await agreeing.mentors(visit.work, route)
    return choice(route, await teacher_of(visit, route), mentors, visit.member.id, page)


def choice(route: Route, teacher: str, mentors: Sequence[Member], reader_id: int, page: int) -> Screen:
    """A page of those who may be the mentor, and nobody: then the curators look after the route."""
    shown = page_of(mentors, page, SHOWN)
    rows: list[Row] = []
    for mentor in shown.items:
        mark = CHOSEN if mentor.id == route.mentor_id else ""
        name = "Вы" if mentor.id == reader_id else cut(mentor.profile.full_name, NAME_SHOWN)
        rows.append((button(f"{mark}{name}", SetMentorTap(route=route.id, mentor=mentor.id)),))
    rows += shown.turns(lambda number: MentorTap(route=route.id, page=number))
    mark = CHOSEN if route.mentor_id is None else ""
    rows.append((button(f"{mark}Без наставника", SetMentorTap(route=route.id, mentor=0)),))
    rows.append((button("‹ К маршруту", RouteTap(route=route.id)),))
    text = "Наставник согласует маршрут и подтверждает шаги. Без наставника это делает куратор школы."
    if not mentors:
        text += "\n\nВ школе пока нет наставников. Роль наставника можно выдать в разделе «Люди и школы»: /people."
    return Screen(f"<b>Кто наставник?</b>\n{escape(teacher)}\n\n{text}{shown.heading}", tuple(rows))
