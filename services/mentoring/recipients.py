"""Whom it waits for when something about mentoring in a school is to be decided."""

from collections.abc import Collection

from services.people.model import Role
from services.work import UnitOfWork


async def overseers(work: UnitOfWork, school_id: int, but: Collection[int] = ()) -> list[int]:
    """Ids of the school's curators, else of the methodists above; never those of the people `but`.

    The first of these whom anything can be told: registered, with an account and a consent in force.
    """
    found = await _told(work, Role.CURATOR, school_id, but)
    school = await work.organisations.get(school_id)
    if found or school is None or school.parent_id is None:
        return found
    return await _told(work, Role.METHODIST, school.parent_id, but)


async def deciders(work: UnitOfWork, school_id: int, but: int | None = None) -> list[int]:
    """Ids of the accounts of these overseers; never those of the person `but`."""
    people = await overseers(work, school_id, () if but is None else (but,))
    return [account for person in people for account in await work.directory.account_ids(person)]


async def _told(work: UnitOfWork, role: Role, place_id: int, but: Collection[int]) -> list[int]:
    holders = [
        member.id
        for member in await work.directory.members(place_id)
        if role in member.roles and member.id not in but
    ]
    reachable = await work.matching.profiles(holders, None) if holders else {}
    return [person for person in holders if person in reachable]
