"""Long polling that acknowledges an update only after its effects are committed.

Telegram acknowledges everything below the offset asked for. So the offset never passes the oldest update that is
not settled; those after it come again with the next poll and are passed over by their numbers.
"""

import asyncio
import logging
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates

from bot.updates.lanes import Lanes
from bot.updates.receipt import Receipt

log = logging.getLogger(__name__)

WAIT = 25
"""Seconds that one poll waits for an update."""
BATCH = 100
BREATH = 0.1
"""Seconds between polls while some updates are not settled yet."""
KINDS = ["message", "callback_query", "my_chat_member"]
LONGEST_PAUSE = 30.0


class Poller:
    """Fetches updates for as long as it runs and puts them into lanes."""

    def __init__(self, bot: Bot, lanes: Lanes) -> None:
        self._bot = bot
        self._lanes = lanes
        self._open: dict[int, Receipt] = {}
        self._next = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises TelegramUnauthorizedError when the token is not accepted."""
        pause = 1.0
        while True:
            try:
                await self._poll()
                pause = 1.0
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except TelegramConflictError:
                log.warning("another process polls with the same token; waiting")
                await asyncio.sleep(3)
            except (AiogramError, TimeoutError, OSError) as error:
                log.warning("polling failed (%s), next try in %.0f s", type(error).__name__, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """Let what is in hand come to its end, and acknowledge it."""
        await self._lanes.drain(10)
        offset = self._offset()
        if offset:
            await self._bot(GetUpdates(offset=offset, limit=1, timeout=0, allowed_updates=KINDS))

    async def _poll(self) -> None:
        waiting = self._unsettled()
        timeout = 0 if waiting else WAIT
        updates = await self._bot(
            GetUpdates(offset=self._offset(), limit=BATCH, timeout=timeout, allowed_updates=KINDS),
            request_timeout=timeout + 15,
        )
        for update in sorted(updates, key=lambda update: update.update_id):
            if update.update_id in self._open:
                continue
            self._open[update.update_id] = self._lanes.put(update)
            self._next = max(self._next, update.update_id + 1)
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH):
                for receipt in self._unsettled():
                    await receipt.wait()

    def _offset(self) -> int:
        """The oldest update that is not settled, or the one after the newest; what is below is forgotten."""
        unsettled = [number for number, receipt in self._open.items() if not receipt.settled]
        offset = min(unsettled) if unsettled else self._next
        self._open = {number: receipt for number, receipt in self._open.items() if number >= offset}
        return offset

    def _unsettled(self) -> list[Receipt]:
        return [receipt for receipt in self._open.values() if not receipt.settled]
