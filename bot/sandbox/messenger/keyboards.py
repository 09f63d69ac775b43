"""Rules for reply_markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.types import InlineKeyboardButton

from bot.sandbox.messenger.errors import ApiError, bad_request, not_implemented
from bot.sandbox.messenger.links import checked_link
from bot.sandbox.messenger.model import Button, Keyboard
from bot.sandbox.messenger.text import clean

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_DATA_BYTES = 64

# aiogram's own class is the list of what exists; the few that look without acting are told apart by hand.
_FIELDS = frozenset(InlineKeyboardButton.model_fields)
_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style", "disabled"})
_ACTIONS = _FIELDS - _LOOKS


@dataclass(frozen=True, slots=True)
class Markup:
    """reply_markup as understood: an inline keyboard (None when empty) or a request to hide the reply
    keyboard.
    """

    keyboard: Keyboard | None
    removes: bool = False


def parse_markup(raw: object, *, inline_only: bool = False) -> Markup:
    """Check a decoded reply_markup.

    Raises ApiError 400 for broken rules: a button without exactly one action, callback_data outside 1..64
    bytes, an address Telegram would not open, more than 100 buttons or 8 in a row, a field that does not
    exist; 501 for reply keyboards and for kinds of buttons this server has not.
    """
    if not isinstance(raw, Mapping):
        raise bad_request("object expected as reply markup")
    if raw.get("remove_keyboard") is True and not inline_only:
        _only(raw, "remove_keyboard", "selective")
        return Markup(None, removes=True)
    if "inline_keyboard" not in raw:
        if inline_only:
            raise bad_request("inline keyboard expected")
        if "keyboard" in raw or "force_reply" in raw:
            raise not_implemented(f"reply_markup with {next(iter(raw))}")
        raise _unreadable('Field "inline_keyboard" is not found')
    _only(raw, "inline_keyboard")
    rows = raw["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _unreadable('Field "inline_keyboard" must be an Array of Arrays')
    keyboard = tuple(tuple(map(_button, row)) for row in rows if row)
    if any(len(row) > MAX_IN_ROW for row in keyboard):
        raise bad_request(f"reply markup is too long: at most {MAX_IN_ROW} buttons in a row")
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return Markup(keyboard or None)


def markup_json(keyboard: Keyboard) -> dict[str, Any]:
    """An inline keyboard as the Bot API shows it."""
    return {
        "inline_keyboard": [
            [
                {"text": button.text, "url": button.url}
                if button.url is not None
                else {"text": button.text, "callback_data": button.data}
                for button in row
            ]
            for row in keyboard
        ]
    }


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse reply keyboard markup JSON object: {reason}")


def _only(raw: Mapping[str, Any], *names: str) -> None:
    for name in raw:
        if name not in names:
            raise bad_request(f'unknown field "{name}" in reply_markup')


def _button(raw: object) -> Button:
    if not isinstance(raw, Mapping):
        raise _refused("InlineKeyboardButton must be an Object")
    given = raw.keys()
    if not given <= _FIELDS:
        raise bad_request(f'unknown field "{min(given - _FIELDS)}" in an inline keyboard button')
    text = raw.get("text")
    if not isinstance(text, str) or not clean(text).strip():
        raise _refused("Inline keyboard button text must be non-empty")
    actions = given & _ACTIONS
    if not actions:
        raise _refused("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _refused(f"a button must have exactly one action, not {', '.join(sorted(actions))}")
    if extra := (given & _LOOKS) - {"text"}:
        raise not_implemented(f"inline keyboard button with {min(extra)}")
    (action,) = actions
    value = raw[action]
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(clean(value).encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(clean(text), data=value)
    if action == "url":
        address = checked_link(value) if isinstance(value, str) else None
        if address is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        return Button(clean(text), url=address)
    raise not_implemented(f"inline keyboard button with {action}")


def _refused(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
