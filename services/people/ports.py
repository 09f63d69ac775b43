"""What the rules about people ask of storage. Every call works inside the caller's transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.people.model import (
    Account,
    Conversation,
    Grant,
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

    async def welcome(
        self, account: Account, consent_version: str, now: datetime, invited: int | None = None
    ) -> int:
        """The person behind the account; a new account is `invited`'s, or of a new person.

        Their consent to `consent_version` is in force.
        """
        ...

    async def accounts(self, person_id: int) -> Sequence[Account]:
        """Where the person writes from; nobody has joined as them while there are none."""
        ...

    async def unclaimed(self, school_ids: Sequence[int], full_name: str, birth_year: int) -> int | None:
        """The one person of these schools' rosters with this name and birth year who has not joined."""
        ...

    async def namesakes(self, person_id: int, other_id: int) -> bool:
        """Whether both have the same name; whoever has told none yet may be anybody."""
        ...

    async def absorb(self, person_id: int, other_id: int) -> None:
        """Make the record of a roster the person's own: its roles and campaigns are theirs, and it is gone."""
        ...

    async def revoke_role(self, person_id: int, role: Role, organisation_id: int) -> bool:
        """Take the role away; False when the person has it not."""
        ...

    async def agrees(self, person_id: int, version: str) -> bool:
        """Whether the person's consent to this version is in force."""
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

    async def set_reminder_hour(self, person_id: int, hour: int | None) -> None:
        """Remember from which hour of the day the person wants reminders; None: the usual one."""
        ...

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
        issued_by: int | None,
        person_id: int | None,
    ) -> None: ...

    async def take_seat(self, invite_id: int, now: datetime) -> bool:
        """Use one seat; False when none is left or the term has ended."""
        ...

    async def give_back(self, invite_id: int) -> None:
        """Free a seat that was taken for nothing."""
        ...

    async def get(self, invite_id: int) -> Invite | None: ...

    async def live(self, organisation_id: int, now: datetime) -> Sequence[Invite]:
        """Invites to the organisation that still let somebody in and are not personal, the newest first."""
        ...

    async def revoke(self, invite_id: int, now: datetime) -> None: ...

    async def revoke_issued(self, person_id: int, place: Organisation, now: datetime) -> None:
        """End the links for others that the person has made within the place (a region holds everything)."""
        ...

    async def revoke_personal(self, person_id: int, now: datetime) -> None:
        """End every personal invite of the person that nobody has used."""
        ...


class OrganisationStore(Protocol):
    """Regions, municipalities, schools."""

    async def get(self, organisation_id: int) -> Organisation | None: ...

    async def by_ids(self, organisation_ids: Collection[int]) -> Mapping[int, Organisation]:
        """Those of them that there are."""
        ...

    async def add(self, kind: Kind, name: str, parent_id: int | None) -> Organisation:
        """The organisation of that name under that parent, made if new."""
        ...

    async def all(self, kind: Kind) -> Sequence[Organisation]: ...

    async def children(self, organisation_id: int) -> Sequence[Organisation]: ...

    async def set_timezone(self, organisation_id: int, timezone: str | None) -> None:
        """Set the zone of the place by its IANA name; None: as of the place above."""
        ...


class ConversationStore(Protocol):
    """Where each account stands in a conversation."""

    async def put(self, account: Account, conversation: Conversation, now: datetime) -> None: ...

    async def end(self, account: Account) -> None: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent about an organisation; `fingerprint` is of what they were shown of it."""

    organisation_id: int
    name: str
    content: bytes
    fingerprint: str


class UploadStore(Protocol):
    """Files that people sent, one of a kind a person, kept until they are applied."""

    async def put(self, person_id: int, kind: str, upload: Upload, now: datetime) -> None: ...

    async def get(self, person_id: int, kind: str) -> Upload | None: ...

    async def drop(self, person_id: int, kind: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with roles in an organisation, as its managers see them: never a result.

    `profile.full_name` is empty while they are still registering; `joined` says that somebody writes to the bot
    as them.
    """

    id: int
    profile: Profile
    roles: tuple[Role, ...]
    joined: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people of a school the service knows, and how many of them have joined."""

    school: Organisation
    people: int
    joined: int


class Directory(Protocol):
    """People of an organisation as its managers see them."""

    async def members(self, organisation_id: int) -> Sequence[Member]:
        """Everybody with a role in just this organisation, by name."""
        ...

    async def member(self, organisation_id: int, person_id: int) -> Member | None:
        """The person, None when they have no role there."""
        ...

    async def attendance(self, municipality_id: int) -> Sequence[Attendance]:
        """All schools of the municipality."""
        ...

    async def grants(self, person_id: int) -> Sequence[Grant]:
        """Every role of the person."""
        ...

    async def account_ids(self, person_id: int) -> Sequence[int]:
        """Ids of the accounts that the person writes from."""
        ...

    async def accounts_of(self, person_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The same of many at once; whoever writes from none is not in it."""
        ...

    async def rename(self, organisation_id: int, name: str) -> None: ...

    async def personal_link(self, person_id: int, now: datetime) -> Invite | None:
        """The newest personal invite of the person that still lets them in."""
        ...

    async def end_personal_links(self, person_id: int, role: Role, organisation_id: int, now: datetime) -> None:
        """End the unused personal invites that would give the person this role here."""
        ...
