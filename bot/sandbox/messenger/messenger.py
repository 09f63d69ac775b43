"""The messenger: what people do on their phones, what can be seen there, and the Bot API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.messenger.errors import ApiError
from bot.sandbox.messenger.flood import Limits
from bot.sandbox.messenger.methods import execute
from bot.sandbox.messenger.model import (
    Call,
    CallbackAnswer,
    Chat,
    ChatMessage,
    Link,
    Query,
    Reply,
    StoredFile,
    Upload,
    User,
)
from bot.sandbox.messenger.state import MessengerState
from bot.sandbox.messenger.text import CAPTION_LIMIT, phone_text, split_long, utf16_length
from bot.sandbox.messenger.wire import chat_json, user_json


class Messenger(MessengerState):
    """One bot and the people who talk to it.

    `limits` None switches flood control off (`messenger.flood.limits` changes it later); a pressed button may
    be answered for `callback_seconds`; both are measured by `stopwatch`, for a `clock` that somebody moves (by
    default it is the clock). `seed` feeds the chances of faults. What a person cannot do raises
    ValueError: writing while they block the bot, an empty text, a file Telegram does not take. Not thread-
    safe.
    """

    def __init__(
        self,
        token: str = "42:TEST",
        username: str = "school_bot",
        name: str = "Бот",
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        callback_seconds: float = 15.0,
        seed: int = 0,
        stopwatch: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(token, username, name, clock, stopwatch or clock, limits, callback_seconds, seed)

    # People.

    def add_user(
        self,
        user_id: int,
        first_name: str,
        last_name: str = "",
        role: str = "",
        hint: str = "",
        *,
        started: bool = False,
    ) -> User:
        """A person, who has written to the bot before if `started`. Raises ValueError if the id is taken."""
        if user_id in self.chats:
            raise ValueError(f"user {user_id} exists already")
        chat = Chat(User(user_id, first_name, last_name, role, hint, started=started))
        self.chats[user_id] = chat
        self.tell("people", user_id)
        return chat.user

    def add_background(self, user_id: int, first_name: str, last_name: str = "") -> None:
        """Somebody who has written to the bot long ago and is not to be played: they only get what it sends."""
        self.chats[user_id] = Chat(User(user_id, first_name, last_name, started=True, background=True))

    def user(self, user_id: int) -> User:
        """The person's card as it is now. Raises KeyError for a stranger."""
        return self.chats[user_id].user

    def users(self) -> list[User]:
        """All people, in the order they were added."""
        return [chat.user for chat in self.chats.values()]

    def give_link(self, user_id: int, title: str, start: str) -> None:
        """Give a person an invite link; opening it sends `/start <start>`. The same link twice is one."""
        chat = self.chats[user_id]
        if Link(title, start) not in chat.links:
            chat.links.append(Link(title, start))
            self.tell("people", user_id)

    # What a person does. Message ids are returned; each act queues its update.

    def write(self, user_id: int, text: str) -> int:
        """Send a text; one over 4,096 units leaves as several messages, and the last id returns."""
        plain, _ = phone_text(text)
        if not plain:
            raise ValueError("a text needs at least one character")
        sent = 0
        for piece in split_long(plain):
            body, entities = phone_text(piece)
            sent = self._send(user_id, text=body, entities=entities)
        return sent

    def send_photo(self, user_id: int, png: bytes, caption: str = "") -> int:
        """Send a picture (PNG or JPEG)."""
        return self._send_file(user_id, "photo", lambda: self.files.add_photo(png), caption)

    def send_document(self, user_id: int, name: str, data: bytes, caption: str = "") -> int:
        """Send a file."""
        return self._send_file(user_id, "document", lambda: self.files.add_document(name, data), caption)

    def forward_photo(self, user_id: int, png: bytes, caption: str = "") -> int:
        """Forward somebody's picture."""
        return self._send_file(user_id, "photo", lambda: self.files.add_photo(png), caption, forwarded=True)

    def send_sticker(self, user_id: int, emoji: str = "👍") -> int:
        """Send a sticker."""
        file = self.files.add_other("sticker", "sticker.webp", emoji.encode(), "image/webp")
        return self._send(user_id, kind="sticker", sticker=emoji, file=file)

    def send_voice(self, user_id: int, seconds: int = 3, caption: str = "") -> int:
        """Send a voice message."""
        file = self.files.add_other("voice", "voice.ogg", b"OggS" + bytes(seconds), "audio/ogg")
        words, entities = phone_text(caption)
        return self._send(
            user_id, kind="voice", voice_seconds=seconds, file=file, caption=words, entities=entities
        )

    def send_contact(self, user_id: int, phone: str = "+79990000000") -> int:
        """Send one's own phone number."""
        return self._send(user_id, kind="contact", phone=phone)

    def edit_own(self, user_id: int, message_id: int, text: str) -> None:
        """Change one's own text. Raises KeyError if it is not there, ValueError if it is not one's own."""
        chat = self._unblocked(user_id)
        message = chat.messages[message_id]
        if message.from_bot or message.kind != "text":
            raise ValueError("only one's own text can be edited")
        body, entities = phone_text(text)
        edited = replace(message, text=body, entities=entities, edit_date=self.now)
        self.put(chat, edited)
        self.queue("edited_message", chat, self.message_json(chat, edited))

    def tap(self, user_id: int, message_id: int, data: str, forged: bool = False) -> str:
        """Press a button; the id of the callback query returns.

        Raises KeyError when the message neither shows nor ever showed this data (an old screen may still send
        an old button); `forged` skips that check, as a hand-made client would. A message that is gone arrives
        as inaccessible.
        """
        chat = self._unblocked(user_id)
        if not forged and data not in chat.shown.get(message_id, ()):
            raise KeyError(f"message {message_id} never showed a button with {data!r}")
        query = Query(str(self.next_query_id), user_id, message_id, data, self.stopwatch())
        self.next_query_id += 1
        self.queries[query.id] = query
        message = chat.messages.get(message_id)
        gone = {"chat": chat_json(chat.user), "message_id": message_id, "date": 0}
        payload = {
            "id": query.id,
            "from": user_json(chat.user),
            "message": self.message_json(chat, message) if message else gone,
            "chat_instance": str(user_id * 7919),
            "data": data,
        }
        self.queue("callback_query", chat, payload)
        return query.id

    def block(self, user_id: int) -> None:
        """Block the bot."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Unblock the bot."""
        self._set_blocked(user_id, blocked=False)

    def read(self, user_id: int) -> None:
        """Look at the chat: nothing is unread any more."""
        chat = self.chats[user_id]
        if chat.unread:
            chat.unread = 0
            self.tell("people", user_id)

    # What can be seen.

    def history(self, user_id: int) -> list[ChatMessage]:
        """The chat as the phone shows it now, in order."""
        return list(self.chats[user_id].messages.values())

    def message(self, user_id: int, message_id: int) -> ChatMessage:
        """One message of a chat. Raises KeyError if it is not there."""
        return self.chats[user_id].messages[message_id]

    def answers(self, user_id: int) -> list[CallbackAnswer]:
        """Answers to pressed buttons, in order (the last 1,000)."""
        return list(self.chats[user_id].answers)

    def unanswered(self, user_id: int) -> list[Query]:
        """Pressed buttons whose spinner still turns."""
        return [query for query in self.queries.values() if query.user_id == user_id]

    def unread(self, user_id: int) -> int:
        """Messages of the bot since the person last read."""
        return self.chats[user_id].unread

    def links(self, user_id: int) -> list[Link]:
        """Invite links the person was given."""
        return list(self.chats[user_id].links)

    def pending_updates(self) -> list[dict[str, Any]]:
        """Updates the bot has not acknowledged."""
        return list(self.updates.pending.values())

    def commands_for(self, user_id: int) -> list[dict[str, str]]:
        """The menu this person sees: the narrowest scope wins, then their language."""
        language = self.chats[user_id].user.language_code
        for scope in (f"chat:{user_id}", "all_private_chats", "default"):
            for tongue in (language, ""):
                if found := self.commands.get((scope, tongue)):
                    return found
        return []

    # The Bot API.

    def call(
        self, token: str, method: str, fields: Mapping[str, Any], files: Mapping[str, Upload] | None = None
    ) -> Reply:
        """Do a method of the Bot API; `fields` hold strings or decoded JSON.

        Never waits and never raises ApiError: a refusal is an answer too.
        """
        if token != self.token:
            return Reply(
                401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, None, "Unauthorized"
            )
        return execute(self, method, fields, files or {})

    def note_call(self, method: str, reply: Reply, ms: float) -> None:
        """Write a finished call into `calls`; `ms` is how long it took, in milliseconds."""
        call = Call(self.clock(), method, reply.chat_id, reply.status, ms, reply.summary)
        self.calls.append(call)
        self.tell("call", reply.chat_id, call=call)

    def _send_file(
        self,
        user_id: int,
        kind: str,
        keep: Callable[[], StoredFile],
        caption: str,
        *,
        forwarded: bool = False,
    ) -> int:
        self._unblocked(user_id)
        words, entities = phone_text(caption)
        if utf16_length(words) > CAPTION_LIMIT:
            raise ValueError(f"a caption has at most {CAPTION_LIMIT} characters")
        try:
            file = keep()
        except ApiError as error:
            raise ValueError(error.description) from error
        return self._send(user_id, kind=kind, file=file, caption=words, entities=entities, forwarded=forwarded)

    def _send(self, user_id: int, **content: Any) -> int:
        chat = self._unblocked(user_id)
        if not chat.user.started:
            self.change_user(chat, started=True)
        message = ChatMessage(self.take_message_id(), user_id, from_bot=False, date=self.now, **content)
        self.put(chat, message)
        self.queue("message", chat, self.message_json(chat, message))
        return message.id

    def _unblocked(self, user_id: int) -> Chat:
        chat = self.chats[user_id]
        if chat.user.blocked:
            raise ValueError(f"user {user_id} has blocked the bot and cannot write to it")
        return chat

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        chat = self.chats[user_id]
        if chat.user.blocked == blocked:
            return
        self.change_user(chat, blocked=blocked)
        bot = self.bot_json
        kicked = {"status": "kicked", "user": bot, "until_date": 0}
        member = {"status": "member", "user": bot}
        payload = {
            "chat": chat_json(chat.user),
            "from": user_json(chat.user),
            "date": self.now,
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.queue("my_chat_member", chat, payload)
