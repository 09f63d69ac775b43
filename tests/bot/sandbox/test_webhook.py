from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from bot.sandbox.messenger import Fault, Messenger
from bot.sandbox.server import BotApiServer
from tests.bot.sandbox.conftest import ANNA, BORIS


class Receiver:
    """The bot's side of a webhook; `failures` of the next deliveries are refused."""

    def __init__(self) -> None:
        self.url = ""
        self.failures = 0
        self.seen: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.failures:
            self.failures -= 1
            return web.Response(status=500)
        self.seen.append(await request.json())
        return web.Response()

    def texts(self, user_id: int) -> list[str]:
        return [u["message"]["text"] for u in self.seen if u["message"]["chat"]["id"] == user_id]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret_and_in_order(
    bot: Bot, messenger: Messenger, server: BotApiServer, receiver: Receiver
) -> None:
    messenger.write(ANNA, "до")
    receiver.failures = 2
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    messenger.add_user(BORIS, "Борис")
    for number in range(5):
        messenger.write(ANNA, str(number))
        messenger.write(BORIS, str(number))
    await server.until(lambda: not messenger.pending_updates())
    assert receiver.texts(ANNA) == ["до", "0", "1", "2", "3", "4"]
    assert receiver.texts(BORIS) == ["0", "1", "2", "3", "4"]
    assert receiver.secrets == {"s3cret"}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == (receiver.url, 0)
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_webhook_and_polling_exclude_each_other(
    bot: Bot, messenger: Messenger, server: BotApiServer, receiver: Receiver
) -> None:
    await bot.set_webhook(receiver.url)
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    messenger.write(ANNA, "x")
    assert len(await bot.get_updates()) == 1
    assert receiver.seen == []
    await bot.delete_webhook(drop_pending_updates=True)
    assert messenger.pending_updates() == []


async def test_duplicate_delivery(
    bot: Bot, messenger: Messenger, server: BotApiServer, receiver: Receiver
) -> None:
    messenger.faults.add(Fault("duplicate"))
    await bot.set_webhook(receiver.url)
    messenger.write(ANNA, "раз")
    messenger.write(ANNA, "два")
    await server.until(lambda: not messenger.pending_updates())
    assert receiver.texts(ANNA) == ["раз", "раз", "два"]


async def test_wrong_webhooks_are_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="invalid webhook URL"):
        await bot.set_webhook("ftp://example.com")
    with pytest.raises(TelegramBadRequest, match="unallowed characters"):
        await bot.set_webhook("https://example.com/hook", secret_token="с пробелом")
