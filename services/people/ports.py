"""What the rules about people ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.people.model import (
    Account,
    Conversation,
    Invite,
    Kind,
    Organisation,
    Profile,
    Role,
    Visitor,
)


class PeopleStore(Protocol):
    """People, their accounts, consents and roles."""

    async def visitor(self, account: Account) -> Visitor: ...

    async def welcome(self, account: Account, consent_version: str, now: datetime) -> int:
        """The person behind the account, made if new; their consent to `consent_version` is in force."""
        ...

    async def revoke_consent(self, person_id: int, now: datetime) -> None:
        """End the consent in force and stop every open survey of the person."""
        ...

    async def grant(self, person_id: int, role: Role, organisation_id: int, now: datetime) -> bool:
        """Give the role; False when the person has it already."""
        ...

    async def holds(self, person_id: int, role: Role, organisation_id: int) -> bool:
        """Whether the person has the role in just this organisation."""
        ...

    async def save_profile(self, person_id: int, profile: Profile, now: datetime) -> None: ...

    async def set_blocked(self, account: Account, at: datetime | None) -> None:
        """Remember that the account blocked the bot, or (None) that it came back."""
        ...


class InviteStore(Protocol):
    """Invites and the organisations they lead to."""

    async def find(self, token: str) -> Invite | None: ...

    async def add(
        self,
        token: str,
        role: Role,
        organisation_id: int,
        max_uses: int,
        expires_at: datetime,
        now: datetime,
    ) -> None: ...

    async def take_seat(self, invite_id: int, now: datetime) -> bool:
        """Use one seat; False when none is left or the term has ended."""
        ...

    async def give_back(self, invite_id: int) -> None:
        """Free a seat that was taken for nothing."""
        ...


class OrganisationStore(Protocol):
    """Regions, municipalities, schools."""

    async def get(self, organisation_id: int) -> Organisation | None: ...

    async def add(self, kind: Kind, name: str, parent_id: int | None) -> Organisation:
        """The organisation of that name under that parent, made if new."""
        ...

    async def all(self, kind: Kind) -> Sequence[Organisation]: ...

    async def children(self, organisation_id: int) -> Sequence[Organisation]: ...


class ConversationStore(Protocol):
    """Where each account stands in a conversation."""

    async def put(self, account: Account, conversation: Conversation, now: datetime) -> None: ...

    async def end(self, account: Account) -> None: ...
