"""Giving and taking roles, inviting one person or many: every step asks for the right to it and is noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.campaigns import joining
from services.people import invites, membership, rights
from services.people.model import Grant, Invite, Organisation, Person, Role
from services.people.ports import Member
from services.privacy.ports import Action
from services.work import UnitOfWork

MOST_SEATS = 500
LONGEST_TERM = 365
"""Days that an invite may hold."""
PERSONAL_TERM = 30
"""Days that a personal invite made in chat holds."""
PHONE_TERM = timedelta(hours=1)
"""How long a link for one's own other phone holds."""


def givable(actor: Person, place: Organisation) -> tuple[Role, ...]:
    """The roles that the person may give in the place, the most common first."""
    return tuple(role for role in Role if rights.may_give(actor, role, place))


def may_take_out(actor: Person, member: Member, place: Organisation) -> bool:
    """Whether the person may end all roles of a member at once."""
    return all(rights.may_give(actor, role, place) for role in member.roles)


def is_last(members: Sequence[Member], person_id: int, role: Role) -> bool:
    """Whether nobody else of the members has the role that this person has."""
    return {member.id for member in members if role in member.roles} == {person_id}


def closes_door(actor: Person, role: Role, place: Organisation) -> bool:
    """Whether without this role the person would manage nothing any more."""
    managing = [(grant.role, grant.organisation.id) for grant in actor.grants if grant.role in rights.MANAGERS]
    return managing == [(role, place.id)]


def may_give_back(actor: Person, roles: Sequence[Role], place: Organisation) -> bool:
    """Whether the person could take on these roles in the place again once they have given them up."""
    left = tuple(grant for grant in actor.grants if grant.organisation.id != place.id or grant.role not in roles)
    return all(rights.may_give(replace(actor, grants=left), role, place) for role in roles)


async def give(
    work: UnitOfWork, actor: Person, person_id: int, role: Role, place: Organisation, now: datetime
) -> bool:
    """Give the role, and the campaigns for it; False when the person has it already. Raises PermissionError."""
    _demand(rights.may_give(actor, role, place), actor)
    given = await work.people.grant(person_id, role, place.id, now)
    if given and role in rights.MANAGERS and not await work.people.accounts(person_id):
        # Whoever finds a card printed before must not become a manager; a new link is given by hand.
        await work.invites.revoke_personal(person_id, now)
    if given:
        await work.audit.note(now, actor.id, Action.ROLE_GIVEN, person_id, place.id, role=role.value)
        await joining.joined(work, person_id, now)
    return given


async def take(
    work: UnitOfWork, actor: Person, person_id: int, role: Role, place: Organisation, now: datetime
) -> bool:
    """Take the role away; False when the person has it not. Raises PermissionError."""
    _demand(rights.may_give(actor, role, place), actor)
    taken = await membership.take_away(work, person_id, role, place, now)
    if taken:
        await work.audit.note(now, actor.id, Action.ROLE_TAKEN, person_id, place.id, role=role.value)
        await joining.joined(work, person_id, now)
    return taken


async def take_out(work: UnitOfWork, actor: Person, member: Member, place: Organisation, now: datetime) -> None:
    """End every role of the member in the place. Raises PermissionError."""
    _demand(may_take_out(actor, member, place), actor)
    for role in member.roles:
        await take(work, actor, member.id, role, place, now)


async def invite(
    work: UnitOfWork, actor: Person, role: Role, place: Organisation, seats: int, days: int, now: datetime
) -> Invite:
    """A new link for so many people and days. Raises PermissionError, and ValueError beyond the limits."""
    _demand(rights.may_give(actor, role, place), actor)
    if not 1 <= seats <= MOST_SEATS or not 1 <= days <= LONGEST_TERM:
        raise ValueError(f"{seats} seats for {days} days")
    until = now + timedelta(days=days)
    token = await invites.issue(work, role, place.id, seats, until, now, issued_by=actor.id)
    await work.audit.note(now, actor.id, Action.INVITE_ISSUED, None, place.id, role=role.value, seats=seats)
    return await _made(work, token)


async def revoke(work: UnitOfWork, actor: Person, link: Invite, now: datetime) -> None:
    """End the link; a second time changes nothing. Raises PermissionError."""
    _demand(rights.may_give(actor, link.role, link.organisation), actor)
    if link.revoked_at is None:
        await work.invites.revoke(link.id, now)
        await work.audit.note(
            now, actor.id, Action.INVITE_REVOKED, link.person_id, link.organisation.id, role=link.role.value
        )


def may_hand_link(actor: Person, grants: Sequence[Grant]) -> bool:
    """Whether the person may hold a link that makes its bearer somebody with these roles.

    Whoever opens it has all of them, so that none may be more than the person gives to others.
    """
    return all(
        grant.role not in rights.MANAGERS or rights.may_give(actor, grant.role, grant.organisation)
        for grant in grants
    )


async def personal_link(
    work: UnitOfWork, actor: Person, member: Member, place: Organisation, now: datetime
) -> Invite | None:
    """The personal link of somebody who has not joined: the one in force, or a new one.

    None when there is no right to it, or the person has joined.
    """
    if member.joined or not may_hand_link(actor, await work.directory.grants(member.id)):
        return None
    present = await work.directory.personal_link(member.id, now)
    if present is not None:
        return present
    roles = [role for role in member.roles if rights.may_give(actor, role, place)]
    if not roles:
        return None
    until = now + timedelta(days=PERSONAL_TERM)
    token = await invites.issue(work, roles[0], place.id, 1, until, now, issued_by=actor.id, person_id=member.id)
    await work.audit.note(now, actor.id, Action.INVITE_ISSUED, member.id, place.id, role=roles[0].value)
    return await _made(work, token)


async def phone_link(work: UnitOfWork, person: Person, now: datetime) -> Invite | None:
    """A new link for one's own other phone, the former one ends; None for somebody without a role."""
    if not person.grants:
        return None
    await work.invites.revoke_personal(person.id, now)
    grant = person.grants[0]
    token = await invites.issue(
        work,
        grant.role,
        grant.organisation.id,
        1,
        now + PHONE_TERM,
        now,
        issued_by=person.id,
        person_id=person.id,
    )
    await work.audit.note(now, person.id, Action.INVITE_ISSUED, person.id, grant.organisation.id)
    return await _made(work, token)


async def may_see(work: UnitOfWork, person: Person, link: Invite) -> bool:
    """Whether the link may be shown to the person."""
    if link.person_id is None:
        return rights.may_give(person, link.role, link.organisation)
    if link.person_id == person.id:
        return True
    if await work.people.accounts(link.person_id):
        return False
    grants = await work.directory.grants(link.person_id)
    near = any(rights.manages(person, grant.organisation) for grant in grants)
    return near and may_hand_link(person, grants)


async def _made(work: UnitOfWork, token: str) -> Invite:
    made = await work.invites.find(token)
    if made is None:
        raise LookupError("an invite just made is not there")
    return made


def _demand(allowed: bool, actor: Person) -> None:
    if not allowed:
        raise PermissionError(f"person {actor.id} has no right to this")
