"""Invite links: who may come in, as what, until when."""

import secrets
from datetime import datetime
from enum import StrEnum

from services.people.model import ROLE_SCOPE, Account, Invite, Role
from services.work import UnitOfWork

TOKEN_BYTES = 16


class Refusal(StrEnum):
    """Why an invite does not let somebody in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REVOKED = "revoked"
    TAKEN = "taken"


def new_token() -> str:
    """A token that cannot be guessed (128 bits), of characters that a t.me link allows."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def check(invite: Invite | None, now: datetime) -> Invite | Refusal:
    """The invite, or why it cannot be used at `now`."""
    if invite is None:
        return Refusal.UNKNOWN
    if invite.revoked_at is not None:
        return Refusal.REVOKED
    if now >= invite.expires_at:
        return Refusal.EXPIRED
    if invite.used >= invite.max_uses:
        return Refusal.USED_UP
    return invite


async def issue(
    work: UnitOfWork,
    role: Role,
    organisation_id: int,
    uses: int,
    expires_at: datetime,
    now: datetime,
    *,
    issued_by: int | None = None,
    person_id: int | None = None,
) -> str:
    """Make an invite and return its token; with `person_id` it lets in only that person.

    Raises ValueError when there is no such organisation, or it is of a kind that the role is not scoped to.
    """
    organisation = await work.organisations.get(organisation_id)
    if organisation is None:
        raise ValueError(f"Нет организации с номером {organisation_id}. Список: python -m bot school list")
    if organisation.kind is not ROLE_SCOPE[role]:
        raise ValueError(f"Роль {role} не выдаётся в организации «{organisation.name}» ({organisation.kind}).")
    token = new_token()
    await work.invites.add(token, role, organisation_id, uses, expires_at, now, issued_by, person_id)
    return token


async def enter(
    work: UnitOfWork, account: Account, token: str, consent_version: str, now: datetime
) -> int | Refusal:
    """Let in somebody who agrees to the consent: the id of the person behind the account, who has the role now.

    By a personal invite a new account becomes that person's, and a person who has come in otherwise before takes
    over what the roster holds of them.
    """
    found = check(await work.invites.find(token), now)
    if isinstance(found, Refusal):
        return found
    person_id = await work.people.welcome(account, consent_version, now, found.person_id)
    accepted = await accept(work, person_id, token, now)
    return accepted if isinstance(accepted, Refusal) else person_id


async def accept(work: UnitOfWork, person_id: int, token: str, now: datetime) -> Invite | Refusal:
    """Give the invite's role to the person and take a seat; a person who has the role already takes none.

    A personal invite is used up in any case, and only its person, or one whom nobody has been yet, can take it.
    """
    found = check(await work.invites.find(token), now)
    if isinstance(found, Refusal):
        return found
    if found.person_id is not None:
        return await _accept_personal(work, person_id, found, found.person_id, now)
    if await work.people.holds(person_id, found.role, found.organisation.id):
        return found
    if not await work.invites.take_seat(found.id, now):
        return Refusal.USED_UP
    if not await work.people.grant(person_id, found.role, found.organisation.id, now):
        # The same person came in by another phone meanwhile.
        await work.invites.give_back(found.id)
    return found


async def may_become(work: UnitOfWork, person_id: int, invited: int) -> bool:
    """Whether the person may take over what a roster holds of `invited`: nobody has been that person, nor is of
    another name."""
    return not await work.people.accounts(invited) and await work.people.namesakes(person_id, invited)


async def _accept_personal(
    work: UnitOfWork, person_id: int, invite: Invite, invited: int, now: datetime
) -> Invite | Refusal:
    if invited != person_id:
        if not await may_become(work, person_id, invited):
            return Refusal.TAKEN
        await work.people.absorb(person_id, invited)
    if not await work.invites.take_seat(invite.id, now):
        return Refusal.USED_UP
    # Whoever finds another link on paper must not become this person.
    await work.invites.revoke_personal(person_id, now)
    await work.people.grant(person_id, invite.role, invite.organisation.id, now)
    return invite
