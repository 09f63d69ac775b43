"""Floods from one person: what comes faster than anybody taps is dropped, and the person is told so."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from services.people.model import Account

BURST = 90
"""How many events may come at once: a whole test of 84 items, however fast and whatever the rate."""
ACCOUNTS = 10_000
"""How many people are remembered; whoever has been quiet for the longest is forgotten first."""
QUIET = 60.0
"""Seconds between two messages about the same flood."""

TOO_FAST = "Слишком много нажатий подряд. Подождите минуту — всё принятое сохранено."


class Verdict(Enum):
    """What to do about an event: take it, drop it and say so, or drop it silently."""

    TAKE = "take"
    WARN = "warn"
    DROP = "drop"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    warned_at: float | None = None


class Throttle:
    """A token bucket for each account; `per_minute` events a minute pass in the long run."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._clock = clock
        self._buckets: OrderedDict[Account, _Bucket] = OrderedDict()

    def judge(self, account: Account) -> Verdict:
        """The verdict on one more event of the account, which counts from now on."""
        now = self._clock()
        bucket = self._bucket(account, now)
        bucket.tokens = min(BURST, bucket.tokens + (now - bucket.filled_at) * self._rate)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Verdict.TAKE
        if bucket.warned_at is None or now - bucket.warned_at >= QUIET:
            bucket.warned_at = now
            return Verdict.WARN
        return Verdict.DROP

    def _bucket(self, account: Account, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(account, _Bucket(BURST, now))
        self._buckets.move_to_end(account)
        if len(self._buckets) > ACCOUNTS:
            self._buckets.popitem(last=False)
        return bucket
