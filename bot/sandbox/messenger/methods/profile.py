"""Who the bot is: getMe, commands, name and descriptions."""

from __future__ import annotations

import re
from typing import Any

from aiogram.types import BotCommandScopeAllPrivateChats, BotCommandScopeChat, BotCommandScopeDefault

from bot.sandbox.messenger.errors import bad_request, not_implemented
from bot.sandbox.messenger.requests import Request
from bot.sandbox.messenger.state import MessengerState
from bot.sandbox.messenger.text import utf16_length

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def get_me(state: MessengerState, request: Request) -> dict[str, Any]:
    return state.bot_json | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(state: MessengerState, request: Request) -> bool:
    commands = request.method.commands
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for item in commands:
        if item.is_ephemeral:
            raise not_implemented("ephemeral commands")
        name = item.command.removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        description = item.description.strip()
        if not 1 <= utf16_length(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    state.commands[_place(state, request)] = kept
    state.tell("commands")
    return True


def get_commands(state: MessengerState, request: Request) -> list[dict[str, str]]:
    return state.commands.get(_place(state, request), [])


def delete_commands(state: MessengerState, request: Request) -> bool:
    state.commands.pop(_place(state, request), None)
    state.tell("commands")
    return True


def set_name(state: MessengerState, request: Request) -> bool:
    return _set(state, request, "name", 64)


def set_description(state: MessengerState, request: Request) -> bool:
    return _set(state, request, "description", 512)


def set_short_description(state: MessengerState, request: Request) -> bool:
    return _set(state, request, "short_description", 120)


def _set(state: MessengerState, request: Request, what: str, limit: int) -> bool:
    value = getattr(request.method, what) or ""
    if utf16_length(value) > limit:
        raise bad_request(f"BOT_{what.upper()}_TOO_LONG")
    language = _language(request.method.language_code)
    if what == "name" and not language and value:
        state.name = value
    state.profile[what, language] = value
    state.tell("people")
    return True


def _place(state: MessengerState, request: Request) -> tuple[str, str]:
    scope = request.method.scope
    language = _language(request.method.language_code)
    if scope is None or isinstance(scope, BotCommandScopeDefault):
        return "default", language
    if isinstance(scope, BotCommandScopeAllPrivateChats):
        return "all_private_chats", language
    if isinstance(scope, BotCommandScopeChat):
        return f"chat:{state.chat(scope.chat_id).user.id}", language
    raise not_implemented(f"command scope {scope.type}")


def _language(code: str | None) -> str:
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code or ""


METHODS = {
    "getMe": (get_me, ""),
    "setMyCommands": (set_commands, "commands scope language_code"),
    "getMyCommands": (get_commands, "scope language_code"),
    "deleteMyCommands": (delete_commands, "scope language_code"),
    "setMyName": (set_name, "name language_code"),
    "setMyDescription": (set_description, "description language_code"),
    "setMyShortDescription": (set_short_description, "short_description language_code"),
}
