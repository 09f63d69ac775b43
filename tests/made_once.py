"""What every town would make anew, and what costs more than the test itself, is made once a process.

Only what these tests do not look at: certificates of a client that speaks to our own server, instruments read from
our own files, a worker that draws, the disk that has everything before a commit ends.
"""

import asyncio
import ssl
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from typing import Any, ClassVar

import aiogram.client.session.aiohttp as client
import pytest
from sqlalchemy import event

from bot import drawing, wiring
from services.diagnostics.loading import load_versions
from storage.database import Database


class KeptDrawing(drawing.Drawing):
    """Drawing whose worker stays for the next town; what was given up is drawn to its end and thrown away.

    How workers are ended and replaced is tested with drawing itself.
    """

    _kept: ClassVar[ProcessPoolExecutor | None] = None

    async def _run(self, function: str, args: tuple[object, ...]) -> bytes:
        if self._closed:
            raise drawing.DrawingError("drawing is closed")
        if KeptDrawing._kept is None:
            KeptDrawing._kept = ProcessPoolExecutor(1, get_context("spawn"), drawing._attach_to_parent)
        picture = asyncio.wrap_future(KeptDrawing._kept.submit(drawing.call, function, args))
        try:
            return await asyncio.wait_for(picture, self._time_limit)
        except Exception as error:
            raise drawing.DrawingError(f"{function} failed: {error!r}") from error

    @classmethod
    def end(cls) -> None:
        """End the worker, even in the middle of a picture."""
        kept, cls._kept = cls._kept, None
        if kept is not None:
            for process in list((kept._processes or {}).values()):
                process.kill()
            kept.shutdown(cancel_futures=True)


class HurriedDatabase(Database):
    """A database that does not wait for the disk: no power is cut in these tests."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if self.file is not None:
            for engine in (self._writer.sync_engine, self._reader.sync_engine, self._at_once):
                event.listen(engine, "connect", _hurry)


def _hurry(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


async def _close_at_once(session: client.AiohttpSession) -> None:
    """As aiogram closes it, without a quarter of a second for connections with TLS, which tests have none of."""
    if session._session is not None and not session._session.closed:
        await session._session.close()


@contextmanager
def made_once() -> Iterator[None]:
    """While it lasts, houses share all that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client.ssl, "create_default_context", cache(ssl.create_default_context))
        patch.setattr(client.AiohttpSession, "close", _close_at_once)
        patch.setattr(wiring, "load_versions", cache(lambda: tuple(load_versions())))
        patch.setattr(wiring, "Drawing", KeptDrawing)
        patch.setattr(wiring, "Database", HurriedDatabase)
        yield
    KeptDrawing.end()
