"""What was understood of a mentor's message, as values: each field sure, unsure (to be asked about) or absent."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from services.mentoring.meetings.meeting import MeetingForm

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """A mentee of the mentor who writes, by their pair. `full_name` as in the roster: «Петрова Анна Сергеевна»."""

    pair_id: int
    full_name: str


@dataclass(frozen=True, slots=True)
class KnownStep:
    """An open step of a mentee's route."""

    pair_id: int
    step_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Guess(Generic[T]):
    """What a field is. With `value` it is sure; with `candidates` alone it is to be asked about.

    The likeliest candidate stands first. Both empty: the message says nothing of it.
    """

    value: T | None = None
    candidates: tuple[T, ...] = ()

    @property
    def is_sure(self) -> bool:
        return self.value is not None

    @property
    def is_unsure(self) -> bool:
        return self.value is None and bool(self.candidates)


@dataclass(frozen=True, slots=True)
class Understood:
    """A message, read. What is not sure is asked, never taken.

    `about_meeting`: a meeting that was held or, with `in_future`, only a planned one, of which nothing but `whom`,
    `agreement`, `next_on`, `next_at` is read. `whom`: the pairs met with; its value is a tuple of one or several
    pairs («с Анной и Петром»), each candidate is such a tuple too; with a stranger among the names it is unsure.
    `minutes` is one meeting's length. `next_at` is "HH:MM". `unknown_names`: people whom the words name and who
    are no mentees, as they are written. `topic` and `agreement` are the mentor's own words, of at most
    `TOPIC_LIMIT` characters.
    """

    about_meeting: bool
    in_future: bool
    held_on: Guess[date] = field(default_factory=Guess)
    minutes: Guess[int] = field(default_factory=Guess)
    form: Guess[MeetingForm] = field(default_factory=Guess)
    whom: Guess[tuple[int, ...]] = field(default_factory=Guess)
    topic: Guess[str] = field(default_factory=Guess)
    agreement: Guess[str] = field(default_factory=Guess)
    next_on: Guess[date] = field(default_factory=Guess)
    next_at: Guess[str] = field(default_factory=Guess)
    step_id: Guess[int] = field(default_factory=Guess)
    unknown_names: tuple[str, ...] = ()
