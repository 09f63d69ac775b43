"""Whether Telegram can be reached: several failures in a row mean that nothing gets through for now."""

import time
from collections.abc import Callable

ENOUGH = 5
"""Failures in a row after which the line is down."""
LONGEST = 30.0
"""Seconds, at most, between tries of a line that is down."""


class Line:
    """The line to Telegram. When it is down, one message tries it after a pause, which grows."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._pause = 0.0
        self._until = 0.0

    @property
    def is_down(self) -> bool:
        """Whether nothing got through lately: one message at a time may try."""
        return self._pause > 0

    def pause_left(self) -> float:
        """Seconds for which not even one message is to be sent."""
        return max(self._until - self._clock(), 0.0)

    def worked(self) -> None:
        """Telegram has answered, whatever it said."""
        self._failures, self._pause, self._until = 0, 0.0, 0.0

    def failed(self) -> None:
        """A message did not get through."""
        self._failures += 1
        # Those that were on the way when the line broke tell nothing new.
        if self._failures >= ENOUGH and not self.pause_left():
            self._pause = min(max(2 * self._pause, 1.0), LONGEST)
            self._until = self._clock() + self._pause
