"""The other end of a mailing: who gets what, how fast taps are answered; also as a Bot API in its own process."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from bot.sandbox.messenger.flood import Limits
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage, Event
from bot.sandbox.server import BotApiServer

TOKEN = "42:BENCH"
TIME_LIMIT = 600.0


class Arrivals:
    """Counts messages with certain words, and what the bot was refused, by status."""

    def __init__(self, words: str) -> None:
        self.got: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self.times: list[float] = []
        """When messages and edits of any kind came, in seconds."""
        self._words = words

    @property
    def doubles(self) -> int:
        return sum(count - 1 for count in self.got.values())

    @property
    def rate(self) -> float:
        """Messages and edits a second, once the burst at the start is over."""
        steady = [at for at in self.times if at > self.times[0] + 1]
        return (len(steady) - 1) / (steady[-1] - steady[0]) if len(steady) > 1 else 0.0

    def notice(self, event: Event) -> None:
        if event.kind == "call" and event.call is not None and event.call.status != 200:
            self.refused[event.call.status] += 1
        message = event.message if event.kind in ("message", "edit") else None
        if message is None or not message.from_bot:
            return
        self.times.append(time.monotonic())
        if event.kind == "message" and self._words in message.text:
            self.got[message.chat_id] += 1


@contextmanager
def arrivals(messenger: Messenger, words: str) -> Iterator[Arrivals]:
    """While it lasts, messages with these words are counted."""
    seen = Arrivals(words)
    end = messenger.listen(seen.notice)
    yield seen
    end()


class Tapper:
    """Somebody who turns between the menu and the help; `seconds` is how long each tap took to show."""

    def __init__(self, server: BotApiServer, account: int) -> None:
        self._server = server
        self._account = account
        self._chance = random.Random(account)
        self.seconds: list[float] = []

    async def go_on(self) -> None:
        """Tap for ever. Raises TimeoutError when a tap is not answered within ten seconds."""
        messenger = self._server.messenger
        asked = messenger.write(self._account, "/menu")
        await self._server.until(lambda: self._menu(asked))
        message = self._menu(asked)[-1]
        while True:
            for title in ("Помощь", "Меню"):
                await asyncio.sleep(self._chance.uniform(1.1, 2))
                before = self._present(message)
                data = next(str(button.data) for button in before.buttons if button.text == title)
                began = time.perf_counter()
                messenger.tap(self._account, message, data)
                await self._server.until(lambda before=before: self._present(message).text != before.text)
                self.seconds.append(time.perf_counter() - began)

    def _menu(self, since: int) -> list[int]:
        """Ids of menus that came after a message."""
        chat = self._server.messenger.history(self._account)
        return [m.id for m in chat if m.from_bot and m.id > since and any(b.text == "Помощь" for b in m.buttons)]

    def _present(self, message: int) -> ChatMessage:
        return next(m for m in self._server.messenger.history(self._account) if m.id == message)


@dataclass(frozen=True, slots=True)
class Order:
    """Let these people tap, for so many seconds or until so many have got the words."""

    tappers: Sequence[int]
    words: str = ""
    seconds: float = 0.0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of an order."""

    got: int
    doubles: int
    refused: int
    rate: float
    taps: Sequence[float]


def serve(pipe: Connection, accounts: Sequence[int]) -> None:
    """Start a server with these people and flood limits, and send its address.

    Each order is answered by None when it is begun, and by what came of it at its end.
    """
    asyncio.run(_serve(pipe, accounts))


async def _serve(pipe: Connection, accounts: Sequence[int]) -> None:
    messenger = Messenger(token=TOKEN, limits=Limits())
    server = BotApiServer(messenger)
    await server.start()
    for account in accounts:
        messenger.add_user(account, "Коллега")
        messenger.write(account, "/start")
    messenger.updates.clear()
    pipe.send(server.url)
    try:
        while (order := await asyncio.to_thread(pipe.recv)) is not None:
            pipe.send(await _carry_out(server, order, pipe))
    finally:
        await server.stop()


async def _carry_out(server: BotApiServer, order: Order, pipe: Connection) -> Seen:
    tappers = [Tapper(server, account) for account in order.tappers]
    with arrivals(server.messenger, order.words) as seen:
        tapping = [asyncio.create_task(tapper.go_on()) for tapper in tappers]
        pipe.send(None)
        if order.people:
            await server.until(lambda: len(seen.got) >= order.people, TIME_LIMIT)
        await asyncio.sleep(order.seconds)
    for task in tapping:
        task.cancel()
    ends = await asyncio.gather(*tapping, return_exceptions=True)
    if any(isinstance(end, TimeoutError) for end in ends):
        raise RuntimeError("taps were not answered within ten seconds")
    taps = [second for tapper in tappers for second in tapper.seconds]
    return Seen(len(seen.got), seen.doubles, seen.refused[429], seen.rate, taps)
