"""Methods of the Bot API that this server has, each a function of the state and a checked request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.messenger.errors import ApiError, not_implemented
from bot.sandbox.messenger.methods import editing, files, profile, receiving, sending
from bot.sandbox.messenger.model import Reply, Upload
from bot.sandbox.messenger.requests import Request, method_class, parse_request
from bot.sandbox.messenger.state import MessengerState

logger = logging.getLogger(__name__)

Handler = Callable[[MessengerState, Request], Any]

# By lower-case name: the function and the parameters it honours (or may rightly ignore in a private chat).
METHODS: dict[str, tuple[Handler, frozenset[str]]] = {
    name.lower(): (handler, frozenset(honoured.split()))
    for module in (sending, editing, files, profile, receiving)
    for name, (handler, honoured) in module.METHODS.items()
}


def execute(state: MessengerState, name: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Reply:
    """Do the method and word its answer, refusals included."""
    chat_id = _chat_id(state, fields)
    try:
        result = _result(state, name, fields, files)
    except ApiError as error:
        if error.code == 501:
            logger.error("%s", error.description)
        payload: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
        if error.retry_after is not None:
            payload["parameters"] = {"retry_after": error.retry_after}
        return Reply(error.code, payload, chat_id, error.description)
    words = fields.get("text") or fields.get("caption") or ""
    return Reply(200, {"ok": True, "result": result}, chat_id, str(words)[:80])


def _result(state: MessengerState, name: str, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> Any:
    found = METHODS.get(name.lower())
    if found is None:
        if method_class(name) is None:
            raise ApiError(404, "Not Found: method not found")
        raise not_implemented(name)
    handler, honoured = found
    return handler(state, parse_request(name, fields, files, honoured))


def _chat_id(state: MessengerState, fields: Mapping[str, Any]) -> int | None:
    if "callback_query_id" in fields:
        query = state.queries.get(str(fields["callback_query_id"]))
        return query.user_id if query else None
    try:
        return int(fields["chat_id"])
    except (KeyError, ValueError, TypeError):
        return None
