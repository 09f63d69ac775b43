"""Belonging to a school: changing it, and leaving it. Data and results stay the person's own."""

from collections.abc import Sequence
from datetime import datetime

from services.campaigns import joining
from services.iom import belonging
from services.mentoring.life import belonging as pairing
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


def schools_to_move_from(person: Person) -> tuple[Organisation, ...]:
    """The schools where the person teaches; where they teach nowhere, those where they are a mentor.

    A teacher may be a mentor in other schools too, for the time of a pair: that is no place of theirs.
    """
    return schools_of(person, Role.TEACHER) or schools_of(person, Role.MENTOR)


async def schools_to_move_to(work: UnitOfWork, person: Person, left: Organisation) -> Sequence[Organisation]:
    """Schools of the same municipality that are not among those that the person may move from."""
    if left.parent_id is None:
        return []
    mine = {school.id for school in schools_to_move_from(person)}
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
    if Role.TEACHER in moved:
        await belonging.moved(work, person.id, left.id, to.id, now)
        await pairing.mentee_moved(work, person.id, left.id, to.id, now)
    await work.mentor_cards.move(person.id, left.id, to.id)
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
    """End the role, the personal invites that would give it back, a manager's links for others, a teacher's route
    and pair, a mentor's pairs.

    What waits for a mentor's decision goes to whoever decides instead. False when the person has it not.
    """
    await work.directory.end_personal_links(person_id, role, place.id, now)
    if role in MANAGERS:
        await work.invites.revoke_issued(person_id, place, now)
    if role is Role.TEACHER:
        await belonging.left(work, person_id, place.id, now)
        await pairing.mentee_left(work, person_id, place.id, now)
    taken = await work.people.revoke_role(person_id, role, place.id)
    if role is Role.MENTOR:
        await belonging.mentor_left(work, person_id, place.id, now)
        await pairing.mentor_left(work, person_id, place.id, now)
    return taken
