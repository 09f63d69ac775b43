"""The real process: from its start to the first answered update, and its memory."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from benchmarks.figures import Section, series
from benchmarks.memory import children, resident_mb
from benchmarks.places import empty_database
from benchmarks.population import account_of, found, random_sheets, settle
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from services.diagnostics.loading import load_instruments
from storage.database import Database

TOKEN = "42:BENCH"
STARTS, QUICK_STARTS = 4, 1
PERSON = account_of(1)
STRANGER = 1
PATIENCE = 60
SETTLE = 1.0
ROOT = Path(__file__).parent.parent


async def measure(quick: bool) -> list[Section]:
    """Starts on a migrated SQLite database; after the last one, a chart."""
    section = Section(
        "start",
        "python -m bot run",
        {"what": "What", "value": "Value", "unit": "Unit"},
        notes=["An update waits at the start; answered: the reply has reached the Bot API (SQLite, polling)."],
    )
    instrument = load_instruments()["boyko"]
    (sheet,) = random_sheets(instrument, 1, seed=1)
    async with empty_database("sqlite") as database:
        await found(database)
        await settle(database, instrument, 1, [sheet[:-1] + "."])
        seconds = []
        starts = QUICK_STARTS if quick else STARTS
        for number in range(starts):
            messenger, server = await _server()
            try:
                began = time.perf_counter()
                async with _bot(server, database) as process:
                    await _until(server, process, partial(_has_answered, messenger, STRANGER))
                    seconds.append(time.perf_counter() - began)
                    last = number == starts - 1
                    memory = await _memory(messenger, server, process) if last else {}
            finally:
                await server.stop()
    section.rows.append({"what": "Cold start to the first answer", "value": series(seconds), "unit": "s"})
    section.rows += [{"what": what, "value": value, "unit": unit} for what, (value, unit) in memory.items()]
    return [section]


async def _server() -> tuple[Messenger, BotApiServer]:
    messenger = Messenger(token=TOKEN)
    server = BotApiServer(messenger)
    await server.start()
    for person in (STRANGER, PERSON):
        messenger.add_user(person, "Мария", "Иванова")
    messenger.write(STRANGER, "/start")
    return messenger, server


@asynccontextmanager
async def _bot(server: BotApiServer, database: Database) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot's own process; it sees none of the operator's settings, and stops as an operator stops it."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": server.url,
        "DATABASE_URL": database.url,
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "ERROR",
    }
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    assert database.file is not None
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=keep | settings, cwd=database.file.parent
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _memory(
    messenger: Messenger, server: BotApiServer, process: asyncio.subprocess.Process
) -> dict[str, tuple[float | None, str]]:
    await asyncio.sleep(SETTLE)
    found_out: dict[str, tuple[float | None, str]] = {"Resident memory, idle": (resident_mb(process.pid), "MB")}
    messenger.write(PERSON, "/start")
    await _until(server, process, partial(_has_answered, messenger, PERSON))
    question = _of_bot(messenger, PERSON)[-1]
    began = time.perf_counter()
    messenger.tap(PERSON, question.id, question.buttons[0].data or "")
    await _until(server, process, lambda: any(message.photo for message in _of_bot(messenger, PERSON)))
    found_out["Last answer to the chart (the first one)"] = (round(time.perf_counter() - began, 2), "s")
    await asyncio.sleep(SETTLE)
    workers = [memory for each in children(process.pid) if (memory := resident_mb(each)) is not None]
    found_out["Resident memory after a chart"] = (resident_mb(process.pid), "MB")
    found_out["Resident memory of its worker"] = (max(workers, default=None), "MB")
    return found_out


async def _until(server: BotApiServer, process: asyncio.subprocess.Process, reached: Callable[[], bool]) -> None:
    await server.until(lambda: reached() or process.returncode is not None, timeout=PATIENCE)
    if process.returncode is not None:
        raise RuntimeError(f"the bot ended with status {process.returncode}")


def _has_answered(messenger: Messenger, person: int) -> bool:
    return bool(_of_bot(messenger, person))


def _of_bot(messenger: Messenger, person: int) -> list[ChatMessage]:
    return [message for message in messenger.history(person) if message.from_bot]
