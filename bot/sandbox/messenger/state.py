"""The state of the messenger and the few operations that change it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.sandbox.messenger.errors import ApiError, bad_request
from bot.sandbox.messenger.faults import Faults
from bot.sandbox.messenger.files import FileStore
from bot.sandbox.messenger.flood import FloodControl, Limits
from bot.sandbox.messenger.model import Call, CallbackAnswer, Chat, ChatMessage, Event, EventKind, Query
from bot.sandbox.messenger.updates import UpdateQueue, Webhook
from bot.sandbox.messenger.wire import message_json

Listener = Callable[[Event], None]
FIRST_QUERY_ID = 4_000_000_000_000_000_001


class MessengerState:
    """People's chats, files, the bot's profile and its queue of updates.

    Dates are unix seconds of `clock`; `stopwatch` is what limits and time-outs are measured by.
    """

    def __init__(
        self,
        token: str,
        username: str,
        name: str,
        clock: Callable[[], float],
        stopwatch: Callable[[], float],
        limits: Limits | None,
        callback_seconds: float,
        seed: int,
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.username = username
        self.name = name
        self.clock = clock
        self.stopwatch = stopwatch
        self.callback_seconds = callback_seconds
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.webhook = Webhook()
        self.queries: dict[str, Query] = {}
        # By scope ("default", "all_private_chats", "chat:<id>") and language ("" is any).
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        # By property ("name", "description", "short_description") and language.
        self.profile: dict[tuple[str, str], str] = {}
        self.calls: deque[Call] = deque(maxlen=1000)
        self.faults = Faults(seed)
        self.flood = FloodControl(limits, stopwatch)
        self.next_message_id = 1
        self.next_query_id = FIRST_QUERY_ID
        self._listeners: list[Listener] = []

    @property
    def now(self) -> int:
        return int(self.clock())

    @property
    def bot_json(self) -> dict[str, Any]:
        """The bot's own User, as `from` of its messages."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.name, "username": self.username}

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Call `callback` after every change, in the thread that made it. Returns what ends it."""
        self._listeners.append(callback)

        def end() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return end

    def tell(self, kind: EventKind, person: int | None = None, **what: Any) -> None:
        """Tell the listeners of a change."""
        if self._listeners:
            event = Event(kind, person, **what)
            for callback in tuple(self._listeners):
                callback(event)

    def chat(self, chat_id: int | str | None) -> Chat:
        """The chat a method names. Raises ApiError 400 when there is none."""
        if chat_id is None:
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(chat_id)]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def open_chat(self, chat_id: int | str | None) -> Chat:
        """The chat a bot may write to. Raises ApiError 400 (none) or 403 (blocked, or never started)."""
        chat = self.chat(chat_id)
        if chat.user.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not chat.user.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def take_message_id(self) -> int:
        """The next id; ids grow over all chats."""
        number = self.next_message_id
        self.next_message_id += 1
        return number

    def put(self, chat: Chat, message: ChatMessage) -> None:
        """Add a message to a chat, or replace the one of the same id."""
        is_edit = message.id in chat.messages
        chat.messages[message.id] = message
        if message.keyboard:
            data = {button.data for row in message.keyboard for button in row if button.data is not None}
            chat.shown.setdefault(message.id, set()).update(data)
        if message.from_bot and not is_edit:
            chat.unread += 1
        self.tell("edit" if is_edit else "message", chat.user.id, message=message)

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message away. What its buttons carried stays known: an old screen may still show them."""
        del chat.messages[message_id]
        self.tell("delete", chat.user.id, message_id=message_id)

    def answer(self, query: Query, text: str, *, alert: bool) -> None:
        """Stop the spinner of a pressed button."""
        del self.queries[query.id]
        answer = CallbackAnswer(query.id, text, alert, self.clock())
        if chat := self.chats.get(query.user_id):
            chat.answers.append(answer)
        self.tell("answer", query.user_id, answer=answer)

    def change_user(self, chat: Chat, **fields: Any) -> None:
        """Change a person's card."""
        chat.user = replace(chat.user, **fields)
        self.tell("people", chat.user.id)

    def queue(self, kind: str, chat: Chat, payload: dict[str, Any]) -> None:
        """Queue an update for the bot."""
        if self.updates.put(kind, chat.user.id, payload):
            self.tell("update", chat.user.id)

    def message_json(self, chat: Chat, message: ChatMessage) -> dict[str, Any]:
        """A message as the Bot API shows it."""
        return message_json(chat, message, self.bot_json)
