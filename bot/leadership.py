"""Whatever the number of processes, one of them has the duties; the others wait to take them over."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from storage.database import Database
from storage.leadership import TROUBLE, leading

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before standing for the leadership again when it was lost or the database is out of reach."""

Duties = Callable[[], Coroutine[Any, Any, None]]


async def lead(database: Database, duties: Duties) -> None:
    """For ever: wait to be the leader, do the duties for as long as that lasts, stand for it again.

    `duties` runs until it is cancelled, and anew with every leadership. Where it ends by itself or fails, another
    process may have its turn.
    """
    while True:
        try:
            async with leading(database) as lost:
                log.info("leading")
                await _serve(duties, lost)
        except TROUBLE as error:
            log.warning("the leadership is out of reach: %s", type(error).__name__)
        await asyncio.sleep(PAUSE)


async def _serve(duties: Duties, lost: asyncio.Event) -> None:
    serving, losing = asyncio.create_task(duties()), asyncio.create_task(lost.wait())
    try:
        await asyncio.wait({serving, losing}, return_when=asyncio.FIRST_COMPLETED)
        if lost.is_set():
            log.warning("the leadership is lost")
    finally:
        serving.cancel()
        losing.cancel()
        await asyncio.gather(serving, losing, return_exceptions=True)
        if not serving.cancelled() and (error := serving.exception()) is not None:
            log.error("the leader's duties failed", exc_info=error)
