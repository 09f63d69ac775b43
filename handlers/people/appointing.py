"""Giving and taking roles, and the personal link of somebody who has not joined."""

from handlers import otherwise
from handlers.menu.conversation import menu_now
from handlers.people import member_screens as screens
from handlers.people.links import DRAWING, qr
from handlers.people.members import listed, member_of
from handlers.people.menus import renewed_menus
from handlers.people.standing import named
from handlers.people.taps import GiveTap, PersonalLinkTap, TakeOutTap, TakeTap
from handlers.people.within import of_member, of_role
from handlers.routes import Access, Routes
from handlers.ui.roles import ROLE_TITLES
from handlers.ui.screen import Reply
from handlers.visit import Visit
from handlers.within import of_organisation
from services.people import appointing, rights
from services.people.model import Organisation

routes = Routes()

DONE_ALREADY = "Уже сделано."
NOT_THERE = "Этого человека здесь уже нет."
JOINED = "Этот человек уже в боте, ссылка не нужна."
NO_LINK = "Личную ссылку для этого человека может сделать только методист."
CURATORS_TOO = "Роль куратора снимает методист."


@routes.tap(GiveTap, Access.MANAGER, within=of_role)
async def give(visit: Visit, tap: GiveTap) -> Reply:
    place = await named(visit, tap.organisation)
    if await visit.work.directory.member(place.id, tap.person) is None:
        return Reply(await listed(visit, place), toast=NOT_THERE)
    given = await appointing.give(visit.work, visit.member, tap.person, tap.role, place, visit.now)
    news = f"Готово, теперь это {ROLE_TITLES[tap.role]}." if given else ""
    return await _changed(visit, place, tap.person, news or DONE_ALREADY)


@routes.tap(TakeTap, Access.MANAGER, within=of_role)
async def take(visit: Visit, tap: TakeTap) -> Reply:
    place = await named(visit, tap.organisation)
    member = await visit.work.directory.member(place.id, tap.person)
    if member is None:
        return Reply(await listed(visit, place), toast=DONE_ALREADY)
    if tap.role not in member.roles:
        return Reply(screens.card(visit.member, place, member, visit.today), toast=DONE_ALREADY)
    if not tap.sure:
        members = await visit.work.directory.members(place.id)
        return Reply(screens.take_asked(visit.member, place, member, tap.role, members))
    await appointing.take(
        visit.work, visit.member, member.id, tap.role, place, visit.now.astimezone(visit.desk.zone)
    )
    return await _changed(visit, place, member.id, f"Роль снята: {ROLE_TITLES[tap.role]}.")


@routes.tap(TakeOutTap, Access.MANAGER, within=of_organisation)
async def take_out(visit: Visit, tap: TakeOutTap) -> Reply:
    place = await named(visit, tap.organisation)
    member = await visit.work.directory.member(place.id, tap.person)
    if member is None:
        return Reply(await listed(visit, place), toast=DONE_ALREADY)
    if not appointing.may_take_out(visit.member, member, place):
        return Reply(screens.card(visit.member, place, member, visit.today, CURATORS_TOO))
    if not tap.sure:
        members = await visit.work.directory.members(place.id)
        return Reply(screens.take_out_asked(visit.member, place, member, members))
    await appointing.take_out(visit.work, visit.member, member, place, visit.now.astimezone(visit.desk.zone))
    return await _changed(visit, place, member.id, "Готово: в школе этого человека больше нет.")


@routes.tap(PersonalLinkTap, Access.MANAGER, within=of_member)
async def personal_link(visit: Visit, tap: PersonalLinkTap) -> Reply:
    place = await named(visit, tap.organisation)
    member = await member_of(visit, place, tap.person)
    invite = await appointing.personal_link(visit.work, visit.member, member, place, visit.now)
    if invite is None:
        news = JOINED if member.joined else NO_LINK
        return Reply(screens.card(visit.member, place, member, visit.today, news))
    if tap.qr:
        return Reply(toast=DRAWING, owed=(qr(visit, invite),))
    return Reply(screens.personal_link(visit.desk, place, member, invite))


async def _changed(visit: Visit, place: Organisation, person_id: int, news: str) -> Reply:
    """The person's card after a change of roles, or the list they are no longer in; their menus are renewed."""
    owed = await renewed_menus(visit, person_id)
    member = await visit.work.directory.member(place.id, person_id)
    visit = await visit.again()
    if not rights.manages(visit.member, place):
        return Reply(await menu_now(visit, news), owed=owed)
    if member is None:
        return Reply(otherwise.with_note(await listed(visit, place), news), owed=owed)
    return Reply(screens.card(visit.member, place, member, visit.today, news), owed=owed)
