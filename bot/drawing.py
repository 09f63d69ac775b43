"""Runs chart functions in one worker process: the event loop stays free, this process never loads matplotlib.

The worker loads this module too, so it imports the standard library only. Start the bot as a module
(`python -m ...`): a worker first imports the script that its parent was started from, unless that is a package.
"""

import asyncio
import logging
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context, parent_process

log = logging.getLogger(__name__)

TIME_LIMIT = 120.0
"""Seconds that one call may take, and the start of the worker with it where none is running: a note of 40 schools
with all its charts takes a busy small server half a minute."""


class DrawingError(Exception):
    """There is no picture: the function failed or took too long, its worker died twice, or drawing is closed."""


class Drawing:
    """One worker process, started for the first chart. Charts are drawn one at a time, in turn."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._turn = asyncio.Lock()
        self._worker: ProcessPoolExecutor | None = None
        self._closed = False

    async def draw(self, function: str, *args: object) -> bytes:
        """The PNG that `function` makes of `args`, which must be picklable.

        `function` is a name like "services.charts.result:draw_result", looked up in the worker. Raises
        DrawingError when there is no picture; its cause is what happened in the worker.
        """
        async with self._turn:
            try:
                return await self._run(function, args)
            except BrokenProcessPool:
                # The chart may be innocent: an idle worker is the first that a system short of memory kills.
                log.warning("the worker died, %s is tried again", function)
            try:
                return await self._run(function, args)
            except BrokenProcessPool as error:
                raise DrawingError(f"the worker died twice in {function}") from error

    async def close(self) -> None:
        """End the worker, even in the middle of a chart, and wait for its end. Nothing is drawn afterwards."""
        self._closed = True
        worker = self._kill()
        if worker is not None:
            await asyncio.to_thread(worker.shutdown, cancel_futures=True)

    async def _run(self, function: str, args: tuple[object, ...]) -> bytes:
        if self._closed:
            raise DrawingError("drawing is closed")
        if self._worker is None:
            self._worker = ProcessPoolExecutor(1, get_context("spawn"), _attach_to_parent)
        try:
            picture = asyncio.wrap_future(self._worker.submit(call, function, args))
            return await asyncio.wait_for(picture, self._time_limit)
        except (BrokenProcessPool, asyncio.CancelledError):
            self._abandon()
            raise
        except TimeoutError as error:
            self._abandon()
            raise DrawingError(f"{function} took more than {self._time_limit:g} s") from error
        except Exception as error:
            log.exception("%s failed", function)
            raise DrawingError(f"{function} failed: {error!r}") from error

    def _abandon(self) -> None:
        """Kill the worker without waiting; the next chart starts another one."""
        worker = self._kill()
        if worker is not None:
            worker.shutdown(wait=False, cancel_futures=True)

    def _kill(self) -> ProcessPoolExecutor | None:
        worker, self._worker = self._worker, None
        if worker is not None:
            # An executor has no public way to end a busy process before Python 3.14 (kill_workers).
            for process in list((worker._processes or {}).values()):
                process.kill()
        return worker


def call(function: str, args: tuple[object, ...]) -> bytes:
    """Find the function by its name and call it: in the worker, or in a command, which keeps nobody waiting."""
    module, _, name = function.partition(":")
    picture = getattr(import_module(module), name)(*args)
    if not isinstance(picture, bytes):
        raise TypeError(f"{function} returned {type(picture).__name__}, not bytes")
    return picture


def _attach_to_parent() -> None:
    """Runs in the worker when it starts: Ctrl+C is for the parent, and the parent's end is the worker's too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent killed with SIGKILL tells nobody, but the pipe that this waits for closes with it.
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
