"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from __future__ import annotations

from typing import Any

from bot.sandbox.messenger.errors import bad_request
from bot.sandbox.messenger.methods.media import stored
from bot.sandbox.messenger.model import Chat, ChatMessage, MessageKind
from bot.sandbox.messenger.requests import Request
from bot.sandbox.messenger.state import MessengerState
from bot.sandbox.messenger.text import bot_text

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "upload_document",
        "upload_video",
        "upload_voice",
        "upload_video_note",
        "record_video",
        "record_voice",
        "record_video_note",
        "choose_sticker",
        "find_location",
    }
)


def send_message(state: MessengerState, request: Request) -> dict[str, Any]:
    method = request.method
    chat = state.open_chat(method.chat_id)
    text, entities = bot_text(method.text, method.parse_mode, method.entities)
    preview = method.link_preview_options
    shown = preview.model_dump(mode="json", include=preview.model_fields_set) if preview_given(preview) else None
    return _send(state, request, chat, text=text, entities=entities, link_preview=shown)


def send_photo(state: MessengerState, request: Request) -> dict[str, Any]:
    return _send_file(state, request, "photo", request.method.photo)


def send_document(state: MessengerState, request: Request) -> dict[str, Any]:
    return _send_file(state, request, "document", request.method.document)


def send_chat_action(state: MessengerState, request: Request) -> bool:
    if request.method.action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = state.open_chat(request.method.chat_id)
    state.tell("typing", chat.user.id)
    return True


def preview_given(preview: object) -> bool:
    """Whether link_preview_options were in the request (aiogram leaves a marker of its default otherwise)."""
    return hasattr(preview, "model_fields_set")


def _send_file(state: MessengerState, request: Request, kind: MessageKind, source: object) -> dict[str, Any]:
    method = request.method
    chat = state.open_chat(method.chat_id)
    caption, entities = bot_text(method.caption, method.parse_mode, method.caption_entities, caption=True)
    file = stored(state, kind, source, request.files)
    return _send(state, request, chat, kind=kind, file=file, caption=caption, entities=entities)


def _send(state: MessengerState, request: Request, chat: Chat, **content: Any) -> dict[str, Any]:
    method, markup = request.method, request.markup
    reply_to = _reply_to(chat, method.reply_parameters)
    state.flood.spend(chat.user.id)
    message = ChatMessage(
        state.take_message_id(),
        chat.user.id,
        from_bot=True,
        date=state.now,
        keyboard=markup.keyboard if markup else None,
        removes_keyboard=markup.removes if markup else False,
        protected=method.protect_content is True,
        reply_to=reply_to,
        **content,
    )
    state.put(chat, message)
    return state.message_json(chat, message)


def _reply_to(chat: Chat, parameters: Any) -> int | None:
    if parameters is None:
        return None
    if parameters.message_id in chat.messages:
        return int(parameters.message_id)
    if parameters.allow_sending_without_reply is True:
        return None
    raise bad_request("message to be replied not found")


_COMMON = "chat_id parse_mode reply_markup disable_notification protect_content reply_parameters"

METHODS = {
    "sendMessage": (send_message, f"{_COMMON} text entities link_preview_options"),
    "sendPhoto": (send_photo, f"{_COMMON} photo caption caption_entities"),
    "sendDocument": (
        send_document,
        f"{_COMMON} document caption caption_entities disable_content_type_detection",
    ),
    "sendChatAction": (send_chat_action, "chat_id action"),
}
