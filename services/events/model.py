"""Events of a plan and who takes part in them, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.people.model import Organisation, Profile

TITLE_LIMIT, PLACE_LIMIT, RESPONSIBLE_LIMIT, WORDS_LIMIT = 200, 200, 200, 1_000
"""Characters of the fields; the last one is of an expected result, an outcome, a reason, an opinion."""
SEATS_LIMIT = 10_000


class EventKind(StrEnum):
    """What is held."""

    SEMINAR = "seminar"
    YOUNG_SCHOOL = "young_school"
    CONTEST = "contest"
    FESTIVAL = "festival"
    MASTER_CLASS = "master_class"
    ASSOCIATION = "association"
    CONFERENCE = "conference"
    ROUND_TABLE = "round_table"
    OTHER = "other"


class Audience(StrEnum):
    """Whom an event is for, among the people of its schools."""

    EVERYBODY = "everybody"
    EARLY = "early"
    MENTORS = "mentors"
    MENTEES = "mentees"
    CURATORS = "curators"


class EventState(StrEnum):
    """Where an event is in its life."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class PartState(StrEnum):
    """What somebody of the audience has said."""

    INVITED = "invited"
    SIGNED_UP = "signed_up"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned. `held_at` is "HH:MM" or None; `seats` None: as many as come.

    The responsible is a member by `responsible_id`, or anybody in words by `responsible`, or not told.
    """

    kind: EventKind
    title: str
    held_on: date
    held_at: str | None = None
    place: str = ""
    audience: Audience = Audience.EVERYBODY
    responsible_id: int | None = None
    responsible: str = ""
    expected: str = ""
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a municipality or a school; `turn` grows with each change.

    `outcome` is what came of it once it was held, or why it was cancelled. `remind_on` is the next day on which
    whoever is responsible is reminded.
    """

    id: int
    organisation_id: int
    plan: Plan
    state: EventState = EventState.PLANNED
    turn: int = 0
    outcome: str = ""
    announced_at: datetime | None = None
    remind_on: date | None = None
    created_by: int | None = None
    closed_at: datetime | None = None

    @property
    def planned(self) -> bool:
        """Whether it is still to be held, or to be told whether it was."""
        return self.state is EventState.PLANNED

    @property
    def announced(self) -> bool:
        """Whether its audience has been told of it."""
        return self.announced_at is not None

    def ahead(self, today: date) -> bool:
        """Whether it is planned for today or later."""
        return self.planned and self.plan.held_on >= today

    def open_on(self, today: date) -> bool:
        """Whether one may sign up for it today."""
        return self.announced and self.ahead(today)


@dataclass(frozen=True, slots=True)
class Listed:
    """An event in a plan: whose it is, and how many have signed up."""

    event: Event
    organisation: Organisation
    signed_up: int


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in an event; `attended` None: nobody has told; `mark` is 1 to 5."""

    state: PartState
    attended: bool | None = None
    mark: int | None = None
    words: str = ""

    @property
    def was_there(self) -> bool:
        """Whether the person was there, as far as is known."""
        return bool(self.attended) or (self.attended is None and self.state is PartState.SIGNED_UP)


@dataclass(frozen=True, slots=True)
class Counts:
    """People of an event in numbers; `rating` is the sum of the `marks` that were given.

    `invited` are all whom it is for, `absent` are those who were marked so.
    """

    invited: int = 0
    signed_up: int = 0
    declined: int = 0
    attended: int = 0
    absent: int = 0
    marks: int = 0
    rating: int = 0


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody in the list of an event."""

    person_id: int
    name: str
    school: str
    part: Part


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of a school who may be of an audience."""

    person_id: int
    school_id: int
    profile: Profile


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be responsible for an event."""

    person_id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody who is to be reminded of an event that they answer for; None: nobody can be reached."""

    event: Event
    person_id: int | None
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is to be told of an event, and the account to write to."""

    event_id: int
    held_on: date
    person_id: int
    account_id: int
