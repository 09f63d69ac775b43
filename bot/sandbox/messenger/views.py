"""Messages, people and calls as the web page gets them."""

from __future__ import annotations

from html import escape
from typing import Any

from bot.sandbox.messenger.model import Call, Chat, ChatMessage, StoredFile

LAST_TEXT_LENGTH = 120


def message_view(message: ChatMessage) -> dict[str, Any]:
    """A message for the page."""
    photo, document, keyboard = message.photo, message.document, message.keyboard
    return {
        "id": message.id,
        "from": "bot" if message.from_bot else "user",
        "date": message.date,
        "edited": message.edited,
        "html": _html(message),
        "photo": photo and _photo(photo),
        "document": document and {"name": document.name, "size": document.size, "url": _address(document.file_id)},
        "sticker": message.sticker,
        "keyboard": keyboard
        and [
            [
                {"text": button.text, "url": button.url}
                if button.url is not None
                else {"text": button.text, "data": button.data}
                for button in row
            ]
            for row in keyboard
        ],
    }


def call_view(call: Call) -> dict[str, Any]:
    """A call for the page; ms with two digits."""
    return {
        "at": call.at,
        "method": call.method,
        "chat_id": call.chat_id,
        "status": call.status,
        "ms": round(call.ms, 2),
        "summary": call.summary,
    }


def _html(message: ChatMessage) -> str:
    if message.kind == "voice":
        words = f"<br>{message.html}" if message.html else ""
        return f"Голосовое сообщение, {message.voice_seconds} с{words}"
    if message.kind == "contact":
        return f"Телефон: {escape(message.phone or '')}"
    return f"<i>Пересланное сообщение</i><br>{message.html}" if message.forwarded else message.html


def person_view(chat: Chat) -> dict[str, Any]:
    """A person in the list, with the newest message of their chat."""
    user, last = chat.user, next(reversed(chat.messages.values()), None)
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role,
        "hint": user.hint,
        "unread": chat.unread,
        "blocked": user.blocked,
        "last_text": _short(last) if last else "",
        "last_at": last.date if last else 0,
    }


def _photo(file: StoredFile) -> dict[str, Any]:
    return {"url": _address(file.file_id), "name": file.name, "width": file.width, "height": file.height}


def _short(message: ChatMessage) -> str:
    words = " ".join(message.words.split())
    match message.kind:
        case "photo":
            words = words or "Фотография"
        case "document":
            words = words or f"Файл: {message.file.name if message.file else ''}"
        case "sticker":
            words = f"Стикер {message.sticker}"
        case "voice":
            words = "Голосовое сообщение"
        case "contact":
            words = "Телефон"
    return words if len(words) <= LAST_TEXT_LENGTH else f"{words[: LAST_TEXT_LENGTH - 1]}…"


def _address(file_id: str) -> str:
    return f"/chat/files/{file_id}"
