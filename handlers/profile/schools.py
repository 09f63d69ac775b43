"""Changing one's school, and leaving it."""

from collections.abc import Iterable

from handlers.menu.conversation import menu_now
from handlers.people.menus import renewed_menus
from handlers.profile import screens
from handlers.profile.card import own_card
from handlers.profile.taps import ChangeSchoolTap, LeaveTap, MoveTap
from handlers.routes import Access, Routes
from handlers.ui.pages import page_of
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.natural_order import natural
from services.people import appointing, membership
from services.people.model import Organisation, Role

routes = Routes()

NOT_HERE = "Вы уже не в этой школе."
MOVED = "Готово, теперь ваша школа: {school}."
LEFT = "Готово, вы ушли из школы: {school}."


@routes.tap(ChangeSchoolTap, Access.REGISTERED)
async def show_schools(visit: Visit, tap: ChangeSchoolTap) -> Reply:
    left = _movable(visit, tap.organisation)
    if left is None:
        return Reply(await own_card(visit), toast=NOT_HERE)
    found = await membership.schools_to_move_to(visit.work, visit.member, left)
    ordered = sorted(found, key=lambda school: natural(school.name))
    return Reply(screens.schools(left, page_of(ordered, tap.page, screens.SHOWN)))


@routes.tap(MoveTap, Access.REGISTERED)
async def move(visit: Visit, tap: MoveTap) -> Reply:
    left = _movable(visit, tap.organisation)
    if left is None:
        return Reply(await own_card(visit), toast=NOT_HERE)
    reachable = await membership.schools_to_move_to(visit.work, visit.member, left)
    to = next((school for school in reachable if school.id == tap.to), None)
    if to is None:
        return Reply(await own_card(visit))
    if not tap.sure:
        return Reply(screens.move_asked(visit.member, left, to))
    await membership.change_school(visit.work, visit.member, left, to, visit.now.astimezone(visit.desk.zone))
    owed = await renewed_menus(visit, visit.member.id)
    return Reply(await own_card(await visit.again(), MOVED.format(school=to.name)), owed=owed)


@routes.tap(LeaveTap, Access.REGISTERED)
async def leave(visit: Visit, tap: LeaveTap) -> Reply:
    school = _named(membership.schools_of(visit.member), tap.organisation)
    if school is None:
        return Reply(await own_card(visit), toast=NOT_HERE)
    if not tap.sure:
        members = await visit.work.directory.members(school.id)
        last = appointing.is_last(members, visit.member.id, Role.CURATOR)
        return Reply(screens.leave_asked(visit.member, school, last))
    await membership.leave_school(visit.work, visit.member, school, visit.now.astimezone(visit.desk.zone))
    owed = await renewed_menus(visit, visit.member.id)
    visit = await visit.again()
    news = LEFT.format(school=school.name)
    if visit.member.grants:
        return Reply(await own_card(visit, news), owed=owed)
    return Reply(await menu_now(visit, f"{news} {screens.COME_IN_AGAIN}"), owed=owed)


def _movable(visit: Visit, school_id: int) -> Organisation | None:
    """One's own school of that id, which one may move from."""
    return _named(membership.schools_to_move_from(visit.member), school_id)


def _named(schools: Iterable[Organisation], school_id: int) -> Organisation | None:
    return next((school for school in schools if school.id == school_id), None)
