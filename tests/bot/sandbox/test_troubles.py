"""Flood limits and faults on demand, as a bot meets them."""

from __future__ import annotations

import time

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.messenger import Fault, Limits, Messenger
from bot.sandbox.server import BotApiServer
from tests.bot.sandbox.conftest import ANNA, BORIS, TOKEN, Clock


async def test_one_a_second_in_a_chat_after_the_burst(bot: Bot, messenger: Messenger, clock: Clock) -> None:
    messenger.flood.limits = Limits(chat_burst=2)
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="y")]])
    sent = await bot.send_message(ANNA, "1", reply_markup=markup)
    await bot.send_message(ANNA, "2")
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(ANNA, "3")
    assert refusal.value.retry_after == 1
    with pytest.raises(TelegramRetryAfter):
        await bot.edit_message_text("x", chat_id=ANNA, message_id=sent.message_id)
    await bot.answer_callback_query(messenger.tap(ANNA, sent.message_id, "y"))
    clock.advance(1)
    await bot.edit_message_text("x", chat_id=ANNA, message_id=sent.message_id)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ANNA, "3")
    clock.advance(1)
    await bot.send_message(ANNA, "3")
    assert [message.text for message in messenger.history(ANNA)[1:]] == ["x", "2", "3"]


def test_thirty_a_second_in_all(messenger: Messenger, clock: Clock) -> None:
    messenger.flood.limits = Limits()
    for user_id in range(1, 41):
        messenger.add_user(user_id, "Коллега")
        messenger.write(user_id, "/start")

    def accepted() -> int:
        replies = [messenger.call(TOKEN, "sendMessage", {"chat_id": i, "text": "x"}) for i in range(1, 41)]
        assert {reply.status for reply in replies} == {200, 429}
        return sum(reply.status == 200 for reply in replies)

    assert accepted() == 30
    clock.advance(0.5)
    assert accepted() == 15
    messenger.flood.limits = None
    assert messenger.call(TOKEN, "sendMessage", {"chat_id": 1, "text": "x"}).status == 200


async def test_flood_fault_strikes_where_told(bot: Bot, messenger: Messenger) -> None:
    messenger.add_user(BORIS, "Борис")
    messenger.write(BORIS, "/start")
    messenger.faults.add(Fault("flood", method="sendMessage", chat_id=ANNA, times=2, retry_after=7))
    await bot.send_message(BORIS, "x")
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.send_message(ANNA, "x")
        assert refusal.value.retry_after == 7
    await bot.send_message(ANNA, "x")


@pytest.mark.parametrize("status", [500, 502])
async def test_error_page(bot: Bot, messenger: Messenger, server: BotApiServer, status: int) -> None:
    messenger.faults.add(Fault("error", status=status, times=2))
    # Without a method named, long polling is spared.
    assert await bot.get_updates() == []
    with pytest.raises(ClientDecodeError):
        await bot.send_message(ANNA, "x")
    async with aiohttp.ClientSession() as http, http.get(f"{server.url}/bot{TOKEN}/getMe") as response:
        assert (response.status, response.content_type) == (status, "text/html")
    assert len(messenger.history(ANNA)) == 1
    assert [call.status for call in messenger.calls] == [status, status]


async def test_dropped_connection_before_and_after_acting(bot: Bot, messenger: Messenger) -> None:
    messenger.faults.add(Fault("drop"))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ANNA, "не дошло")
    assert len(messenger.history(ANNA)) == 1
    messenger.faults.add(Fault("drop_after"))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(ANNA, "дошло")
    assert messenger.history(ANNA)[-1].text == "дошло"
    await bot.send_message(ANNA, "снова живы")


async def test_hang_acts_and_answers_late(bot: Bot, messenger: Messenger) -> None:
    messenger.faults.add(Fault("hang", seconds=0.3))
    began = time.monotonic()
    await bot.send_message(ANNA, "медленно")
    assert 0.3 <= time.monotonic() - began < 3
    messenger.faults.add(Fault("hang", seconds=30))
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await bot.send_message(ANNA, "не дождались", request_timeout=0.2)  # type: ignore[arg-type]
    assert messenger.history(ANNA)[-1].text == "не дождались"


async def test_duplicates_and_disorder(bot: Bot, messenger: Messenger) -> None:
    for text in "абвгд":
        messenger.write(ANNA, text)
    in_order = [update.update_id for update in await bot.get_updates()]
    messenger.faults.add(Fault("duplicate"))
    doubled = [update.update_id for update in await bot.get_updates()]
    assert doubled == [update_id for update_id in in_order for _ in range(2)]
    messenger.faults.add(Fault("reorder", times=None))
    shuffled = [update.update_id for update in await bot.get_updates()]
    assert shuffled != in_order
    assert sorted(shuffled) == in_order
    messenger.faults.clear()
    assert [update.update_id for update in await bot.get_updates()] == in_order


def test_chances_repeat_with_the_seed() -> None:
    def run(seed: int) -> list[bool]:
        faults = Messenger(seed=seed).faults
        faults.add(Fault("drop", probability=0.5, times=None))
        return [faults.strike("sendMessage", ANNA) is not None for _ in range(50)]

    assert run(1) == run(1) != run(2)
    assert 10 < sum(run(1)) < 40
