"""Troubles on demand: what a bad network and a bad day of Telegram look like to a bot."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.messenger.errors import too_many_requests
from bot.sandbox.messenger.model import Reply

FaultKind = Literal["flood", "error", "hang", "drop", "drop_after", "duplicate", "reorder"]
_OF_UPDATES = ("duplicate", "reorder")


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble.

    kind: `flood` answers 429 with `retry_after`; `error` answers `status` (500 or 502) with an HTML body;
    `hang` acts at once and answers only after `seconds`; `drop` closes the connection without acting,
    `drop_after` acts and closes it without an answer; `duplicate` delivers every update of a batch twice;
    `reorder` shuffles a batch.
    method: a Bot API method; None means any but getUpdates. The last two kinds ignore it.
    times: how often it strikes (None: without end); for the last two kinds, in how many batches.
    probability: chance to strike when it could. chat_id: only calls with this chat_id.
    """

    kind: FaultKind
    method: str | None = None
    times: int | None = 1
    probability: float = 1.0
    chat_id: int | None = None
    retry_after: int = 1
    status: int = 502
    seconds: float = 0.0

    def answer(self, chat_id: int | None) -> tuple[Reply, str | None]:
        """What a `flood` (JSON) or an `error` (an HTML page) answers instead of acting."""
        if self.kind == "flood":
            error = too_many_requests(self.retry_after)
            payload: dict[str, Any] = {"ok": False, "error_code": 429, "description": error.description}
            payload["parameters"] = {"retry_after": self.retry_after}
            return Reply(429, payload, chat_id, error.description), None
        title = "Bad Gateway" if self.status == 502 else "Internal Server Error"
        page = f"<html><head><title>{self.status} {title}</title></head><body><h1>{title}</h1></body></html>"
        return Reply(self.status, {}, chat_id, title), page


@dataclass(slots=True)
class _Armed:
    fault: Fault
    left: int | None


class Faults:
    """The faults in force; chances come from a seeded random, so a run can be repeated."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        """Put a fault in force after those that already are."""
        self._armed.append(_Armed(fault, fault.times))

    def clear(self) -> None:
        """Everything works again."""
        self._armed.clear()

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, if any; it is used up by that."""
        if not self._armed:
            return None
        name = method.lower()
        for armed in self._armed:
            fault = armed.fault
            if fault.kind in _OF_UPDATES or (fault.chat_id is not None and fault.chat_id != chat_id):
                continue
            meant = name != "getupdates" if fault.method is None else name == fault.method.lower()
            if meant and self._hits(armed):
                return fault
        return None

    def deliver(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A batch of updates as it goes out: the same list, or one with doubles, or out of order."""
        if not batch or not self._armed:
            return batch
        out = list(batch)
        for armed in list(self._armed):
            if armed.fault.kind == "duplicate" and self._hits(armed):
                out = [update for update in out for _ in range(2)]
            elif armed.fault.kind == "reorder" and len(out) > 1 and self._hits(armed):
                before = list(out)
                while out == before and any(update is not out[0] for update in out):
                    self._random.shuffle(out)
        return out

    def _hits(self, armed: _Armed) -> bool:
        if armed.left == 0 or (armed.fault.probability < 1 and self._random.random() >= armed.fault.probability):
            return False
        if armed.left is not None:
            armed.left -= 1
            if armed.left == 0:
                self._armed.remove(armed)
        return True
