"""Telegram's limits on what a bot sends, kept from our side: about 30 messages a second in all, 1 in a chat.

Two token buckets that mirror those at the other end. Replies that somebody waits for are counted and go at once;
queued messages leave a part of the bucket to them, so that a mass send never makes a tap wait.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

SHARE = 0.98
"""Of the permitted rate: two clocks and a network never agree to the last message."""
CHAT_RATE, CHAT_BURST = 1.0, 3.0
"""Messages a second in one chat, and how many may come at once after a pause."""
CHAT_LEFT = 1.0
"""What queued messages leave in a chat to a reply that may be asked for meanwhile."""
QUICK_LEFT, MASS_LEFT = 0.25, 0.5
"""The part of a second's messages that queued ones leave to live replies, and mass ones to the others."""
PATIENCE = 2.0
"""Seconds that a queued message waits for its turn in hand; for longer it goes back into the queue."""


class LongWaitError(Exception):
    """The turn does not come soon: ask again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class _Bucket:
    __slots__ = ("at", "burst", "rate", "tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst = rate, burst
        self.tokens, self.at = burst, now

    def wait(self, now: float, leaving: float = 0.0) -> float:
        """Seconds until a token is there beside those that are left (0: now)."""
        if now > self.at:
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
            self.at = now
        missing = 1 + leaving - self.tokens
        # The last digits of a sum of fractions are worth no wait.
        return max(self.at - now, 0.0) + (missing / self.rate if missing > 1e-6 else 0.0)

    def shut(self, until: float) -> None:
        """Empty until that moment."""
        if until > self.at:
            self.tokens, self.at = 0.0, until


class Pace:
    """The pace of one bot: `per_second` messages in all, 0 for no limits at all."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._free = not per_second
        self._clock = clock
        self._second = float(per_second)
        self._total = _Bucket(SHARE * per_second or 1.0, self._second, clock())
        self._chats: OrderedDict[int, _Bucket] = OrderedDict()
        self._shut_until = 0.0
        # One waits for the total at a time, so that turns come in the order of asking.
        self._quick, self._mass = asyncio.Lock(), asyncio.Lock()

    async def live(self, chat_id: int) -> None:
        """Count a message that somebody waits for. It waits only when the messages of all are used up."""
        if self._free:
            return
        now = self._clock()
        chat = self._chat(chat_id, now)
        # A finger may be faster than the limit; nobody is to be silent for longer because of that.
        chat.tokens = max(chat.tokens - 1, -1.0)
        wait = self._total.wait(now)
        self._total.tokens -= 1
        if wait:
            await asyncio.sleep(wait)

    async def turn(self, chat_id: int, *, mass: bool) -> None:
        """Wait until a queued message may go, and count it. Raises LongWaitError when that is not soon."""
        if self._free:
            return
        now = self._clock()
        chat = self._chat(chat_id, now)
        wait = max(chat.wait(now, CHAT_LEFT), self.shut_for())
        if wait > PATIENCE:
            raise LongWaitError(wait)
        chat.tokens -= 1
        await asyncio.sleep(wait)
        leaving = self._second * (MASS_LEFT if mass else QUICK_LEFT)
        async with self._mass if mass else self._quick:
            while wait := max(self._total.wait(self._clock(), leaving), self.shut_for()):
                if self.shut_for() > PATIENCE:
                    raise LongWaitError(wait)
                await asyncio.sleep(wait)
            self._total.tokens -= 1

    def shut_for(self) -> float:
        """Seconds for which Telegram takes no queued message at all."""
        return max(self._shut_until - self._clock(), 0.0)

    def refused(self, chat_id: int, seconds: float) -> None:
        """Telegram asks to wait: for the chat, and for all queued messages unless the chat itself had too many."""
        if self._free:
            return
        now = self._clock()
        chat = self._chat(chat_id, now)
        if chat.tokens >= 1:
            self._shut_until = max(self._shut_until, now + seconds)
        chat.shut(now + seconds)

    def _chat(self, chat_id: int, now: float) -> _Bucket:
        chat = self._chats.setdefault(chat_id, _Bucket(CHAT_RATE, CHAT_BURST, now))
        self._chats.move_to_end(chat_id)
        chat.wait(now)
        # Whoever was not written to for as long as it takes to fill a bucket has a full one, as a new one is.
        while next(iter(self._chats.values())).at < now - (CHAT_BURST + 1) / CHAT_RATE:
            self._chats.popitem(last=False)
        return chat
