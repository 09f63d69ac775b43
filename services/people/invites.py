"""Invite links: who may come in, as what, until when."""

import secrets
from datetime import datetime
from enum import StrEnum

from services.people.model import ROLE_SCOPE, Invite, Role
from services.work import UnitOfWork

TOKEN_BYTES = 16


class Refusal(StrEnum):
    """Why an invite does not let somebody in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED_UP = "used_up"


def new_token() -> str:
    """A token that cannot be guessed (128 bits), of characters that a t.me link allows."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def check(invite: Invite | None, now: datetime) -> Invite | Refusal:
    """The invite, or why it cannot be used at `now`."""
    if invite is None:
        return Refusal.UNKNOWN
    if now >= invite.expires_at:
        return Refusal.EXPIRED
    if invite.used >= invite.max_uses:
        return Refusal.USED_UP
    return invite


async def issue(
    work: UnitOfWork, role: Role, organisation_id: int, uses: int, expires_at: datetime, now: datetime
) -> str:
    """Make an invite and return its token.

    Raises ValueError when there is no such organisation, or it is of a kind that the role is not scoped to.
    """
    organisation = await work.organisations.get(organisation_id)
    if organisation is None:
        raise ValueError(f"Нет организации с номером {organisation_id}. Список: python -m bot school list")
    if organisation.kind is not ROLE_SCOPE[role]:
        raise ValueError(f"Роль {role} не выдаётся в организации «{organisation.name}» ({organisation.kind}).")
    token = new_token()
    await work.invites.add(token, role, organisation_id, uses, expires_at, now)
    return token


async def accept(work: UnitOfWork, person_id: int, token: str, now: datetime) -> Invite | Refusal:
    """Give the invite's role to the person and take a seat; a person who has the role already takes none."""
    found = check(await work.invites.find(token), now)
    if isinstance(found, Refusal) or await work.people.holds(person_id, found.role, found.organisation.id):
        return found
    if not await work.invites.take_seat(found.id, now):
        return Refusal.USED_UP
    if not await work.people.grant(person_id, found.role, found.organisation.id, now):
        # The same person came in by another phone meanwhile.
        await work.invites.give_back(found.id)
    return found
