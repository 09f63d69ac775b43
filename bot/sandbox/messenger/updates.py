"""The queue of updates a bot has not acknowledged yet, and the bookkeeping of its webhook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIRST_UPDATE_ID = 700_000_001
# Telegram sends these kinds unless a bot names others; this server makes no further kinds.
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


class UpdateQueue:
    """Updates in order, with ids that follow one another."""

    def __init__(self) -> None:
        self.next_id = FIRST_UPDATE_ID
        self.pending: dict[int, dict[str, Any]] = {}
        self.chats: dict[int, int] = {}
        self.allowed: list[str] = []

    def put(self, kind: str, chat_id: int, payload: dict[str, Any]) -> bool:
        """Queue an update of a chat; False if the bot did not ask for this kind."""
        if self.allowed and kind not in self.allowed:
            return False
        self.pending[self.next_id] = {"update_id": self.next_id, kind: payload}
        self.chats[self.next_id] = chat_id
        self.next_id += 1
        return True

    def acknowledge(self, offset: int) -> int:
        """Forget updates before `offset`; a negative one keeps only so many of the last. Returns how many
        went.
        """
        if offset < 0:
            gone = list(self.pending)[:offset]
        else:
            gone = []
            for update_id in self.pending:
                if update_id >= offset:
                    break
                gone.append(update_id)
        for update_id in gone:
            self.remove(update_id)
        return len(gone)

    def first(self, limit: int) -> list[dict[str, Any]]:
        """At most `limit` of the oldest."""
        if len(self.pending) <= limit:
            return list(self.pending.values())
        return [update for update, _ in zip(self.pending.values(), range(limit), strict=False)]

    def remove(self, update_id: int) -> None:
        """Forget one update."""
        self.pending.pop(update_id, None)
        self.chats.pop(update_id, None)

    def clear(self) -> None:
        """Forget all (drop_pending_updates)."""
        self.pending.clear()
        self.chats.clear()


@dataclass(slots=True)
class Webhook:
    """Where updates are posted ("" means nowhere) and how that goes.

    Updates of one chat go one after another, of different chats at once, at most `max_connections`.
    """

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None
    in_flight: dict[int, int] = field(default_factory=dict)

    def startable(self, queue: UpdateQueue) -> list[dict[str, Any]]:
        """Updates to post now; they count as in flight until `finished`."""
        if not self.url:
            return []
        out = []
        busy = set(self.in_flight.values())
        for update_id, update in queue.pending.items():
            if len(self.in_flight) >= self.max_connections:
                break
            chat_id = queue.chats[update_id]
            if update_id not in self.in_flight and chat_id not in busy:
                busy.add(chat_id)
                self.in_flight[update_id] = chat_id
                out.append(update)
        return out

    def failed(self, reason: str, now: float) -> None:
        """Remember the last failure for getWebhookInfo."""
        self.last_error_date = int(now)
        self.last_error_message = reason

    def finished(self, update_id: int) -> None:
        """The update was delivered, or its webhook is no more."""
        self.in_flight.pop(update_id, None)

    def info(self, queue: UpdateQueue) -> dict[str, Any]:
        """The answer of getWebhookInfo."""
        out: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(queue.pending),
        }
        if self.url:
            out["max_connections"] = self.max_connections
        if queue.allowed:
            out["allowed_updates"] = queue.allowed
        if self.last_error_date is not None:
            out |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error_message}
        return out
