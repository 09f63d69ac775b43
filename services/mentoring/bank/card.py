"""A mentor's info card, as a value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.iom.wording import DOMAIN_TITLES, GROWTH_DOMAIN
from services.people.model import Organisation, Profile

DOMAINS = {code: title for code, title in DOMAIN_TITLES.items() if code != GROWTH_DOMAIN}
"""What a mentor may be strong in, and a mentee may want help with: domains of `deficits` by their codes."""


class CardState(StrEnum):
    """Life of a card. A curator has proposed it, or its owner drafts it; offered it waits for the curator.

    Approved it is in the bank; resting it is there too, for its own pairs alone.
    """

    PROPOSED = "proposed"
    DRAFT = "draft"
    OFFERED = "offered"
    APPROVED = "approved"
    RETURNED = "returned"
    RESTING = "resting"


IN_BANK = (CardState.APPROVED, CardState.RESTING)
"""Its owner is a mentor."""


class MeetFormat(StrEnum):
    """Ways in which a mentor and a mentee meet."""

    SCHOOL = "school"
    ONLINE = "online"
    LESSONS = "lessons"
    MESSENGER = "messenger"


FORMAT_TITLES = {
    MeetFormat.SCHOOL: "Очно в своей школе",
    MeetFormat.ONLINE: "Онлайн",
    MeetFormat.LESSONS: "Взаимопосещение уроков",
    MeetFormat.MESSENGER: "По телефону или в мессенджере",
}

HELP_LIMIT = 1000
TIMES_LIMIT = 200
COMMENT_LIMIT = 1000
"""Characters of the words of a card, and of what is said when it is returned."""
MOST_MENTEES = 10


@dataclass(frozen=True, slots=True)
class Card:
    """An info card, one a person. `turn` grows with every accepted change.

    `strengths` are codes of `DOMAINS`, `formats` of `MeetFormat`; `times` is when, in the mentor's words.
    `capacity` is how many mentees at once, 1 to 10; the seats in the database are as many once it is in the bank.
    `reaches_out`: takes mentees of other schools of the municipality. `comment`: why it was returned.
    """

    person_id: int
    school_id: int
    state: CardState
    created_at: datetime
    turn: int = 0
    strengths: tuple[str, ...] = ()
    help_with: str = ""
    formats: tuple[MeetFormat, ...] = ()
    times: str = ""
    capacity: int = 1
    reaches_out: bool = False
    prefers_early: bool = False
    comment: str = ""
    proposed_by: int | None = None
    offered_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: int | None = None

    @property
    def in_bank(self) -> bool:
        """Whether its owner is a mentor by it."""
        return self.state in IN_BANK


@dataclass(frozen=True, slots=True)
class BankCard:
    """A card as others see it: with its owner's profile and school, and how many of the seats are taken."""

    card: Card
    profile: Profile
    school: Organisation
    taken: int = 0

    @property
    def free(self) -> int:
        """Free seats, none while the mentor rests."""
        return max(0, self.card.capacity - self.taken) if self.card.state is CardState.APPROVED else 0
