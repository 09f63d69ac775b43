"""The other end of the line, in a process of its own: two Bot APIs over HTTP, and the people who tap there."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.answers.bare import screen
from benchmarks.answers.plan import Plan, Sitting
from benchmarks.population import account_of
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import Event
from bot.sandbox.server import BotApiServer

TOKEN = "42:BENCH"
TIME_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class Order:
    """A plan for the people of one of the servers."""

    server: int
    plan: Plan


def serve(pipe: Connection) -> None:
    """Start two servers, send their addresses, then the seconds that each order took (None: never finished)."""
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    servers = [BotApiServer(Messenger(token=TOKEN)) for _ in range(2)]
    for server in servers:
        await server.start()
    pipe.send([server.url for server in servers])
    try:
        while (order := await asyncio.to_thread(pipe.recv)) is not None:
            pipe.send(await _Crowd(servers[order.server].messenger, order.plan).run())
    finally:
        for server in servers:
            await server.stop()


class _Crowd:
    """People who tap the next button as soon as they see it."""

    def __init__(self, messenger: Messenger, plan: Plan) -> None:
        self._messenger = messenger
        self._taps = [_taps(messenger, phone) for phone in plan.phones]
        self._of = {account_of(each.session): i for i, phone in enumerate(plan.phones) for each in phone}
        self._awaited = 2 * plan.answers
        self._done = asyncio.Event()

    async def run(self) -> float | None:
        """Seconds from the first tap until the last one is answered and its message edited."""
        end_listening = self._messenger.listen(self._notice)
        began = time.perf_counter()
        try:
            for phone in range(len(self._taps)):
                self._tap(phone)
            await asyncio.wait_for(self._done.wait(), TIME_LIMIT)
        except TimeoutError:
            return None
        finally:
            end_listening()
        return time.perf_counter() - began

    def _notice(self, event: Event) -> None:
        if event.kind not in ("edit", "answer") or event.person is None:
            return
        self._awaited -= 1
        if event.kind == "edit":
            # Not at once: the bot is to have its answer before the next tap comes.
            asyncio.get_running_loop().call_soon(self._tap, self._of[event.person])
        if not self._awaited:
            self._done.set()

    def _tap(self, phone: int) -> None:
        tap = next(self._taps[phone], None)
        if tap is not None:
            self._messenger.tap(*tap)


def _taps(messenger: Messenger, phone: tuple[Sitting, ...]) -> Iterator[tuple[int, int, str]]:
    """Person, message and data of one tap after another."""
    shown = [_show_first(messenger, sitting) for sitting in phone]
    return (
        (account_of(sitting.session), message, f"a:{sitting.session}:{turn + 1}:{code}:{turn}")
        for sitting, message in zip(phone, shown, strict=True)
        for turn, code in enumerate(sitting.codes)
    )


def _show_first(messenger: Messenger, sitting: Sitting) -> int:
    """Put the first question into a person's chat; the message's id."""
    person = account_of(sitting.session)
    if person not in messenger.chats:
        messenger.add_user(person, "Мария", "Иванова")
        messenger.write(person, "/start")
        messenger.updates.clear()
    text, keyboard = screen(sitting.session, 1, 0)
    markup = keyboard.model_dump_json(exclude_none=True)
    fields = {"chat_id": person, "text": text, "parse_mode": "HTML", "reply_markup": markup}
    reply = messenger.call(TOKEN, "sendMessage", fields)
    if reply.status != 200:
        raise RuntimeError(json.dumps(reply.payload))
    return int(reply.payload["result"]["message_id"])
