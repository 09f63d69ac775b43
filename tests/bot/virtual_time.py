"""An event loop whose time passes only while nothing is to be done: hours of waiting take no time."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class _Skipping(selectors.DefaultSelector):
    """Does not wait for anything, but says how long it would have."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.skipped += timeout or 0.0
        return super().select(0)


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.skipped


def run_in_virtual_time(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of the work, on a clock that begins at 0 and is `asyncio.get_running_loop().time()`."""
    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        return runner.run(work)
