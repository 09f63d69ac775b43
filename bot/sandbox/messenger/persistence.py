"""The whole state in a folder: one JSON file, and the files' bytes beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import (
    Button,
    CallbackAnswer,
    Chat,
    ChatMessage,
    Link,
    Query,
    StoredFile,
    User,
)

_STATE = "messenger.json"
_FILES = "files"
_MESSAGE_DEFAULTS = {field.name: field.default for field in fields(ChatMessage)}


def save(messenger: Messenger, folder: Path) -> None:
    """Write the state; a reader sees the old one or the new one, never half of it."""
    write(snapshot(messenger), messenger.files.by_id, folder)


def snapshot(messenger: Messenger) -> dict[str, Any]:
    """The state as values for JSON. Calls, faults and flood counters are not part of it."""
    webhook = messenger.webhook
    return {
        "name": messenger.name,
        "next_message_id": messenger.next_message_id,
        "next_query_id": messenger.next_query_id,
        "next_update_id": messenger.updates.next_id,
        "updates": [
            {"chat": messenger.updates.chats[update_id], "update": update}
            for update_id, update in messenger.updates.pending.items()
        ],
        "allowed_updates": messenger.updates.allowed,
        "webhook": {"url": webhook.url, "secret": webhook.secret, "max_connections": webhook.max_connections},
        "queries": [asdict(query) for query in messenger.queries.values()],
        "commands": [[*place, commands] for place, commands in messenger.commands.items()],
        "profile": [[*place, value] for place, value in messenger.profile.items()],
        "files": [_file_out(file) for file in messenger.files.by_id.values()],
        "chats": [_chat_out(chat) for chat in messenger.chats.values()],
    }


def write(state: Mapping[str, Any], files: Mapping[str, StoredFile], folder: Path) -> None:
    """Write a snapshot with the bytes of its files; bytes that are there already are left alone."""
    (folder / _FILES).mkdir(parents=True, exist_ok=True)
    for file in list(files.values()):
        place = folder / _FILES / file.digest
        if not place.exists():
            _write_whole(place, file.data)
    _write_whole(folder / _STATE, json.dumps(state, ensure_ascii=False).encode())


def load(messenger: Messenger, folder: Path) -> bool:
    """Fill a fresh messenger from a folder; False if nothing was saved there."""
    place = folder / _STATE
    if not place.exists():
        return False
    state = json.loads(place.read_bytes())
    messenger.name = state["name"]
    messenger.next_message_id = state["next_message_id"]
    messenger.next_query_id = state["next_query_id"]
    queue = messenger.updates
    queue.next_id = state["next_update_id"]
    queue.allowed = state["allowed_updates"]
    for item in state["updates"]:
        queue.pending[item["update"]["update_id"]] = item["update"]
        queue.chats[item["update"]["update_id"]] = item["chat"]
    for key, value in state["webhook"].items():
        setattr(messenger.webhook, key, value)
    messenger.queries = {item["id"]: Query(**item) for item in state["queries"]}
    messenger.commands = {(scope, language): commands for scope, language, commands in state["commands"]}
    messenger.profile = {(what, language): value for what, language, value in state["profile"]}
    for item in state["files"]:
        messenger.files.restore(StoredFile(**item, data=(folder / _FILES / item["digest"]).read_bytes()))
    for item in state["chats"]:
        chat = _chat_in(item, messenger.files.by_id)
        messenger.chats[chat.user.id] = chat
    return True


def _write_whole(place: Path, data: bytes) -> None:
    draft = place.with_name(f"{place.name}.new")
    draft.write_bytes(data)
    os.replace(draft, place)


def _file_out(file: StoredFile) -> dict[str, Any]:
    return {field.name: getattr(file, field.name) for field in fields(file) if field.name != "data"}


def _chat_out(chat: Chat) -> dict[str, Any]:
    return {
        "user": asdict(chat.user),
        "unread": chat.unread,
        "links": [asdict(link) for link in chat.links],
        "answers": [asdict(answer) for answer in chat.answers],
        "shown": [[message_id, sorted(data)] for message_id, data in chat.shown.items()],
        "messages": [_message_out(message) for message in chat.messages.values()],
    }


def _message_out(message: ChatMessage) -> dict[str, Any]:
    out = {
        name: value for name, default in _MESSAGE_DEFAULTS.items() if (value := getattr(message, name)) != default
    }
    if message.file is not None:
        out["file"] = message.file.file_id
    if message.keyboard is not None:
        out["keyboard"] = [[asdict(button) for button in row] for row in message.keyboard]
    return out


def _chat_in(item: Mapping[str, Any], files: Mapping[str, StoredFile]) -> Chat:
    chat = Chat(User(**item["user"]), unread=item["unread"])
    chat.links = [Link(**link) for link in item["links"]]
    chat.answers.extend(CallbackAnswer(**answer) for answer in item["answers"])
    chat.shown = {message_id: set(data) for message_id, data in item["shown"]}
    for raw in item["messages"]:
        values = dict(raw)
        if "entities" in values:
            values["entities"] = tuple(values["entities"])
        if "file" in values:
            values["file"] = files[values["file"]]
        if "keyboard" in values:
            values["keyboard"] = tuple(tuple(Button(**button) for button in row) for row in values["keyboard"])
        message = ChatMessage(**values)
        chat.messages[message.id] = message
    return chat
