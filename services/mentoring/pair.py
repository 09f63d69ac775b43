"""A pair of a mentor and a mentee, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PairState(StrEnum):
    """Life of a pair (the domain's list, and `DECLINED` for one that has not come about).

    Proposed: both are asked. Approved: both agree, the order may be signed. Active: they work together.
    """

    PROPOSED = "proposed"
    DECLINED = "declined"
    APPROVED = "approved"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    CLOSED_EARLY = "closed_early"


OPEN_PAIR = (PairState.PROPOSED, PairState.APPROVED, PairState.ACTIVE, PairState.PAUSED)
"""Such a pair takes one of its mentor's seats, and a mentee has at most one: the database sees to it."""
LIVE_PAIR = (PairState.APPROVED, PairState.ACTIVE, PairState.PAUSED)
"""Both have agreed and nothing has ended."""


class PairForm(StrEnum):
    """Forms of mentoring that the bot keeps pairs of."""

    TEACHER_TEACHER = "teacher_teacher"
    LEADER_TEACHER = "leader_teacher"


class EndReason(StrEnum):
    """Why a pair has not come about, or has ended before its time."""

    MENTOR_DECLINED = "mentor_declined"
    MENTEE_DECLINED = "mentee_declined"
    NO_ANSWER = "no_answer"
    WITHDRAWN = "withdrawn"
    MENTOR_LEFT = "mentor_left"
    MENTEE_LEFT = "mentee_left"
    MENTOR_ASKED = "mentor_asked"
    MENTEE_ASKED = "mentee_asked"
    NO_FIT = "no_fit"
    GOAL_REACHED = "goal_reached"
    MENTOR_CHANGED = "mentor_changed"
    OTHER = "other"


class PauseReason(StrEnum):
    """Why a pair rests."""

    HOLIDAYS = "holidays"
    SICK = "sick"
    LEAVE = "leave"
    OTHER = "other"


class PairHappening(StrEnum):
    """What a pair's history tells of."""

    PROPOSED = "proposed"
    MENTOR_AGREED = "mentor_agreed"
    MENTEE_AGREED = "mentee_agreed"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    END_ASKED = "end_asked"
    END_REFUSED = "end_refused"
    EVALUATED = "evaluated"
    COMPLETED = "completed"
    CLOSED_EARLY = "closed_early"
    MOVED = "moved"
    PROGRAM_CHANGED = "program_changed"
    STAGE_DONE = "stage_done"
    MEETING_LOGGED = "meeting_logged"
    MEETING_CHANGED = "meeting_changed"
    MEETING_DELETED = "meeting_deleted"
    MEETING_CONFIRMED = "meeting_confirmed"
    MEETING_DISPUTED = "meeting_disputed"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and a mentee. `turn` grows with every accepted change, so that a change knows what it changes.

    `school_id` is the mentee's school, whose curators look after the pair. `seat` is the mentor's seat while the
    pair is open. `reasons` are words in the order of their weight, with `score` in points, as they were proposed;
    by hand there is no score. `answer_by`: both answer until then. `readiness` has levels by the codes of
    criteria once the mentor has evaluated. `paused_until` None while `paused_on` is set: not known yet.
    """

    id: int
    mentor_id: int
    mentee_id: int
    school_id: int
    form: PairForm
    state: PairState
    proposed_at: datetime
    answer_by: datetime
    turn: int = 0
    seat: int | None = None
    request_id: int | None = None
    proposed_by: int | None = None
    reasons: tuple[str, ...] = ()
    score: int | None = None
    mentor_agreed_at: datetime | None = None
    mentee_agreed_at: datetime | None = None
    approved_at: datetime | None = None
    started_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    comment: str = ""
    readiness: Mapping[str, int] | None = None
    readiness_words: str = ""
    last_met_on: date | None = None
    nudged_on: date | None = None
    paused_on: date | None = None
    paused_until: date | None = None
    pause_reason: PauseReason | None = None

    @property
    def open(self) -> bool:
        """Neither ended nor declined."""
        return self.state in OPEN_PAIR

    @property
    def live(self) -> bool:
        """Both have agreed and nothing has ended."""
        return self.state in LIVE_PAIR

    def holds(self, person_id: int) -> bool:
        """Whether the person is one of the two."""
        return person_id in (self.mentor_id, self.mentee_id)

    def other(self, person_id: int) -> int:
        """The other one of the two. Raises ValueError for somebody else."""
        if not self.holds(person_id):
            raise ValueError(f"person {person_id} is not of pair {self.id}")
        return self.mentee_id if person_id == self.mentor_id else self.mentor_id


@dataclass(frozen=True, slots=True)
class PairEvent:
    """A line of a pair's history. `actor_id` None: the service itself. `id` is 0 until it is noted.

    `before`: a meeting as plain JSON; of a role that is given or taken, `school_id` where.
    """

    pair_id: int
    at: datetime
    actor_id: int | None
    what: PairHappening
    words: str = ""
    meeting_id: int | None = None
    before: Mapping[str, object] | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class NewPair:
    """A pair to be proposed to both."""

    mentor_id: int
    mentee_id: int
    school_id: int
    form: PairForm
    proposed_at: datetime
    answer_by: datetime
    request_id: int | None = None
    proposed_by: int | None = None
    reasons: tuple[str, ...] = ()
    score: int | None = None
