"""Rounds over real HTTP: the bot polls a Bot API in another process, where people tap."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.answers.bare import bare_dispatcher
from benchmarks.answers.phones import TOKEN, Order, serve
from benchmarks.answers.plan import Plan
from benchmarks.answers.round import Round
from bot.updates.polling import Poller
from bot.wiring import House

BARE, OURS = 0, 1


class Line:
    """The process with the servers: `urls` has that of the bare bot and that of ours."""

    def __init__(self, pipe: Connection, urls: list[str]) -> None:
        self._pipe = pipe
        self.urls = urls

    async def run(self, server: int, plan: Plan) -> Round:
        """Let the people of a server carry out the plan. Raises RuntimeError when it does not come to an end."""
        cpu = time.process_time()
        self._pipe.send(Order(server, plan))
        seconds = await asyncio.to_thread(self._pipe.recv)
        if seconds is None:
            raise RuntimeError("some answers never got through")
        return Round(plan.answers, seconds, time.process_time() - cpu)


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    """The other process, ended afterwards."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Line(ours, await asyncio.to_thread(ours.recv))
        ours.send(None)
        await asyncio.to_thread(process.join, 5)
    finally:
        process.kill()
        process.join()


@asynccontextmanager
async def bare_bot(url: str) -> AsyncIterator[None]:
    """The bare bot, polling as aiogram does."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = bare_dispatcher()
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False, polling_timeout=25)
    )
    try:
        yield
    finally:
        with suppress(RuntimeError):
            await dispatcher.stop_polling()
        await polling
        await bot.session.close()


@asynccontextmanager
async def our_bot(house: House) -> AsyncIterator[None]:
    """Our bot, polling as it does in earnest."""
    polling = asyncio.create_task(Poller(house.bot, house.lanes).run())
    try:
        yield
    finally:
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
