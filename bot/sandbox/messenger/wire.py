"""Objects of the Bot API as plain dictionaries."""

from __future__ import annotations

from typing import Any

from bot.sandbox.messenger.keyboards import markup_json
from bot.sandbox.messenger.model import Chat, ChatMessage, StoredFile, User


def user_json(user: User) -> dict[str, Any]:
    """User of a person."""
    out: dict[str, Any] = {"id": user.id, "is_bot": False, "first_name": user.first_name}
    if user.last_name:
        out["last_name"] = user.last_name
    out["language_code"] = user.language_code
    return out


def chat_json(user: User) -> dict[str, Any]:
    """The private chat with a person."""
    out: dict[str, Any] = {"id": user.id, "first_name": user.first_name}
    if user.last_name:
        out["last_name"] = user.last_name
    out["type"] = "private"
    return out


def file_json(file: StoredFile) -> dict[str, Any]:
    """The part that all kinds of files share."""
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def message_json(
    chat: Chat, message: ChatMessage, bot: dict[str, Any], *, with_reply: bool = True
) -> dict[str, Any]:
    """Message as the bot sees it; `bot` is the bot's own User."""
    out: dict[str, Any] = {
        "message_id": message.id,
        "from": bot if message.from_bot else user_json(chat.user),
        "chat": chat_json(chat.user),
        "date": message.date,
    }
    if message.edit_date is not None:
        out["edit_date"] = message.edit_date
    if message.forwarded:
        out["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Ирина", "date": message.date}
    if message.reply_to is not None and with_reply and (original := chat.messages.get(message.reply_to)):
        out["reply_to_message"] = message_json(chat, original, bot, with_reply=False)
    if message.protected:
        out["has_protected_content"] = True
    if message.kind == "text":
        out["text"] = message.text
        if message.entities:
            out["entities"] = list(message.entities)
        if message.link_preview:
            out["link_preview_options"] = message.link_preview
    else:
        _add_media(out, message, chat.user)
    if message.keyboard:
        out["reply_markup"] = markup_json(message.keyboard)
    return out


def _add_media(out: dict[str, Any], message: ChatMessage, user: User) -> None:
    file = message.file
    if message.kind == "contact":
        out["contact"] = {"phone_number": message.phone, "first_name": user.first_name, "user_id": user.id}
        return
    assert file is not None
    described = file_json(file)
    match message.kind:
        case "photo":
            out["photo"] = [described | {"width": file.width, "height": file.height}]
        case "document":
            out["document"] = described | {"file_name": file.name, "mime_type": file.mime}
        case "voice":
            out["voice"] = described | {"duration": message.voice_seconds, "mime_type": file.mime}
        case "sticker":
            out["sticker"] = described | {
                "type": "regular",
                "width": file.width,
                "height": file.height,
                "is_animated": False,
                "is_video": False,
                "emoji": message.sticker,
            }
    if message.caption:
        out["caption"] = message.caption
        if message.entities:
            out["caption_entities"] = list(message.entities)
