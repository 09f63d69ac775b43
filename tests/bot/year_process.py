"""The clock's tick and the sender as a process that can be killed at any moment and is there again at once.

It is forked off one that has loaded everything and done nothing. Telegram is a file that messages are added to.
Run as `python -m tests.bot.year_process URL RECORD`, it tells the number of each process that it forks, then what
that one answers to the commands of its standard input.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError
from aiogram.methods import SendMessage, TelegramMethod

from bot import wiring
from bot.parcels.making import Parcels
from bot.sending.line import Line
from bot.sending.pace import Pace
from bot.sending.sender import Sender
from bot.settings import load_settings
from bot.ticks.digests import tend_digests
from bot.ticks.routes import tend_routes
from tests.made_once import made_once
from tests.town import TOKEN


class World:
    """What is outside: the time, Telegram's line, and who has blocked the bot."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-09-01T00:00:00+03:00")
        self.line = True
        self.blocked: frozenset[int] = frozenset()

    def set(self, command: dict[str, Any]) -> None:
        self.now = datetime.fromisoformat(command["now"])
        self.line = command["line"]
        self.blocked = frozenset(command["blocked"])


class Record(BaseSession):
    """Adds what is sent to a file, where it stays whatever becomes of the process."""

    def __init__(self, world: World, path: str) -> None:
        super().__init__()
        self._world = world
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        if not self._world.line:
            raise TelegramNetworkError(method=method, message="the line is down")
        if not isinstance(method, SendMessage):
            raise TypeError(type(method).__name__)
        if method.chat_id in self._world.blocked:
            raise TelegramForbiddenError(method=method, message="bot was blocked by the user")
        line = {"now": self._world.now.isoformat(), "chat": method.chat_id, "text": method.text}
        os.write(self._file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        await asyncio.sleep(0)
        return True

    async def close(self) -> None:
        pass

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise NotImplementedError
        yield b""


async def serve(house: wiring.House, world: World, record: str) -> None:
    """Do one command after another."""
    post = Bot(TOKEN, session=Record(world, record))
    parcels = Parcels(house.database, house.desk, house.drawing)
    line = Line(lambda: world.now.timestamp())
    sender = Sender(post, house.database, house.desk, parcels, Pace(0), line)
    await sender.take_over()
    tell(f"pid {os.getpid()}")
    # Nothing else runs while it waits for a command.
    while given := os.read(0, 1 << 20):
        for command in map(json.loads, given.splitlines()):
            world.set(command)
            await tend_routes(house.database, house.desk, world.now)
            await tend_digests(house.database, house.desk, world.now)
            await sender.deliver_due()
            tell(f"done {command['number']}")
    os._exit(0)


def tell(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def main() -> None:
    url, record = sys.argv[1:]
    world = World()
    with made_once():
        house = wiring.build(load_settings(bot_token=TOKEN, database_url=url), lambda: world.now)
    house.desk.quiet.allows(world.now)
    while True:
        child = os.fork()
        if child == 0:
            asyncio.run(serve(house, world, record))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break


if __name__ == "__main__":
    main()
