"""People, organisations, roles and invites, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody does in the service; always with a scope, an organisation."""

    TEACHER = "teacher"
    MENTOR = "mentor"
    CURATOR = "curator"
    METHODIST = "methodist"
    ADMIN = "admin"


class Kind(StrEnum):
    """Kinds of organisations, from the widest to the narrowest."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"


ROLE_SCOPE = {
    Role.TEACHER: Kind.SCHOOL,
    Role.MENTOR: Kind.SCHOOL,
    Role.CURATOR: Kind.SCHOOL,
    Role.METHODIST: Kind.MUNICIPALITY,
    Role.ADMIN: Kind.REGION,
}
"""The kind of organisation that each role is scoped to."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a person writes from: a channel ("telegram") and the 64-bit id it knows them by."""

    channel: str
    external_id: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """A region, municipality or school.

    `timezone` is the IANA name of the zone set for it or for what it lies in; None: nobody has set any, or the
    place was read for something else.
    """

    id: int
    kind: Kind
    name: str
    parent_id: int | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person with its scope."""

    role: Role
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person tells about themselves, or a roster about them; `subject` and `category` may be empty.

    `years_of_work` were true on the day `known_on`; None there, and in `birth_year`, where nobody has told.
    """

    full_name: str
    position: str
    subject: str = ""
    years_of_work: int | None = None
    birth_year: int | None = None
    category: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `profile` is None until registration is complete.

    `known` is what a roster has told of them before that. `blocked`: the account is noted as closed to the bot.
    `reminder_hour` is the hour of the day from which they want reminders, None: the usual one.
    """

    id: int
    account_id: int
    consent_version: str | None
    profile: Profile | None
    grants: tuple[Grant, ...]
    known: Profile | None = None
    blocked: bool = False
    reminder_hour: int | None = None

    def scopes(self, *roles: Role) -> tuple[Organisation, ...]:
        """The organisations where the person has one of the roles, in the order they were granted."""
        return tuple(grant.organisation for grant in self.grants if grant.role in roles)

    def holds(self, role: Role, organisation_id: int) -> bool:
        """Whether the person has the role in just this organisation."""
        return any(grant.role is role and grant.organisation.id == organisation_id for grant in self.grants)

    def has(self, role: Role) -> bool:
        """Whether the person has the role anywhere."""
        return any(grant.role is role for grant in self.grants)


Value = str | int | bool | None
"""What a conversation may remember: it is stored as JSON and must come back the same."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where somebody stands in a conversation: the step and what was given so far (JSON values only)."""

    step: str
    data: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever writes: the account, the person behind it if any, and the conversation they are in."""

    account: Account
    person: Person | None
    conversation: Conversation | None


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that gives a role in an organisation to at most `max_uses` people until `expires_at`.

    With `person_id` it is personal: whoever opens it is that person.
    """

    id: int
    token: str
    role: Role
    organisation: Organisation
    max_uses: int
    used: int
    expires_at: datetime
    person_id: int | None = None
    revoked_at: datetime | None = None
