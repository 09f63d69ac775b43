"""What a conversation shows: the plain vocabulary that every messenger has.

Texts are simple HTML (`b i u s code a`), at most 4,000 characters; at most 7 buttons in a row and 30 rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from services.delivery.model import Kind


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back when it is tapped, or `url` is opened."""

    text: str
    data: str | None = None
    url: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is sent with a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: text, or a picture (PNG) or a document with the text as its caption, and rows of buttons."""

    text: str
    rows: tuple[Row, ...] = ()
    picture: bytes | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Something to be delivered later, by the outbox. The same key is never owed twice; ids only in `payload`.

    It is for the visitor, or for another account by its `account_id`.
    """

    kind: Kind
    key: str
    payload: Mapping[str, int]
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What answers an event. A tap's screen replaces the tapped message unless `fresh`.

    `toast` is the short line over the chat after a tap. What is `owed` is written in the transaction of the event.
    """

    screen: Screen | None = None
    toast: str | None = None
    fresh: bool = False
    owed: tuple[Owed, ...] = ()


class Declined(Exception):  # noqa: N818 - an answer, not a failure
    """Nothing of what the handler did is to be kept; the person sees `screen`."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen


def button(text: str, data: CallbackData) -> Button:
    """A button that comes back as typed callback data. Raises ValueError over 64 bytes."""
    return Button(text, data.pack())
