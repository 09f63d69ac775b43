"""Lanes: updates of one person one after another, those of different people at once."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

from aiogram.types import Update

from bot.updates.receipt import Receipt

log = logging.getLogger(__name__)

Handle = Callable[[Update, Receipt], Awaitable[None]]
Lock = Callable[[int], AbstractAsyncContextManager[object]]


class Lanes:
    """Runs `handle` for every update put in; `lock` keeps a person's order among processes, too."""

    def __init__(self, handle: Handle, lock: Lock | None = None) -> None:
        self._handle = handle
        self._lock = lock or (lambda _: nullcontext())
        self._waiting: dict[int, deque[tuple[Update, Receipt]]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def put(self, update: Update) -> Receipt:
        """Hand in an update; the receipt tells when it may be acknowledged."""
        receipt = Receipt()
        person = whose(update)
        lane = self._waiting.get(person)
        if lane is not None:
            lane.append((update, receipt))
            return receipt
        self._waiting[person] = deque([(update, receipt)])
        task = asyncio.create_task(self._run(person))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return receipt

    async def drain(self, seconds: float) -> None:
        """Wait until everything put in is handled, `seconds` at the most."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    async def _run(self, person: int) -> None:
        lane = self._waiting[person]
        while lane:
            update, receipt = lane[0]
            try:
                async with self._lock(person):
                    await self._handle(update, receipt)
            except Exception:
                log.exception("update %s was not handled", update.update_id)
            finally:
                receipt.finish()
            lane.popleft()
        del self._waiting[person]


def whose(update: Update) -> int:
    """The id of the person an update comes from; 0 where it has none."""
    event = update.message or update.callback_query or update.my_chat_member
    user = getattr(event, "from_user", None)
    return user.id if user is not None else 0
