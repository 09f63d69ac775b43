"""Making a link: for whom, for how many, for how long."""

from handlers import otherwise
from handlers.people import link_screens as screens
from handlers.people.places import card
from handlers.people.standing import given_about, named, standing_at
from handlers.people.taps import InviteRoleTap, InviteSeatsTap, InviteTap, InviteTermTap
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.people import appointing, rights
from services.people.model import Organisation, Role, Value

routes = Routes()

STEP = "people:invite"
MADE = "people:invited"
"""The step of somebody who has just made a link: a second tap shows it and makes no other."""
CHOOSE = "Выберите, пожалуйста, кнопкой."


@routes.tap(InviteTap, Access.MANAGER, within=of_organisation)
async def begin(visit: Visit, tap: InviteTap) -> Reply:
    return Reply(await _begun(visit, await named(visit, tap.organisation)))


@routes.tap(InviteRoleTap, Access.MANAGER, within=of_organisation)
async def choose_role(visit: Visit, tap: InviteRoleTap) -> Reply:
    place = await named(visit, tap.organisation)
    if not rights.may_give(visit.member, tap.role, place):
        return await otherwise.no_access(visit, Access.MANAGER)
    await visit.stand(STEP, {"organisation": place.id, "role": tap.role.value})
    return Reply(screens.seats(place, tap.role))


@routes.tap(InviteSeatsTap, Access.MANAGER, within=of_organisation)
async def choose_seats(visit: Visit, tap: InviteSeatsTap) -> Reply:
    place = await named(visit, tap.organisation)
    data = given_about(visit, STEP, place)
    if "role" not in data:
        return await _again(visit, place)
    return await _take_seats(visit, place, data, tap.seats)


@routes.tap(InviteTermTap, Access.MANAGER, within=of_organisation)
async def choose_term(visit: Visit, tap: InviteTermTap) -> Reply:
    place = await named(visit, tap.organisation)
    data = given_about(visit, STEP, place)
    if "seats" not in data:
        return await _again(visit, place)
    return await _take_term(visit, place, data, tap.days)


@routes.step(STEP, Access.MANAGER)
async def words(visit: Visit, text: str) -> Reply:
    place = await standing_at(visit)
    if place is None or visit.conversation is None:
        return await otherwise.no_access(visit, Access.MANAGER)
    data = dict(visit.conversation.data)
    number = _number(text)
    if "role" not in data:
        return Reply(otherwise.with_note(await _begun(visit, place), CHOOSE))
    if "seats" not in data:
        return await _take_seats(visit, place, data, number)
    return await _take_term(visit, place, data, number)


async def _begun(visit: Visit, place: Organisation) -> Screen:
    """The first question; where there is only one role to give, it is chosen."""
    givable = appointing.givable(visit.member, place)
    if not givable:
        return await card(visit, place)
    if len(givable) > 1:
        await visit.stand(STEP, {"organisation": place.id})
        return screens.roles(place, givable)
    await visit.stand(STEP, {"organisation": place.id, "role": givable[0].value})
    return screens.seats(place, givable[0])


async def _again(visit: Visit, place: Organisation) -> Reply:
    """A button of a link that is made already, or of long ago."""
    made = given_about(visit, MADE, place).get("invite")
    invite = await visit.work.invites.get(made) if isinstance(made, int) else None
    if invite is not None and await appointing.may_see(visit.work, visit.member, invite):
        return Reply(screens.link(visit.desk, invite))
    return Reply(await _begun(visit, place), toast=otherwise.OLD_BUTTON)


async def _take_seats(visit: Visit, place: Organisation, data: dict[str, Value], number: int | None) -> Reply:
    role = Role(str(data["role"]))
    if number is None or not 1 <= number <= appointing.MOST_SEATS:
        problem = f"Нужно число от 1 до {appointing.MOST_SEATS}, например: 25."
        return Reply(screens.seats(place, role, problem))
    await visit.stand(STEP, {"organisation": place.id, "role": role.value, "seats": number})
    return Reply(screens.terms(place, role))


async def _take_term(visit: Visit, place: Organisation, data: dict[str, Value], days: int | None) -> Reply:
    role, seats = Role(str(data["role"])), data["seats"]
    if days is None or not 1 <= days <= appointing.LONGEST_TERM:
        problem = f"Нужно число дней от 1 до {appointing.LONGEST_TERM}, например: 14."
        return Reply(screens.terms(place, role, problem))
    if not rights.may_give(visit.member, role, place) or not isinstance(seats, int):
        return await otherwise.no_access(visit, Access.MANAGER)
    invite = await appointing.invite(visit.work, visit.member, role, place, seats, days, visit.now)
    await visit.stand(MADE, {"organisation": place.id, "invite": invite.id})
    return Reply(screens.link(visit.desk, invite))


def _number(text: str) -> int | None:
    """A whole number written in digits, with or without a word after it: «25», «14 дней»."""
    first = text.split()[0] if text.split() else ""
    return int(first) if first.isascii() and first.isdigit() and len(first) <= 4 else None
