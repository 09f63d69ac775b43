"""kill -9 in the middle of fifty people answering: nothing accepted is lost, doubled or shifted."""

import asyncio
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from aiogram.filters.callback_data import CallbackData

from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage, Event
from bot.sandbox.server import BotApiServer
from handlers.survey.taps import AnswerTap
from tests.bot.conftest import ITEMS, BotProcess, Hold, Teacher, enrol

PEOPLE = 50
FINISHERS = 12
PATIENCE = 8.0
"""Seconds after which somebody whose screen did not move taps once more, while the bot is there to see it."""


class Walker:
    """A teacher who taps, on every question they are shown, what their script says, as soon as they see it."""

    def __init__(self, messenger: Messenger, user_id: int, script: str, start: int, stop: int) -> None:
        self.user_id = user_id
        self.script = script
        self.start = start
        self.stop = stop
        """The number of the last item they answer."""
        self.passed = start
        """The number of the last item whose screen has moved on."""
        self._messenger = messenger
        self._tapped: AnswerTap | None = None
        self._seen_at = time.monotonic()

    @property
    def tapped(self) -> str | None:
        """The callback data of their last tap."""
        return self._tapped.pack() if self._tapped else None

    @property
    def is_done(self) -> bool:
        return self.passed >= self.stop

    @property
    def screen(self) -> ChatMessage:
        """The newest message of the bot that is not a picture."""
        return [m for m in self._messenger.history(self.user_id) if m.from_bot and not m.photo][-1]

    def look(self) -> None:
        """See the screen, and tap if it shows a question not tapped yet."""
        tap = _answer_button(self.screen, self.script)
        shown = tap.item if tap else ITEMS + 1
        assert shown - 1 in (self.passed, self.passed + 1), f"the screen jumped from {self.passed + 1} to {shown}"
        if shown - 1 > self.passed:
            self.passed = shown - 1
            self._seen_at = time.monotonic()
        if tap is not None and tap.item <= self.stop and tap != self._tapped:
            self._tapped = tap
            self._press(tap)

    def take_heart(self) -> None:
        """The bot is back: patience begins anew."""
        self._seen_at = time.monotonic()

    def lose_patience(self) -> None:
        """Tap again when nothing has happened for long."""
        if not self.is_done and time.monotonic() - self._seen_at > PATIENCE and self._tapped is not None:
            self._seen_at = time.monotonic()
            self._press(self._tapped)

    def _press(self, tap: CallbackData) -> None:
        self._messenger.tap(self.user_id, self.screen.id, tap.pack())


def _answer_button(message: ChatMessage, script: str) -> AnswerTap | None:
    for each in message.buttons:
        if (each.data or "").startswith("a:"):
            tap = AnswerTap.unpack(str(each.data))
            if tap.code == script[tap.item - 1]:
                return tap
    return None


@contextmanager
def walking(messenger: Messenger, walkers: list[Walker]) -> Iterator[None]:
    """While it lasts, people react to every message and edit of the bot."""
    by_id = {walker.user_id: walker for walker in walkers}

    def react(event: Event) -> None:
        if event.kind in ("message", "edit") and event.message and event.message.from_bot:
            asyncio.get_running_loop().call_soon(by_id[event.message.chat_id].look)

    end = messenger.listen(react)
    yield
    end()


def stored(process: BotProcess) -> dict[int, str]:
    """The answers of every account, as a second connection reads them."""
    query = (
        "SELECT external_id, answers FROM survey_sessions"
        " JOIN accounts ON accounts.person_id = survey_sessions.person_id"
    )
    with closing(sqlite3.connect(process.database)) as connection:
        return dict(connection.execute(query).fetchall())


async def test_fifty_people_answer_through_kills(
    bot_process: BotProcess, server: BotApiServer, writer_held: Hold
) -> None:
    chance = random.Random(2026)
    messenger = server.messenger
    walkers = []
    for number in range(PEOPLE):
        script = "".join(chance.choice("yn") for _ in range(ITEMS))
        is_finisher = number < FINISHERS
        start = ITEMS - chance.randint(8, 11) if is_finisher else chance.randint(0, 60)
        stop = ITEMS if is_finisher else start + chance.randint(8, 11)
        walkers.append(Walker(messenger, 5000 + number, script, start, stop))
    # A blank sheet is a test not begun: the others start from at least one answer.
    for walker in walkers:
        walker.start = walker.passed = max(walker.start, 1)
    await enrol(bot_process.url, [Teacher(w.user_id, w.script[: w.start]) for w in walkers])
    for walker in walkers:
        messenger.add_user(walker.user_id, "Коллега")
        messenger.write(walker.user_id, "/start")
    whole = sum(walker.stop - walker.start for walker in walkers)

    def passed() -> int:
        return sum(walker.passed - walker.start for walker in walkers)

    kills = 3
    with walking(messenger, walkers):
        for kill in range(1, kills + 1):
            await bot_process.start()
            target = whole * kill // (kills + 1) + chance.randint(-20, 20)
            await server.until(lambda target=target: passed() >= target, 60)
            # The last time everybody has just tapped and nothing could be stored yet.
            let_go = await writer_held() if kill == kills else None
            await asyncio.sleep(0.4 if let_go else chance.random() * 0.05)
            await bot_process.kill()
            if let_go:
                let_go()
            answers = stored(bot_process)
            waiting = {u["callback_query"]["data"] for u in messenger.pending_updates() if "callback_query" in u}
            for walker in walkers:
                kept = answers[walker.user_id].rstrip(".")
                assert kept == walker.script[: len(kept)], "an answer was changed or shifted"
                assert len(kept) >= walker.passed, "a screen moved on before the answer was safe"
                is_lost = (
                    walker.tapped and len(kept) == walker.passed < walker.stop and walker.tapped not in waiting
                )
                assert not is_lost, "a tap was acknowledged before it was stored"
        assert any(not walker.is_done for walker in walkers), "the kills came too late to prove anything"

        await bot_process.start()
        for walker in walkers:
            walker.take_heart()

        def all_done() -> bool:
            for walker in walkers:
                walker.lose_patience()
            return all(walker.is_done for walker in walkers) and not messenger.pending_updates()

        await server.until(all_done, 60)
        finishers = walkers[:FINISHERS]
        await server.until(lambda: all(charts(messenger, walker) for walker in finishers), 60)

    assert await bot_process.end(signal.SIGTERM) == 0
    answers = stored(bot_process)
    for walker in walkers:
        assert answers[walker.user_id] == walker.script[: walker.stop].ljust(ITEMS, ".")
        assert ("Ваш результат" in walker.screen.text) == (walker.stop == ITEMS)
    drawn = [charts(messenger, walker) for walker in walkers]
    assert all(count >= 1 for count in drawn[:FINISHERS])
    assert not any(drawn[FINISHERS:])
    # A kill between send and mark doubles the one chart that was in hand, and no other.
    assert sum(drawn) <= FINISHERS + kills
    assert not messenger.pending_updates()


def charts(messenger: Messenger, walker: Walker) -> int:
    return sum(message.photo is not None for message in messenger.history(walker.user_id))
