"""getUpdates (without its waiting, which is the server's) and webhooks."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.messenger.errors import ApiError, bad_request
from bot.sandbox.messenger.requests import Request
from bot.sandbox.messenger.state import MessengerState

TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def get_updates(state: MessengerState, request: Request) -> list[dict[str, Any]]:
    method = request.method
    if state.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
            "the webhook first",
        )
    _allow(state, method.allowed_updates)
    if method.offset and state.updates.acknowledge(method.offset):
        state.tell("acknowledged")
    limit = method.limit if method.limit is not None and 1 <= method.limit <= 100 else 100
    return state.faults.deliver(state.updates.first(limit))


def set_webhook(state: MessengerState, request: Request) -> bool:
    method = request.method
    if not method.url:
        return _drop_webhook(state, drop_updates=bool(method.drop_pending_updates))
    # The real server wants https; this one is for one's own machine.
    parts = urlsplit(method.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if method.secret_token is not None and not _SECRET.fullmatch(method.secret_token):
        raise bad_request("secret token contains unallowed characters")
    connections = method.max_connections if method.max_connections is not None else 40
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    _allow(state, method.allowed_updates)
    if method.drop_pending_updates:
        state.updates.clear()
    webhook = state.webhook
    webhook.url, webhook.secret, webhook.max_connections = method.url, method.secret_token or "", connections
    state.tell("update")
    return True


def delete_webhook(state: MessengerState, request: Request) -> bool:
    return _drop_webhook(state, drop_updates=bool(request.method.drop_pending_updates))


def get_webhook_info(state: MessengerState, request: Request) -> dict[str, Any]:
    return state.webhook.info(state.updates)


def _drop_webhook(state: MessengerState, *, drop_updates: bool) -> bool:
    webhook = state.webhook
    webhook.url, webhook.secret = "", ""
    webhook.last_error_date = webhook.last_error_message = None
    if drop_updates:
        state.updates.clear()
    state.tell("acknowledged")
    return True


def _allow(state: MessengerState, kinds: list[str] | None) -> None:
    # An absent list keeps the earlier choice, an empty one returns to the default.
    if kinds is not None:
        state.updates.allowed = list(kinds)


METHODS = {
    "getUpdates": (get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": (set_webhook, "url max_connections allowed_updates drop_pending_updates secret_token"),
    "deleteWebhook": (delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": (get_webhook_info, ""),
}
