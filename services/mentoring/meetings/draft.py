"""A meeting that a mentor is telling of, as values: what is known of it, what is to be asked, what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from services.mentoring.meetings.meeting import Meeting, MeetingForm, Told
from services.mentoring.messages.understood import Guess


class Field(StrEnum):
    """What is told of a meeting, in the order in which it is asked. `NEXT` is the day with its hour."""

    WHOM = "whom"
    DAY = "day"
    FORM = "form"
    MINUTES = "minutes"
    TOPIC = "topic"
    AGREEMENT = "agreement"
    NEXT = "next"
    STEP = "step"


NEEDED = (Field.WHOM, Field.DAY, Field.FORM)
"""Without these nothing is logged."""
GUIDED = (Field.WHOM, Field.DAY, Field.FORM, Field.MINUTES, Field.TOPIC, Field.AGREEMENT, Field.NEXT)
"""What is asked one after another when a meeting is logged by buttons."""


class Purpose(StrEnum):
    """What a draft is: a meeting told of, or files alone that wait to be told whose they are."""

    MEETING = "meeting"
    FILES = "files"


class Outcome(StrEnum):
    """How a draft has ended. A dropped one can be taken up again."""

    SAVED = "saved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Fields:
    """What is understood of a meeting so far. `whom` are ids of pairs.

    `asking` is the question that stands while the mentor is led through by buttons; `planned`: the words tell only
    of a meeting to come; `stranger`: somebody whom the words name and who is no mentee of the mentor's; `of_turn`:
    the turn of the logged meeting when its change was begun.
    """

    whom: Guess[tuple[int, ...]] = field(default_factory=Guess)
    held_on: Guess[date] = field(default_factory=Guess)
    form: Guess[MeetingForm] = field(default_factory=Guess)
    minutes: Guess[int] = field(default_factory=Guess)
    topic: Guess[str] = field(default_factory=Guess)
    agreement: Guess[str] = field(default_factory=Guess)
    next_on: Guess[date] = field(default_factory=Guess)
    next_at: Guess[str] = field(default_factory=Guess)
    step_id: Guess[int] = field(default_factory=Guess)
    asking: Field | None = None
    planned: bool = False
    stranger: str = ""
    purpose: Purpose = Purpose.MEETING
    outcome: Outcome | None = None
    of_turn: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A meeting that is told of. `turn` grows with every accepted change; `words` are the mentor's own.

    `meeting_id` is the logged meeting that is being changed.
    """

    id: int
    author_id: int
    words: str
    fields: Fields
    created_at: datetime
    turn: int = 0
    meeting_id: int | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Neither saved nor dropped."""
        return self.closed_at is None


def own_words(text: str, before: str = "") -> str:
    """What a mentor has written, after what they wrote `before`, without marks that no one sees and no database
    takes."""
    seen = "".join(char for char in text if char.isprintable() or char == "\n").strip()
    return "\n".join(each for each in (before, seen) if each)


def missing(fields: Fields) -> tuple[Field, ...]:
    """What has to be known before the meeting can be logged, in the order in which it is asked."""
    known = {Field.WHOM: fields.whom, Field.DAY: fields.held_on, Field.FORM: fields.form}
    return tuple(each for each in NEEDED if not cast("Guess[Any]", known[each]).is_sure)


def doubtful(fields: Fields) -> tuple[Field, ...]:
    """What else the words may say, and the mentor is asked about; nothing of it has to be known."""
    maybe: dict[Field, Guess[Any]] = {
        Field.MINUTES: fields.minutes,
        Field.TOPIC: fields.topic,
        Field.AGREEMENT: fields.agreement,
        # The hour of a day that is not known is no question.
        Field.NEXT: fields.next_at if fields.next_on.is_sure else fields.next_on,
        Field.STEP: fields.step_id,
    }
    return tuple(each for each, guess in maybe.items() if guess.is_unsure)


def told_of(fields: Fields) -> Told:
    """What is to be logged. Raises ValueError while something is missing."""
    if fields.held_on.value is None or fields.form.value is None:
        raise ValueError("not everything is known")
    return Told(
        fields.held_on.value,
        fields.form.value,
        fields.minutes.value,
        fields.topic.value or "",
        fields.agreement.value or "",
        fields.next_on.value,
        fields.next_at.value if fields.next_on.value is not None else None,
        fields.step_id.value,
    )


def fields_of(meeting: Meeting) -> Fields:
    """What is known of a logged meeting, to be changed."""
    told = meeting.told
    return Fields(
        Guess((meeting.pair_id,)),
        Guess(told.held_on),
        Guess(told.form),
        Guess(told.minutes),
        Guess(told.topic or None),
        Guess(told.agreement or None),
        Guess(told.next_on),
        Guess(told.next_at),
        Guess(told.step_id),
        of_turn=meeting.turn,
    )


def plain(fields: Fields) -> dict[str, object]:
    """The fields as JSON holds them."""
    return {
        "whom": _guess_out(fields.whom, list),
        "held_on": _guess_out(fields.held_on, date.isoformat),
        "form": _guess_out(fields.form, str),
        "minutes": _guess_out(fields.minutes, int),
        "topic": _guess_out(fields.topic, str),
        "agreement": _guess_out(fields.agreement, str),
        "next_on": _guess_out(fields.next_on, date.isoformat),
        "next_at": _guess_out(fields.next_at, str),
        "step_id": _guess_out(fields.step_id, int),
        "asking": fields.asking,
        "planned": fields.planned,
        "stranger": fields.stranger,
        "purpose": fields.purpose,
        "outcome": fields.outcome,
        "of_turn": fields.of_turn,
    }


def from_plain(found: Mapping[str, Any]) -> Fields:
    """The fields that `plain` has written."""
    return Fields(
        _guess_in(found["whom"], tuple),
        _guess_in(found["held_on"], date.fromisoformat),
        _guess_in(found["form"], MeetingForm),
        _guess_in(found["minutes"], int),
        _guess_in(found["topic"], str),
        _guess_in(found["agreement"], str),
        _guess_in(found["next_on"], date.fromisoformat),
        _guess_in(found["next_at"], str),
        _guess_in(found["step_id"], int),
        Field(found["asking"]) if found["asking"] else None,
        found["planned"],
        found["stranger"],
        Purpose(found["purpose"]),
        Outcome(found["outcome"]) if found["outcome"] else None,
        found["of_turn"],
    )


def _guess_out(guess: Guess[Any], write: Any) -> Sequence[object]:
    value = None if guess.value is None else write(guess.value)
    return [value, [write(each) for each in guess.candidates]]


def _guess_in(found: Sequence[Any], read: Any) -> Guess[Any]:
    value, candidates = found
    return Guess(None if value is None else read(value), tuple(read(each) for each in candidates))
