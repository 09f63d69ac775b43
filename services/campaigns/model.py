"""A campaign: one instrument, an audience, a term, the words of the invitation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.people.model import Profile, Role

WORDS_LIMIT = 700
"""Characters of an invitation's own words."""


ROLES = (Role.TEACHER, Role.MENTOR, Role.CURATOR)
"""Whom campaigns may be for."""


class State(StrEnum):
    """Life of a campaign; a closed one can be opened again."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a campaign is for: everybody whom no field leaves out; empty means «any»."""

    schools: tuple[int, ...] = ()
    roles: tuple[Role, ...] = (Role.TEACHER,)
    subjects: tuple[str, ...] = ()
    early_career: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before a launch; see `Campaign`."""

    instrument: str
    title: str
    words: str
    audience: Audience
    anonymous: bool
    ends_on: date


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of a school or a municipality; it ends with the day `ends_on`.

    `words` are those of the invitation, plain text; `repeat_of` is the campaign that it repeats.
    """

    id: int
    organisation_id: int
    instrument: str
    title: str
    words: str
    audience: Audience
    anonymous: bool
    state: State
    ends_on: date
    repeat_of: int | None
    launched_at: datetime | None

    @property
    def plan(self) -> Plan:
        """What was decided before the launch."""
        return Plan(self.instrument, self.title, self.words, self.audience, self.anonymous, self.ends_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with one of an audience's roles in one of its schools.

    `reachable`: registered, with a consent in force and an account that has not blocked the bot.
    """

    person_id: int
    school_id: int
    school: str
    profile: Profile
    reachable: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the people of a school, or of all schools, have come.

    `people` are all whom the campaign is for; the `absent` ones cannot be reached in the bot. Whoever has begun
    counts as having `opened`.
    """

    people: int
    absent: int
    opened: int
    in_progress: int
    finished: int

    @property
    def invited(self) -> int:
        """Those whom an invitation reaches."""
        return self.people - self.absent

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.people + other.people,
            self.absent + other.absent,
            self.opened + other.opened,
            self.in_progress + other.in_progress,
            self.finished + other.finished,
        )


NOBODY = Standing(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """A school of a campaign and how far its people have come."""

    school_id: int
    school: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in a list: `finished` of the `people` it is for, all of them or those of `school_id`."""

    campaign: Campaign
    people: int
    finished: int
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Somebody who has not finished. No word of whether they have begun."""

    full_name: str
    school: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """What the newest finished form of a campaign says about a school, by item's number.

    `marks` are the packed answers of all items, `values` those kept beside them.
    """

    school_id: int
    school: str
    version: str
    marks: str
    values: dict[int, object]
