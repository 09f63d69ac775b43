"""A meeting of a pair, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class MeetingForm(StrEnum):
    """Forms of meetings (the domain's list)."""

    CONSULTATION = "consultation"
    LESSON_VISIT = "lesson_visit"
    LESSON_EXCHANGE = "lesson_exchange"
    JOINT_PLANNING = "joint_planning"
    DOCUMENT_REVIEW = "document_review"
    MASTER_CLASS = "master_class"
    OTHER = "other"


FORM_TITLES = {
    MeetingForm.CONSULTATION: "Консультация",
    MeetingForm.LESSON_VISIT: "Посещение урока",
    MeetingForm.LESSON_EXCHANGE: "Взаимопосещение",
    MeetingForm.JOINT_PLANNING: "Совместная подготовка",
    MeetingForm.DOCUMENT_REVIEW: "Разбор документации",
    MeetingForm.MASTER_CLASS: "Мастер-класс",
    MeetingForm.OTHER: "Другое",
}


class MeetingState(StrEnum):
    """Logged by the mentor, then confirmed by the mentee, or disputed: then the mentor corrects it."""

    LOGGED = "logged"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


class FileKind(StrEnum):
    """What is attached to a meeting."""

    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"


TOPIC_LIMIT = 500
"""Characters of a topic, an agreement, an objection."""
LONGEST_MINUTES = 720
FILES_LIMIT = 5
"""Files of one message about meetings."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a meeting. `next_on` is the agreed next one, with `next_at` ("HH:MM") if an hour was agreed.

    `minutes` None: not told. `step_id` is the step of the mentee's route that it served.
    """

    held_on: date
    form: MeetingForm
    minutes: int | None = None
    topic: str = ""
    agreement: str = ""
    next_on: date | None = None
    next_at: str | None = None
    step_id: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of one pair. `turn` grows with every accepted change. `words` are the mentor's own.

    Several pairs may have met in one: their meetings share the `draft_id`, and the files with it.
    `remind_on` is the day on which both are reminded of the next one; None: none, or it is done.
    """

    id: int
    pair_id: int
    draft_id: int | None
    told: Told
    state: MeetingState
    logged_at: datetime
    turn: int = 0
    words: str = ""
    logged_by: int | None = None
    remind_on: date | None = None
    changed_at: datetime | None = None
    confirmed_at: datetime | None = None
    objection: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A file of a meeting, without its bytes. `size` in bytes."""

    id: int
    draft_id: int
    kind: FileKind
    file_name: str
    size: int
    given_at: datetime
