"""A request for a mentor, as a value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.mentoring.bank.card import MeetFormat
from services.people.model import Organisation, Profile


class RequestState(StrEnum):
    """Life of a request. A draft is for the eyes of whoever writes it; open it waits for a mentor."""

    DRAFT = "draft"
    OPEN = "open"
    PAIRED = "paired"
    WITHDRAWN = "withdrawn"


ASKING = (RequestState.DRAFT, RequestState.OPEN)
"""Of these a person has at most one: the database sees to it."""

WORDS_LIMIT = 1000
"""Characters of what it is for, and of the wishes."""
MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Request:
    """What a teacher asks a mentor for. `turn` grows with every accepted change.

    `domains` are codes of `bank.card.DOMAINS` as the teacher named them; `choices` are ids of up to three
    people, the dearest first. `made_by`: whoever made it for the teacher, None: the teacher. They have waited
    since `waits_since`, which is kept when a pair has not come about.
    """

    id: int
    person_id: int
    school_id: int
    state: RequestState
    created_at: datetime
    waits_since: datetime
    turn: int = 0
    domains: tuple[str, ...] = ()
    purpose: str = ""
    wishes: str = ""
    formats: tuple[MeetFormat, ...] = ()
    choices: tuple[int, ...] = ()
    made_by: int | None = None
    closed_at: datetime | None = None

    @property
    def author_id(self) -> int:
        """Who has written it."""
        return self.person_id if self.made_by is None else self.made_by

    def waited(self, now: datetime, zone: ZoneInfo) -> int:
        """For how many days they wait, as the calendar counts them in the zone of their school."""
        return max(0, (now.astimezone(zone).date() - self.waits_since.astimezone(zone).date()).days)


@dataclass(frozen=True, slots=True)
class Unasked:
    """A teacher of a school who has neither a mentor nor an open request."""

    person_id: int
    profile: Profile
    school: Organisation
