"""The individual educational route and what belongs to it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RouteKind(StrEnum):
    """What a route is for: to close deficits that were found, or to grow where none was."""

    DEFICITS = "deficits"
    GROWTH = "growth"


class RouteState(StrEnum):
    """Life of a route. Composed (draft), read by the mentor or curator (review), walked (active), closed.

    A route that is walked goes back to draft when its teacher changes it; agreed steps go on meanwhile.
    """

    DRAFT = "draft"
    REVIEW = "review"
    ACTIVE = "active"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OPEN_ROUTE = (RouteState.DRAFT, RouteState.REVIEW, RouteState.ACTIVE)
"""A person has at most one route in these states: the database sees to it."""


class StepState(StrEnum):
    """Life of a step. `DONE` waits for the mentor or curator, who confirms it or returns it to `PLANNED`.

    Overdue is not a state: it is `PLANNED` after its term.
    """

    PLANNED = "planned"
    DONE = "done"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Form(StrEnum):
    """Forms of measures (the domain's list)."""

    COURSE = "course"
    WEBINAR = "webinar"
    LESSON_EXCHANGE = "lesson_exchange"
    CONSULTATION = "consultation"
    MASTER_CLASS = "master_class"
    SELF_STUDY = "self_study"
    PUBLICATION = "publication"
    CONTEST = "contest"


class EvidenceKind(StrEnum):
    """What a step is confirmed by."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"


class PauseReason(StrEnum):
    """Why a route rests."""

    HOLIDAYS = "holidays"
    SICK = "sick"
    LEAVE = "leave"
    OTHER = "other"


class Happening(StrEnum):
    """What a route's history tells of. With `SUBMITTED` and `AGREED` comes a version of the route."""

    CREATED = "created"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    AGREED = "agreed"
    RETURNED = "returned"
    CHANGED = "changed"
    MENTOR_CHANGED = "mentor_changed"
    MOVED = "moved"
    STEP_DONE = "step_done"
    STEP_CONFIRMED = "step_confirmed"
    STEP_RETURNED = "step_returned"
    STEP_POSTPONED = "step_postponed"
    STEP_CANCELLED = "step_cancelled"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REPEATED = "repeated"


TITLE_LIMIT = 300
WORDS_LIMIT = 1000
"""Characters of an expected result, a comment, a reason, an answer of reflection."""
RESPONSIBLE_LIMIT = 200
STEPS_LIMIT = 20
"""Steps of one route, those finished too."""
EVIDENCE_LIMIT = 5
"""Pieces of evidence of one step."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a teacher decides about a step. `domain` is the code of a scale of `deficits`, empty for growth."""

    domain: str
    title: str
    form: Form
    due_on: date
    responsible: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `turn` grows with every accepted change, so that a change knows what it changes.

    `agreed`: part of an agreed version; `first_due_on` is the term as it was agreed first. `comment`: why it was
    returned, postponed or cancelled. `remind_on` is the next day with a reminder, `reminded_on` the day up to
    which all of them are dealt with, `escalated_on` the day when the mentor heard that it is overdue.
    """

    id: int
    route_id: int
    plan: Plan
    state: StepState
    turn: int = 0
    agreed: bool = False
    first_due_on: date | None = None
    comment: str = ""
    done_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: int | None = None
    remind_on: date | None = None
    reminded_on: date | None = None
    escalated_on: date | None = None

    @property
    def finished(self) -> bool:
        """Nothing is left to do about it."""
        return self.state in (StepState.CONFIRMED, StepState.CANCELLED)

    def overdue(self, today: date, pause: "Pause | None" = None) -> bool:
        """Whether its term has passed with nothing handed in, and the present `pause` is not going to move it."""
        moves = pause is not None and pause.moves(self)
        return self.state is StepState.PLANNED and self.agreed and self.plan.due_on < today and not moves


@dataclass(frozen=True, slots=True)
class Route:
    """A route of one teacher of one school. `turn` grows with every accepted change of these fields.

    `deficits` are codes of scales, the strongest first; `session_id` is the diagnosis it was drafted from and
    `repeat_session_id` the one taken after it. `mentor_id` looks after it; None: the curators of the school do.
    `comment` is what was said when it was returned. `reflection` has the closing answers by their codes.
    """

    id: int
    person_id: int
    school_id: int
    kind: RouteKind
    state: RouteState
    created_at: datetime
    turn: int = 0
    deficits: tuple[str, ...] = ()
    session_id: int | None = None
    repeat_session_id: int | None = None
    mentor_id: int | None = None
    comment: str = ""
    reflection: Mapping[str, str] | None = None
    submitted_at: datetime | None = None
    agreed_at: datetime | None = None
    agreed_by: int | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Neither closed nor cancelled."""
        return self.state in OPEN_ROUTE


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence of a step; the bytes of a file are read apart. `size` in bytes, 0 for text."""

    id: int
    step_id: int
    kind: EvidenceKind
    words: str
    file_name: str
    size: int
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that somebody sends as evidence, with the words beside it."""

    kind: EvidenceKind
    file_name: str
    content: bytes
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A rest of a route from `starts_on` to `ends_on`, the last day; None: not known yet.

    When it is `over` its days have been added to the terms of the steps that were due in or after it.
    """

    id: int
    route_id: int
    reason: PauseReason
    starts_on: date
    ends_on: date | None
    over: bool = False

    def moves(self, step: Step) -> bool:
        """Whether the step's term will be later by the days of the pause."""
        return not self.over and step.state is StepState.PLANNED and self.starts_on <= step.plan.due_on

    def rests(self, day: date) -> bool:
        """Whether the route rests on that day."""
        return not self.over and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a route's history. `actor_id` None: the service itself. `version`: the steps as plain JSON."""

    route_id: int
    at: datetime
    actor_id: int | None
    what: Happening
    words: str = ""
    step_id: int | None = None
    version: tuple[Mapping[str, str], ...] | None = None
