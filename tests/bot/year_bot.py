"""The process of the school year, held by the test."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bot.conftest import ROOT


class BotOfTheYear:
    """The process that ticks and sends; it may be killed at any moment and is forked anew."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._number = 0
        self._child = 0

    async def tick(self, now: datetime, *, line: bool, blocked: list[int], kill_after: float | None) -> None:
        """Let the clock strike; `kill_after` so many seconds of it the process dies, and the next one does it."""
        self._number += 1
        command = {"number": self._number, "now": now.isoformat(), "line": line, "blocked": blocked}
        if not self._child:
            self._child = int(await self._line("pid"))
        self._tell(command)
        if kill_after is not None:
            await asyncio.sleep(kill_after)
            os.kill(self._child, signal.SIGKILL)
            self._child = int(await self._line("pid"))
            self._tell(command)
        while await self._line("done") != str(self._number):
            pass

    def _tell(self, command: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command).encode() + b"\n")

    async def _line(self, kind: str) -> str:
        """The rest of the next line of this kind."""
        assert self._process.stdout is not None
        while True:
            line = (await asyncio.wait_for(self._process.stdout.readline(), 60)).decode()
            assert line, "the process has ended"
            if line.startswith(kind):
                return line.split()[1]


@asynccontextmanager
async def running(url: str, record: Path, log: Path) -> AsyncIterator[BotOfTheYear]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.year_process", url, str(record),
            cwd=record.parent, env=environment, stderr=errors,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            yield BotOfTheYear(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), 20)
            except TimeoutError:
                process.kill()
                await process.wait()
