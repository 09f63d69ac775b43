"""Belonging to a school: changing it, and leaving it. Data and results stay the person's own."""

from collections.abc import Sequence
from datetime import datetime

from services.campaigns import joining
from services.people.model import Kind, Organisation, Person, Role
from services.people.rights import MANAGERS
from services.privacy.ports import Action
from services.work import UnitOfWork

MOVING = (Role.TEACHER, Role.MENTOR)
"""The roles that go with a person to another school; a curator's is given by those who keep the school."""


def schools_of(person: Person, *roles: Role) -> tuple[Organisation, ...]:
    """The schools where the person has one of the roles, or any role, each once."""
    found = {
        grant.organisation.id: grant.organisation
        for grant in person.grants
        if grant.organisation.kind is Kind.SCHOOL and (not roles or grant.role in roles)
    }
    return tuple(found.values())


async def schools_to_move_to(work: UnitOfWork, person: Person, left: Organisation) -> Sequence[Organisation]:
    """Schools of the same municipality where the person is neither a teacher nor a mentor yet."""
    if left.parent_id is None:
        return []
    mine = {school.id for school in schools_of(person, *MOVING)}
    return [
        place
        for place in await work.organisations.children(left.parent_id)
        if place.kind is Kind.SCHOOL and place.id not in mine
    ]


async def change_school(
    work: UnitOfWork, person: Person, left: Organisation, to: Organisation, now: datetime
) -> None:
    """Move the person's roles of a teacher and mentor; campaigns ask them in the new school from now on.

    Raises ValueError unless both are schools of one municipality and there is such a role to move.
    """
    moved = [role for role in MOVING if person.holds(role, left.id)]
    if not moved or to.kind is not Kind.SCHOOL or to.parent_id != left.parent_id or to.id == left.id:
        raise ValueError(f"organisation {to.id} is no school to move to from {left.id}")
    for role in moved:
        await work.people.grant(person.id, role, to.id, now)
        await take_away(work, person.id, role, left, now)
    await joining.joined(work, person.id, now)
    await work.audit.note(
        now, person.id, Action.SCHOOL_CHANGED, person_id=person.id, organisation_id=to.id, left=left.id
    )


async def leave_school(work: UnitOfWork, person: Person, school: Organisation, now: datetime) -> bool:
    """End all roles of the person in the school, and its campaigns for them; False when there are none."""
    held = [grant.role for grant in person.grants if grant.organisation.id == school.id]
    for role in held:
        await take_away(work, person.id, role, school, now)
        await work.audit.note(
            now, person.id, Action.ROLE_TAKEN, person_id=person.id, organisation_id=school.id, role=role.value
        )
    if held:
        await joining.joined(work, person.id, now)
    return bool(held)


async def take_away(work: UnitOfWork, person_id: int, role: Role, place: Organisation, now: datetime) -> bool:
    """End the role, the personal invites that would give it back, and a manager's links for others.

    False when the person has it not.
    """
    await work.directory.end_personal_links(person_id, role, place.id, now)
    if role in MANAGERS:
        await work.invites.revoke_issued(person_id, place, now)
    return await work.people.revoke_role(person_id, role, place.id)
