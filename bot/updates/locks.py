"""A lock a person, shared by processes through Redis: with several of them behind one webhook, two updates of
one person may reach two processes."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

HOLD = 120
"""Seconds after which a lock is let go even if the process that held it died."""


class PersonLocks:
    """Locks kept in Redis. While Redis is away people are served without: order may suffer, nothing is lost."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url)

    @asynccontextmanager
    async def __call__(self, person: int) -> AsyncIterator[None]:
        lock = self._redis.lock(f"teacher-support-bot:person:{person}", timeout=HOLD, sleep=0.02)
        try:
            held = await lock.acquire()
        except (RedisError, OSError) as error:
            log.warning("no lock from Redis (%s), going on without", type(error).__name__)
            held = False
        try:
            yield
        finally:
            if held:
                with suppress(RedisError, OSError):
                    await lock.release()

    async def close(self) -> None:
        """Give the connections back."""
        await self._redis.aclose()
