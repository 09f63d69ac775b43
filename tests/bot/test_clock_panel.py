"""The sandbox's clock: moved ahead from the page, the bot does at once what has become due."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.sandbox.clock import MovableClock
from bot.sandbox.clock_panel import TOLD, ClockPanel
from bot.sandbox.messenger.flood import Limits
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import Reply
from bot.sandbox.server import BotApiServer
from bot.sandbox.webchat import add_web_chat
from bot.settings import load_settings
from services.delivery.model import Kind
from services.delivery.upcoming import What
from storage.outbox import OutboxTable
from tests.bot.conftest import Teacher, enrol
from tests.town import TOKEN, Town

ME = 77
MONDAY_NOON = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Noon in Moscow."""


class Panel:
    """What the page asks of the server, and the bot whose clock it is."""

    def __init__(self, town: Town, clock: MovableClock, page: aiohttp.ClientSession) -> None:
        self.town = town
        self.clock = clock
        self._page = page

    async def look(self) -> Any:
        async with self._page.get("/chat/clock") as response:
            return await response.json()

    async def move(self, by: str, status: int = 200) -> str:
        """Move the clock; what the page tells about it."""
        async with self._page.post("/chat/clock", json={"by": by}) as response:
            assert response.status == status
            body = await response.json()
        return str(body["told"] if status == 200 else body["error"])

    async def owe(self, at: datetime) -> None:
        """A message that is put off until then."""
        assert self.town.house is not None
        async with self.town.house.database.write() as connection:
            await OutboxTable(connection).owe(1, Kind.ROLES_NEWS, f"news:{at}", {"person_id": 1}, at)
            await connection.commit()


@pytest.fixture
async def panel(tmp_path: Path) -> AsyncIterator[Panel]:
    started = time.monotonic()
    clock = MovableClock(tmp_path, lambda: MONDAY_NOON + timedelta(seconds=time.monotonic() - started))
    messenger = Messenger(token=TOKEN, username="school_bot", clock=clock.seconds, stopwatch=time.time)
    server = BotApiServer(messenger)
    shown = ClockPanel(clock)
    add_web_chat(server, messenger, tmp_path, shown)
    await server.start()
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await enrol(url, [Teacher(ME, "")])
    messenger.add_user(ME, "Мария", started=True)
    town = Town(messenger, server, load_settings(bot_token=TOKEN, bot_api_url=server.url, database_url=url))
    async with aiohttp.ClientSession(server.url) as page:
        panel = Panel(town, clock, page)
        assert await panel.look() is None
        await town.start_bot(clock.now)
        assert town.house is not None
        shown.serve(town.house)
        yield panel
    await town.stop_bot()
    await server.stop()


async def test_the_clock_goes_forward_and_stays_there(panel: Panel, tmp_path: Path) -> None:
    before = await panel.look()
    assert before["zone"] == "Europe/Moscow"
    assert before["now"] == pytest.approx(MONDAY_NOON.timestamp(), abs=60)
    assert await panel.move("hour") == ""
    assert await panel.move("day") == ""
    after = await panel.look()
    assert after["now"] - before["now"] == pytest.approx(25 * 3600, abs=60)
    restarted = MovableClock(tmp_path, lambda: MONDAY_NOON)
    assert restarted.now() == MONDAY_NOON + timedelta(hours=25)


async def test_there_is_no_way_back(panel: Panel) -> None:
    for word in ("now", "-1", "back", ""):
        assert await panel.move(word, status=400) == "Так часы не переводятся."
    with pytest.raises(ValueError, match="forward"):
        panel.clock.move(timedelta(hours=-1))
    assert (await panel.look())["now"] == pytest.approx(MONDAY_NOON.timestamp(), abs=60)


async def test_to_the_event_brings_it_at_once(panel: Panel) -> None:
    at = MONDAY_NOON + timedelta(days=3, hours=1)
    await panel.owe(at + timedelta(days=1))
    await panel.owe(at)
    assert await panel.move("event") == "Пора отправить отложенное сообщение"
    me = panel.town.messenger.history
    await panel.town.server.until(lambda: me(ME))
    assert me(ME)[-1].date == pytest.approx(at.timestamp(), abs=60)
    assert (await panel.look())["now"] == pytest.approx(at.timestamp(), abs=60)
    assert len(me(ME)) == 1


async def test_nothing_ahead_is_said_kindly(panel: Panel) -> None:
    assert await panel.move("event") == "Впереди событий нет"
    assert (await panel.look())["now"] == pytest.approx(MONDAY_NOON.timestamp(), abs=60)


async def test_a_move_does_at_once_what_has_become_due(panel: Panel) -> None:
    """A route's reminder: the tick runs with the move, not a minute later."""
    assert panel.town.house is not None
    async with panel.town.house.database.write() as connection:
        await connection.execute(
            text(
                "INSERT INTO iom_routes (id, person_id, school_id, kind, state, deficits, reflection, created_at)"
                " VALUES (1, 1, 2, 'growth', 'active', '[]', '{}', '2026-02-01 09:00:00.000000')"
            )
        )
        await connection.execute(
            text(
                "INSERT INTO iom_steps (route_id, domain, title, form, due_on, state, agreed, remind_on)"
                " VALUES (1, '', 'Открытый урок', 'lesson_exchange', '2026-03-11', 'planned', 1, '2026-03-04')"
            )
        )
        await connection.commit()
    assert await panel.move("event") == "Пора напомнить о шагах маршрута"
    history = panel.town.messenger.history
    await panel.town.server.until(lambda: any("Открытый урок" in message.text for message in history(ME)), 5)
    ten_in_moscow = datetime(2026, 3, 4, 7, tzinfo=UTC)
    assert history(ME)[-1].date == pytest.approx(ten_in_moscow.timestamp(), abs=60)


def send(messenger: Messenger) -> Reply:
    return messenger.call(TOKEN, "sendMessage", {"chat_id": ME, "text": "Здравствуйте"})


def test_limits_and_time_outs_stay_on_real_time(tmp_path: Path) -> None:
    clock = MovableClock(tmp_path, lambda: MONDAY_NOON)
    limits = Limits(chat_burst=1)
    messenger = Messenger(token=TOKEN, clock=clock.seconds, stopwatch=lambda: 1000.0, limits=limits)
    messenger.add_user(ME, "Мария", started=True)
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    asked = messenger.call(TOKEN, "sendMessage", {"chat_id": ME, "text": "Да?", "reply_markup": keyboard})
    query = messenger.tap(ME, asked.payload["result"]["message_id"], "yes")
    clock.move(timedelta(days=1))
    assert send(messenger).status == 429
    assert messenger.call(TOKEN, "answerCallbackQuery", {"callback_query_id": query}).status == 200
    assert messenger.write(ME, "Спасибо")
    assert messenger.history(ME)[-1].date == (MONDAY_NOON + timedelta(days=1)).timestamp()


def test_there_are_words_for_everything_that_may_be_next() -> None:
    assert set(TOLD) == set(What)
