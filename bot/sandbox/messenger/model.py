"""Values of the messenger: people, messages, buttons, files, calls, events."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.messenger.rendering import render_html

MessageKind = Literal["text", "photo", "document", "sticker", "voice", "contact"]
EventKind = Literal[
    "message",
    "edit",
    "delete",
    "answer",
    "commands",
    "typing",
    "people",
    "call",
    "update",
    "acknowledged",
    "clock",
]


@dataclass(frozen=True, slots=True)
class User:
    """A person with a phone. Their private chat with the bot has the same id.

    `role` and `hint` are captions for the web page only, which does not list those in the `background`.
    `started`: wrote to the bot at least once.
    """

    id: int
    first_name: str
    last_name: str = ""
    role: str = ""
    hint: str = ""
    language_code: str = "ru"
    started: bool = False
    blocked: bool = False
    background: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data` and `url` is set."""

    text: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept by the messenger. `path` is what getFile tells, `digest` names the bytes on disk."""

    file_id: str
    unique_id: str
    kind: MessageKind
    name: str
    mime: str
    path: str
    digest: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a chat as it looks now. An edit replaces it with a new value under the same id.

    `date` and `edit_date` are unix seconds; `entities` are Bot API entities of the text or of the caption.
    """

    id: int
    chat_id: int
    from_bot: bool
    date: int
    kind: MessageKind = "text"
    text: str = ""
    caption: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    file: StoredFile | None = None
    sticker: str | None = None
    voice_seconds: int | None = None
    phone: str | None = None
    forwarded: bool = False
    keyboard: Keyboard | None = None
    removes_keyboard: bool = False
    protected: bool = False
    reply_to: int | None = None
    link_preview: dict[str, Any] | None = None
    edit_date: int | None = None

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def photo(self) -> StoredFile | None:
        return self.file if self.kind == "photo" else None

    @property
    def document(self) -> StoredFile | None:
        return self.file if self.kind == "document" else None

    @property
    def words(self) -> str:
        """The text, or the caption of a photo or a document."""
        return self.text or self.caption

    @property
    def html(self) -> str:
        """`words` as safe HTML for a web page: only b, i, u, s, code, pre, a href, br."""
        return render_html(self.words, self.entities)

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row after row."""
        return [button for row in self.keyboard or () for button in row]


@dataclass(frozen=True, slots=True)
class Query:
    """A pressed button that waits for answerCallbackQuery. `at` is unix seconds."""

    id: str
    user_id: int
    message_id: int
    data: str
    at: float


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What answerCallbackQuery brought to the phone."""

    query_id: str
    text: str
    alert: bool
    at: float


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API: `at` unix seconds, `status` HTTP status (0: no answer), `ms` milliseconds."""

    at: float
    method: str
    chat_id: int | None
    status: int
    ms: float
    summary: str


@dataclass(frozen=True, slots=True)
class Link:
    """An invite link a person was given; opening it sends `/start <start>`."""

    title: str
    start: str


@dataclass(frozen=True, slots=True)
class Event:
    """A change of the messenger's state, told to listeners after it happened."""

    kind: EventKind
    person: int | None = None
    message: ChatMessage | None = None
    message_id: int | None = None
    answer: CallbackAnswer | None = None
    call: Call | None = None


@dataclass(slots=True)
class Chat:
    """Everything between the bot and one person. `shown` keeps all callback data a message ever showed."""

    user: User
    messages: dict[int, ChatMessage] = field(default_factory=dict)
    shown: dict[int, set[str]] = field(default_factory=dict)
    answers: deque[CallbackAnswer] = field(default_factory=lambda: deque(maxlen=1000))
    links: list[Link] = field(default_factory=list)
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a request."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the Bot API answers: HTTP status and JSON payload, with a line for the list of calls."""

    status: int
    payload: dict[str, Any]
    chat_id: int | None = None
    summary: str = ""
