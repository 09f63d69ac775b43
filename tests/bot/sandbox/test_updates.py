"""What the bot hears of people, by long polling."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageOriginHiddenUser

from bot.sandbox.messenger import Messenger
from bot.sandbox.server import BotApiServer
from tests.bot.sandbox.conftest import ANNA, BORIS, png


async def test_everything_a_person_sends_arrives_in_order(bot: Bot, messenger: Messenger) -> None:
    messenger.add_user(BORIS, "Борис")
    messenger.write(BORIS, "/start abc")
    own = messenger.write(BORIS, "Опечатка")
    messenger.edit_own(BORIS, own, "Исправлено")
    messenger.send_photo(BORIS, png(30, 20), "Дневник")
    messenger.send_document(BORIS, "План.docx", b"PK", "Мой план")
    messenger.send_sticker(BORIS, "👍")
    messenger.send_voice(BORIS, 7)
    messenger.send_contact(BORIS, "+79990000001")
    messenger.forward_photo(BORIS, png())
    messenger.block(BORIS)
    messenger.unblock(BORIS)
    updates = await bot.get_updates()

    ids = [update.update_id for update in updates]
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    start, text, edited, photo, document, sticker, voice, contact, forwarded = (
        update.message or update.edited_message for update in updates[:9]
    )
    assert start
    assert start.chat.id == BORIS
    assert start.from_user
    assert start.from_user.id == BORIS
    assert start.entities
    assert [(e.type, e.offset, e.length) for e in start.entities] == [("bot_command", 0, 6)]
    assert text
    assert text.text == "Опечатка"
    assert edited
    assert (updates[2].event_type, edited.message_id, edited.text) == ("edited_message", own, "Исправлено")
    assert photo
    assert photo.photo
    assert (photo.caption, photo.photo[-1].width, photo.photo[-1].height) == ("Дневник", 30, 20)
    downloaded = await bot.download(photo.photo[-1])
    assert downloaded
    assert downloaded.read() == png(30, 20)
    assert document
    assert document.document
    assert (document.document.file_name, document.caption) == ("План.docx", "Мой план")
    assert sticker
    assert sticker.sticker
    assert sticker.sticker.emoji == "👍"
    assert voice
    assert voice.voice
    assert voice.voice.duration == 7
    assert contact
    assert contact.contact
    assert (contact.contact.phone_number, contact.contact.user_id) == ("+79990000001", BORIS)
    assert forwarded
    assert isinstance(forwarded.forward_origin, MessageOriginHiddenUser)
    statuses = [u.my_chat_member and u.my_chat_member.new_chat_member.status for u in updates[9:]]
    assert statuses == ["kicked", "member"]


async def test_pressed_button_brings_the_message_as_it_is_now(bot: Bot, messenger: Messenger) -> None:
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])
    sent = await bot.send_message(ANNA, "Готовы?", reply_markup=markup)
    query = messenger.tap(ANNA, sent.message_id, "yes")
    (update,) = await bot.get_updates()
    callback = update.callback_query
    assert callback
    assert (callback.id, callback.data, callback.from_user.id) == (query, "yes", ANNA)
    assert callback.message
    assert callback.message.message_id == sent.message_id
    assert getattr(callback.message, "text", None) == "Готовы?"
    assert getattr(callback.message, "reply_markup", None).model_dump() == markup.model_dump()


async def test_only_an_offset_acknowledges(bot: Bot, messenger: Messenger) -> None:
    for text in "абв":
        messenger.write(ANNA, text)
    first = await bot.get_updates(limit=2)
    assert [update.message and update.message.text for update in first] == ["а", "б"]
    again = await bot.get_updates(limit=2)
    assert [update.update_id for update in again] == [update.update_id for update in first]
    rest = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message and update.message.text for update in rest] == ["в"]
    assert [update["update_id"] for update in messenger.pending_updates()] == [rest[0].update_id]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == []
    assert messenger.pending_updates() == []


async def test_negative_offset_forgets_all_but_the_last(bot: Bot, messenger: Messenger) -> None:
    for text in "абв":
        messenger.write(ANNA, text)
    (last,) = await bot.get_updates(offset=-1)
    assert last.message
    assert last.message.text == "в"
    assert len(messenger.pending_updates()) == 1


async def test_kinds_not_asked_for_never_come(bot: Bot, messenger: Messenger) -> None:
    await bot.get_updates(allowed_updates=["message"])
    messenger.block(ANNA)
    messenger.unblock(ANNA)
    assert await bot.get_updates() == []
    await bot.get_updates(allowed_updates=[])
    messenger.block(ANNA)
    assert len(await bot.get_updates()) == 1


async def test_long_poll_wakes_at_once(bot: Bot, messenger: Messenger) -> None:
    began = time.monotonic()
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    messenger.write(ANNA, "Я тут")
    (update,) = await waiting
    assert update.message
    assert update.message.text == "Я тут"
    assert time.monotonic() - began < 2
    assert await bot.get_updates(offset=update.update_id + 1, timeout=1) == []


async def test_second_poller_ends_the_first(bot: Bot, messenger: Messenger) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.get_updates(timeout=20))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    messenger.write(ANNA, "Кому?")
    assert len(await second) == 1


async def test_a_long_text_leaves_the_phone_in_pieces(messenger: Messenger) -> None:
    messenger.write(ANNA, "😀" * 3000)
    pieces = [message.text for message in messenger.history(ANNA)[1:]]
    assert [len(piece) for piece in pieces] == [2048, 952]
    with pytest.raises(ValueError, match="at least one character"):
        messenger.write(ANNA, " \n")


async def test_until_sees_the_change_or_lists_the_calls(
    bot: Bot, messenger: Messenger, server: BotApiServer
) -> None:
    waiting = asyncio.create_task(server.until(lambda: len(messenger.history(ANNA)) == 2))
    await asyncio.sleep(0)
    await bot.send_message(ANNA, "Здравствуйте")
    await waiting
    with pytest.raises(TimeoutError, match=f"200 sendMessage chat={ANNA} Здравствуйте"):
        await server.until(lambda: False, timeout=0.05)
