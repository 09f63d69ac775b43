"""A lock a person, shared by processes through Redis: with several of them behind one webhook, two updates of
one person may reach two processes."""

from contextlib import AbstractAsyncContextManager

from redis.asyncio import Redis

HOLD = 120
"""Seconds after which a lock is let go even if the process that held it died."""


class PersonLocks:
    """Locks kept in Redis. Raises redis.exceptions.RedisError when it is out of reach."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url)

    def __call__(self, person: int) -> AbstractAsyncContextManager[object]:
        return self._redis.lock(f"teacher-support-bot:person:{person}", timeout=HOLD, sleep=0.02)

    async def close(self) -> None:
        await self._redis.aclose()
