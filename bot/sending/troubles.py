"""When a row that failed is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_WAIT = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=3)
"""How long a row that does not get through is tried: an outage of hours loses nothing."""
TRIES = 8
"""How often a row that cannot be made is tried."""


@dataclass(slots=True)
class _Trouble:
    since: datetime
    unreachable: int = 0
    unmade: int = 0


class Troubles:
    """What went wrong with rows. A new process counts anew: it tries longer, not less."""

    def __init__(self) -> None:
        self._of: dict[int, _Trouble] = {}

    def unreachable(self, row: int, now: datetime) -> timedelta | None:
        """The row did not get through: the time until the next try, or None to give it up."""
        trouble = self._of.setdefault(row, _Trouble(now))
        trouble.unreachable += 1
        return None if now - trouble.since > GIVE_UP_AFTER else _pause(trouble.unreachable)

    def unmade(self, row: int, now: datetime) -> timedelta | None:
        """The row could not be made: the time until the next try, or None to give it up."""
        trouble = self._of.setdefault(row, _Trouble(now))
        trouble.unmade += 1
        return None if trouble.unmade >= TRIES else _pause(trouble.unmade)

    def over(self, row: int) -> None:
        """The row has come to its end."""
        self._of.pop(row, None)


def _pause(failures: int) -> timedelta:
    return min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_WAIT)
