"""The sender: takes rows of the outbox as long as it has hands free, and sees to it that each is delivered.

A row is marked `sending` in a commit before its send. A process killed in between leaves the row marked; whoever
takes over sends it again: perhaps twice, but never lost.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from aiogram import Bot

from bot.parcels.making import Parcels
from bot.sending.delivery import Delivery
from bot.sending.line import Line
from bot.sending.pace import Pace
from handlers.visit import Desk
from services.delivery.model import HEAVY, MASS, Kind, Parcel
from storage.database import Database
from storage.outbox import OutboxTable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
POLL = 1.0
"""Seconds between looks at the outbox when nothing wakes the sender."""
LAST_WORDS = 10.0
"""Seconds that messages on their way are given when the sender stops."""


@dataclass(frozen=True, slots=True)
class Window:
    """Up to `size` rows of these kinds are in hand at once; more are fetched when `room` of them are free."""

    kinds: tuple[Kind, ...]
    size: int
    room: int = 1


WINDOWS = (
    Window(tuple(kind for kind in Kind if kind not in (*MASS, *HEAVY)), 10),
    Window(HEAVY, 4),
    Window(MASS, 30, room=15),
)
"""What is waited for, what is slowly made, and what is sent to many: none stands behind another."""


class Sender:
    """Delivers the outbox for as long as it runs. `post` is a client of its own: its calls are counted here."""

    def __init__(
        self, post: Bot, database: Database, desk: Desk, parcels: Parcels, pace: Pace, line: Line
    ) -> None:
        self._post = post
        self._database = database
        self._desk = desk
        self._pace = pace
        self._line = line
        self._delivery = Delivery(post, database, desk, parcels, pace, line)
        self._in_hand: dict[int, tuple[Window, asyncio.Task[None]]] = {}
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._awake.set()

    async def take_over(self) -> None:
        """Whoever was sending before is gone: what they held is due again."""
        async with self._database.write() as connection:
            await OutboxTable(connection).release_all()
            await connection.commit()

    async def run(self) -> None:
        """Deliver what is due, for ever; cancelled, let what is on its way arrive."""
        try:
            while True:
                self._awake.clear()
                rest = POLL
                try:
                    if await self._take():
                        continue
                    rest = await self._until_next()
                except Exception:
                    log.exception("the outbox could not be read")
                # Not wait_for: woken at the moment of being cancelled, it would go on for ever.
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._awake.wait()
        finally:
            await self._stop()

    async def deliver_due(self) -> int:
        """Deliver everything that is due now and come to an end; how many rows were taken."""
        taken = 0
        while True:
            taken += await self._take()
            if not self._in_hand:
                return taken
            await asyncio.wait([task for _, task in self._in_hand.values()], return_when=asyncio.FIRST_COMPLETED)
            # The end of a task is noticed one round later.
            await asyncio.sleep(0)

    async def close(self) -> None:
        """Give the connections back."""
        with suppress(Exception):
            await self._post.session.close()

    async def _take(self) -> int:
        """Take as many due rows as there is room for, and set out with them; how many."""
        now = self._desk.clock()
        taken: list[tuple[Window, Parcel]] = []
        if not (rooms := self._rooms()):
            return 0
        async with self._database.read() as connection:
            outbox = OutboxTable(connection)
            rooms = [(one, room) for one, room in rooms if await outbox.is_due(now, one.kinds, [*self._in_hand])]
        if not rooms:
            return 0
        async with self._database.write() as connection:
            for window, room in rooms[:1] if self._line.is_down else rooms:
                parcels = await OutboxTable(connection).take(now, LEASE, room, window.kinds, [*self._in_hand])
                taken += [(window, parcel) for parcel in parcels]
            await connection.commit()
        for window, parcel in taken:
            task = asyncio.create_task(self._delivery.deliver(parcel))
            self._in_hand[parcel.id] = window, task
            task.add_done_callback(partial(self._ended, parcel.id))
        return len(taken)

    def _rooms(self) -> Sequence[tuple[Window, int]]:
        """Where more may be taken, and how much."""
        if self._line.pause_left() or self._pace.shut_for():
            return []
        if self._line.is_down:
            return [] if self._in_hand else [(window, 1) for window in WINDOWS]
        rooms = [(window, window.size - self._held(window)) for window in WINDOWS]
        return [(window, room) for window, room in rooms if room >= window.room]

    def _held(self, window: Window) -> int:
        return sum(each is window for each, _ in self._in_hand.values())

    def _ended(self, row: int, _: asyncio.Task[None]) -> None:
        window, _ = self._in_hand.pop(row)
        if not self._in_hand or window.size - self._held(window) == window.room:
            self._awake.set()

    async def _until_next(self) -> float:
        """Seconds until there is a reason to look again."""
        async with self._database.read() as connection:
            due = await OutboxTable(connection).next_due(self._desk.clock())
        return min(POLL, self._seconds_until(due)) if due is not None else POLL

    def _seconds_until(self, moment: datetime) -> float:
        return max((moment - self._desk.clock()).total_seconds(), 0.0)

    async def _stop(self) -> None:
        on_the_way = []
        for row, (_, task) in self._in_hand.items():
            if row in self._delivery.on_the_way:
                on_the_way.append(task)
            else:
                task.cancel()
        if on_the_way:
            _, late = await asyncio.wait(on_the_way, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
        await asyncio.gather(*(task for _, task in self._in_hand.values()), return_exceptions=True)
