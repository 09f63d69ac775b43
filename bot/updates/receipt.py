"""When an update may be acknowledged."""

import asyncio

GRACE = 1.0
"""Seconds for which a committed update waits for its reply to be shown before it is acknowledged anyway."""


class Receipt:
    """Tells when an update is settled: handled to the end, or committed and its reply slow to get through.

    Waiting a little for the reply means that a process killed between commit and reply meets the update again,
    finds it handled, and shows the person where they stand. Not waiting longer means that a slow line to one
    person does not hold the rest back.
    """

    def __init__(self, showing: asyncio.Lock | None = None) -> None:
        self.showing = showing or asyncio.Lock()
        """Held while a reply is shown: replies to one person come in the order of what they answer."""
        self._settled = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def settled(self) -> bool:
        return self._settled.is_set()

    def commit(self) -> None:
        """The update's effects are committed."""
        self._timer = asyncio.get_running_loop().call_later(GRACE, self._settled.set)

    def finish(self) -> None:
        """Nothing more will be done about the update."""
        if self._timer is not None:
            self._timer.cancel()
        self._settled.set()

    async def wait(self) -> None:
        """Until the update may be acknowledged."""
        await self._settled.wait()
