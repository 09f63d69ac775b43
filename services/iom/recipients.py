"""Whom a route waits for: whose accounts are told that there is something to decide."""

from services.iom.model import Route
from services.people.model import Role
from services.work import UnitOfWork


async def deciders(work: UnitOfWork, route: Route) -> list[int]:
    """Ids of the accounts of the route's mentor, else of the school's curators, else of the methodists above.

    The first of these that anybody writes from; never the teacher's own.
    """
    mentor = route.mentor_id
    if mentor is not None and mentor != route.person_id:
        is_mentor = await work.people.holds(mentor, Role.MENTOR, route.school_id)
        if is_mentor and (found := list(await work.directory.account_ids(mentor))):
            return found
    found = await _accounts(work, route, Role.CURATOR, route.school_id)
    school = await work.organisations.get(route.school_id)
    if found or school is None or school.parent_id is None:
        return found
    return await _accounts(work, route, Role.METHODIST, school.parent_id)


async def _accounts(work: UnitOfWork, route: Route, role: Role, place_id: int) -> list[int]:
    people = [
        member.id
        for member in await work.directory.members(place_id)
        if role in member.roles and member.joined and member.id != route.person_id
    ]
    return [account for person in people for account in await work.directory.account_ids(person)]
