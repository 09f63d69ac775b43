"""Editing and deleting messages, answering pressed buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiogram.types import InputMediaDocument, InputMediaPhoto

from bot.sandbox.messenger.errors import bad_request, not_implemented
from bot.sandbox.messenger.methods.media import stored
from bot.sandbox.messenger.methods.sending import preview_given
from bot.sandbox.messenger.model import Chat, ChatMessage, MessageKind
from bot.sandbox.messenger.requests import Request
from bot.sandbox.messenger.state import MessengerState
from bot.sandbox.messenger.text import bot_text, utf16_length

ANSWER_LIMIT = 200
_DELETABLE_SECONDS = 48 * 3600


def edit_text(state: MessengerState, request: Request) -> dict[str, Any]:
    method = request.method
    chat, message = _editable(state, request)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, entities = bot_text(method.text, method.parse_mode, method.entities)
    preview = method.link_preview_options
    shown = preview.model_dump(mode="json", include=preview.model_fields_set) if preview_given(preview) else None
    return _replace(state, request, chat, message, text=text, entities=entities, link_preview=shown)


def edit_caption(state: MessengerState, request: Request) -> dict[str, Any]:
    method = request.method
    chat, message = _editable(state, request)
    if message.kind not in ("photo", "document"):
        raise bad_request("there is no caption in the message to edit")
    caption, entities = bot_text(method.caption, method.parse_mode, method.caption_entities, caption=True)
    return _replace(state, request, chat, message, caption=caption, entities=entities)


def edit_media(state: MessengerState, request: Request) -> dict[str, Any]:
    media = request.method.media
    if not isinstance(media, InputMediaPhoto | InputMediaDocument):
        raise not_implemented(f"editMessageMedia with {media.type}")
    honoured = {
        "type",
        "media",
        "caption",
        "parse_mode",
        "caption_entities",
        "disable_content_type_detection",
    }
    if extra := media.model_fields_set - honoured:
        raise not_implemented(f"editMessageMedia with {min(extra)}")
    chat, message = _editable(state, request)
    caption, entities = bot_text(media.caption, media.parse_mode, media.caption_entities, caption=True)
    kind: MessageKind = "photo" if isinstance(media, InputMediaPhoto) else "document"
    file = stored(state, kind, media.media, request.files)
    content = {"kind": kind, "file": file, "text": "", "caption": caption, "entities": entities}
    return _replace(state, request, chat, message, **content)


def edit_markup(state: MessengerState, request: Request) -> dict[str, Any]:
    chat, message = _editable(state, request)
    return _replace(state, request, chat, message)


def delete_message(state: MessengerState, request: Request) -> bool:
    chat = state.chat(request.method.chat_id)
    message = chat.messages.get(request.method.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if state.now - message.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    state.delete(chat, message.id)
    return True


def answer_callback_query(state: MessengerState, request: Request) -> bool:
    method = request.method
    text = method.text or ""
    if utf16_length(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = state.queries.get(method.callback_query_id)
    if query is None or state.stopwatch() - query.at > state.callback_seconds:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    state.answer(query, text, alert=bool(method.show_alert))
    return True


def _editable(state: MessengerState, request: Request) -> tuple[Chat, ChatMessage]:
    method = request.method
    if method.chat_id is None or method.message_id is None:
        raise bad_request("message identifier is not specified")
    chat = state.open_chat(method.chat_id)
    message = chat.messages.get(method.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.removes_keyboard:
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    state: MessengerState, request: Request, chat: Chat, message: ChatMessage, **content: Any
) -> dict[str, Any]:
    # An edit without reply_markup takes the buttons away, as in Telegram.
    keyboard = request.markup.keyboard if request.markup else None
    edited = replace(message, keyboard=keyboard, **content)
    if replace(edited, link_preview=message.link_preview) == message:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as "
            "a current content and reply markup of the message"
        )
    state.flood.spend(chat.user.id)
    edited = replace(edited, edit_date=state.now)
    state.put(chat, edited)
    return state.message_json(chat, edited)


METHODS = {
    "editMessageText": (
        edit_text,
        "chat_id message_id text parse_mode entities link_preview_options reply_markup",
    ),
    "editMessageCaption": (
        edit_caption,
        "chat_id message_id caption parse_mode caption_entities reply_markup",
    ),
    "editMessageMedia": (edit_media, "chat_id message_id media reply_markup"),
    "editMessageReplyMarkup": (edit_markup, "chat_id message_id reply_markup"),
    "deleteMessage": (delete_message, "chat_id message_id"),
    "answerCallbackQuery": (answer_callback_query, "callback_query_id text show_alert cache_time"),
}
