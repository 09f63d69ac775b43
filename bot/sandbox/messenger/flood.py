"""Flood limits: token buckets over an injected clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.messenger.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """Sends and edits a second, and how many may come at once after a pause.

    Telegram: about 30 a second in all, about 1 a second in a chat with short bursts allowed.
    """

    total_per_second: float = 30.0
    total_burst: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 3


class _Bucket:
    __slots__ = ("at", "tokens")

    def __init__(self, tokens: float, at: float) -> None:
        self.tokens = tokens
        self.at = at

    def wait(self, rate: float, burst: int, now: float) -> float:
        """Seconds until a token is there (0: now)."""
        self.tokens = min(float(burst), self.tokens + max(now - self.at, 0.0) * rate)
        self.at = now
        # The last digits of a sum of fractions must not cost a whole second.
        return 0.0 if self.tokens >= 1 - 1e-9 else (1 - self.tokens) / rate


class FloodControl:
    """Counts sends and edits. `limits` may be changed at any time; None switches the control off."""

    def __init__(self, limits: Limits | None, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._total: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message for a chat. Raises ApiError 429 with whole seconds to wait; a refused one is not
        counted.
        """
        limits = self.limits
        if limits is None:
            return
        now = self._clock()
        if self._total is None:
            self._total = _Bucket(limits.total_burst, now)
        chat = self._chats.setdefault(chat_id, _Bucket(limits.chat_burst, now))
        wait = max(
            self._total.wait(limits.total_per_second, limits.total_burst, now),
            chat.wait(limits.chat_per_second, limits.chat_burst, now),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait - 1e-6)))
        self._total.tokens -= 1
        chat.tokens -= 1
