"""A person named in a message."""

from dataclasses import dataclass

from services.mentoring.messages.spans import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named. `pairs`: whose name it may be, none for somebody who is no mentee."""

    span: Span
    pairs: tuple[int, ...]
    sure: bool
    written: str = ""
    joined: bool = True
    """Stands in one list with the mention before it: «с Анной и Петром»."""
    left_out: bool = False
    """«без Анны»."""
