"""The sandbox's clock: real time and what it was moved ahead by, which is kept in the sandbox's folder."""

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

FILE = "clock.json"


class MovableClock:
    """Runs like the `real` clock, ahead of it. It goes forward only: what fell due does not fall due again."""

    def __init__(self, folder: Path, real: Callable[[], datetime]) -> None:
        self._place = folder / FILE
        self._real = real
        kept = json.loads(self._place.read_text())["ahead"] if self._place.exists() else 0
        self._ahead = timedelta(seconds=kept)

    def now(self) -> datetime:
        """The present moment by this clock, in UTC."""
        return self._real() + self._ahead

    def seconds(self) -> float:
        """The same in unix seconds."""
        return self.now().timestamp()

    def move(self, by: timedelta) -> None:
        """Move the clock ahead, and remember it. Raises ValueError for a move back."""
        if by < timedelta():
            raise ValueError("the clock goes forward only")
        self._ahead += by
        draft = self._place.with_name(f"{FILE}.new")
        draft.write_text(json.dumps({"ahead": self._ahead.total_seconds()}))
        os.replace(draft, self._place)
