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


class _Lane:
    """What one person's updates share: those that wait, and the turn to show a reply."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Update, Receipt]] = deque()
        self.showing = asyncio.Lock()
        self.news = asyncio.Event()


class Lanes:
    """Runs `handle` for every update put in; `lock` keeps a person's order among processes, too.

    The next update of a person is handled once the one before is settled: a reply that is slow to get through
    holds back neither it nor, by way of the acknowledgement, other people. Replies keep their order all the same.
    """

    def __init__(self, handle: Handle, lock: Lock | None = None) -> None:
        self._handle = handle
        self._lock = lock or (lambda _: nullcontext())
        self._lanes: dict[int, _Lane] = {}
        self._running: set[asyncio.Task[None]] = set()

    def put(self, update: Update) -> Receipt:
        """Hand in an update; the receipt tells when it may be acknowledged."""
        person = whose(update)
        lane = self._lanes.get(person)
        if lane is None:
            lane = self._lanes[person] = _Lane()
            task = asyncio.create_task(self._run(person, lane))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        receipt = Receipt(lane.showing)
        lane.waiting.append((update, receipt))
        lane.news.set()
        return receipt

    async def drain(self, seconds: float) -> None:
        """Wait until everything put in is handled, `seconds` at the most."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=seconds)

    async def _run(self, person: int, lane: _Lane) -> None:
        unfinished: set[asyncio.Task[None]] = set()
        async with self._lock(person):
            while lane.waiting or unfinished:
                if not lane.waiting:
                    lane.news.clear()
                    await lane.news.wait()
                    continue
                update, receipt = lane.waiting.popleft()
                task = asyncio.create_task(self._finish(update, receipt))
                unfinished.add(task)
                task.add_done_callback(unfinished.discard)
                task.add_done_callback(lambda _: lane.news.set())
                await receipt.wait()
            del self._lanes[person]

    async def _finish(self, update: Update, receipt: Receipt) -> None:
        try:
            await self._handle(update, receipt)
        except Exception:
            log.exception("update %s was not handled", update.update_id)
        receipt.finish()


def whose(update: Update) -> int:
    """The id of the person an update comes from; 0 where it has none."""
    event = update.message or update.callback_query or update.my_chat_member
    user = getattr(event, "from_user", None)
    return user.id if user is not None else 0
