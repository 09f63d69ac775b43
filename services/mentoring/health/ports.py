"""What is asked of storage about how pairs do. Every call works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from services.iom.reminding_ports import Moment, Reader
from services.mentoring.pair import PairState
from services.mentoring.programs.program import StageNumber
from services.people.model import Organisation

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Terms:
    """A day and what is late on it. `began`: when the day began where the reader lives.

    Without a meeting for `silent_days` a pair is silent; `tell_days` after its mentor was asked curators hear.
    """

    today: date
    began: datetime
    silent_days: int
    tell_days: int

    def before(self, days: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=days)

    def after(self, days: int) -> datetime:
        """When the day after the one of `before` began."""
        return self.began - timedelta(days=days - 1)


@dataclass(frozen=True, slots=True)
class Slice:
    """Which of the items of a list."""

    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Some(Generic[Item]):
    """A slice of a list, and how many there are of all."""

    items: Sequence[Item]
    total: int


@dataclass(frozen=True, slots=True)
class SilentPair:
    """A pair without meetings. `met_on` None: it has had none since `started_on`."""

    pair_id: int
    turn: int
    mentor: str
    mentee: str
    school: str
    started_on: date
    met_on: date | None
    nudged_on: date | None

    @property
    def since(self) -> date:
        """The last day on which there was something to tell of the pair."""
        return self.started_on if self.met_on is None else max(self.met_on, self.started_on)


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A meeting that its mentee has not confirmed, or does not agree about."""

    meeting_id: int
    mentor: str
    mentee: str
    school: str
    held_on: date
    disputed: bool


@dataclass(frozen=True, slots=True)
class LateStage:
    """A stage whose last day has passed, and its mentor has not said that it is over."""

    pair_id: int
    mentor: str
    mentee: str
    school: str
    number: StageNumber
    ends_on: date


@dataclass(frozen=True, slots=True)
class LostOffer:
    """A pair that was proposed and not answered in time; its mentee waits with nothing else proposed."""

    pair_id: int
    mentor: str
    mentee: str
    school: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class LongWaiting:
    """Somebody who waits for a mentor."""

    person_id: int
    name: str
    school: str
    since: datetime


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """Meetings of some time. `untimed` of them have no length told; `per_pair` is the median of pairs at work."""

    held: int
    minutes: int
    untimed: int
    confirmed: int
    per_pair: float | None

    @property
    def unconfirmed(self) -> int:
        """Those that their mentees have not answered to, or do not agree about."""
        return self.held - self.confirmed


@dataclass(frozen=True, slots=True)
class Figures:
    """How the pairs of a place do. States of ended pairs count this school year.

    `stages` of pairs that work or rest: the present one, None where all are over; `without_program` have none.
    """

    states: Mapping[PairState, int]
    stages: Mapping[StageNumber | None, int]
    without_program: int
    meetings: MeetingFigures
    silent: int
    late_stages: int
    lost_offers: int
    waiting: int
    longest_since: datetime | None


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """How the pairs of one school do."""

    school_id: int
    name: str
    working: int
    silent: int
    meetings: int
    waiting: int


class HealthStore(Protocol):
    """How pairs do, and who is to be told of it. Nobody is counted or shown whose consent is taken back."""

    async def figures(self, place: Organisation, viewer_id: int, terms: Terms, year_began: date) -> Figures:
        """Of pairs of the school, or of the municipality's schools, in which the viewer is not the mentee."""
        ...

    async def schools(self, place: Organisation, viewer_id: int, terms: Terms) -> Sequence[SchoolLine]:
        """The municipality's schools in their natural order."""
        ...

    async def silent(self, place: Organisation, viewer_id: int, terms: Terms, which: Slice) -> Some[SilentPair]:
        """Silent pairs of the place, those silent longest first."""
        ...

    async def unconfirmed(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[OpenMeeting]:
        """Meetings of the last days that are not confirmed: disputed ones first, then the oldest."""
        ...

    async def late_stages(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[LateStage]:
        """Stages that wait for their mentors, the oldest term first."""
        ...

    async def lost_offers(
        self, place: Organisation, viewer_id: int, terms: Terms, which: Slice
    ) -> Some[LostOffer]:
        """Offers of the last days that nobody answered, the newest first."""
        ...

    async def mentors_due(self, moment: Moment, terms: Terms) -> Sequence[Reader]:
        """Mentors of the moment's schools to be asked now about pairs that have gone silent.

        Not about those that they were asked about within `silent_days`, or told of a meeting a few days ago.
        """
        ...

    async def nudge(self, mentors: Sequence[Reader], moment: Moment, terms: Terms) -> None:
        """Owe each of them one message of today, and note the day of the pairs that it is the first about."""
        ...

    async def told_to(self, mentor_id: int, day: date, terms: Terms, consent: str) -> Sequence[SilentPair]:
        """Pairs that the message of that day is about and that are silent still, the longest first."""
        ...

    async def silent_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[SilentPair]:
        """Silent pairs that the reader looks after whose mentors were asked long enough ago, or cannot be asked.

        Here and below: of schools that the reader curates, and for a methodist those below that have no curator
        to be told; the longest first.
        """
        ...

    async def late_stages_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[LateStage]:
        """Stages whose mentors were reminded long enough ago."""
        ...

    async def lost_offers_of(self, reader_id: int, terms: Terms, consent: str) -> Sequence[LostOffer]:
        """Offers of the last week that nobody answered."""
        ...

    async def waiting_of(self, reader_id: int, before: datetime, consent: str) -> Sequence[LongWaiting]:
        """Those who have waited for a mentor since before that moment."""
        ...
