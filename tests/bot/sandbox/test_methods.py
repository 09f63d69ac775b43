"""What a bot may and may not do, through aiogram and HTTP."""

from __future__ import annotations

import logging

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardRemove,
)

from bot.sandbox.messenger import Messenger
from bot.sandbox.server import BotApiServer
from tests.bot.sandbox.conftest import ANNA, BORIS, Clock, MakeBot, png


def one_button(data: str = "yes") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data=data)]])


async def test_message_looks_on_the_phone_as_sent(bot: Bot, messenger: Messenger) -> None:
    markup = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Да", callback_data="yes")],
            [InlineKeyboardButton(text="Сайт", url="https://example.com")],
        ]
    )
    sent = await bot.send_message(ANNA, "<b>Готовы?</b>", reply_markup=markup)
    shown = messenger.history(ANNA)[-1]
    assert (shown.id, shown.from_bot, shown.text, shown.edited) == (sent.message_id, True, "Готовы?", False)
    assert shown.html == "<b>Готовы?</b>"
    assert shown.keyboard is not None
    assert [[(b.text, b.data, b.url) for b in row] for row in shown.keyboard] == [
        [("Да", "yes", None)],
        [("Сайт", None, "https://example.com/")],
    ]
    assert sent.html_text == "<b>Готовы?</b>"
    assert sent.from_user is not None
    assert sent.from_user.username == "school_bot"
    assert messenger.unread(ANNA) == 1
    messenger.read(ANNA)
    assert messenger.unread(ANNA) == 0


async def test_who_may_be_written_to(bot: Bot, messenger: Messenger) -> None:
    messenger.add_user(BORIS, "Борис")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
        await bot.send_message(BORIS, "Здравствуйте")
    messenger.write(BORIS, "/start")
    await bot.send_message(BORIS, "Здравствуйте")
    messenger.block(BORIS)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(BORIS, "Здравствуйте")
    with pytest.raises(ValueError, match="blocked"):
        messenger.write(BORIS, "Привет")
    messenger.unblock(BORIS)
    await bot.send_message(BORIS, "С возвращением")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(404, "Здравствуйте")


async def test_edit_changes_text_and_drops_buttons(bot: Bot, messenger: Messenger, clock: Clock) -> None:
    sent = await bot.send_message(ANNA, "Один", reply_markup=one_button())
    before = messenger.history(ANNA)[-1]
    clock.advance(5)
    await bot.edit_message_text("Два", chat_id=ANNA, message_id=sent.message_id)
    shown = messenger.history(ANNA)[-1]
    assert (shown.id, shown.text, shown.keyboard, shown.edit_date) == (before.id, "Два", None, int(clock.now))
    assert before.text == "Один"
    await bot.edit_message_text("Три", chat_id=ANNA, message_id=sent.message_id, reply_markup=one_button("later"))
    messenger.tap(ANNA, sent.message_id, "later")
    # An old screen still has the first button.
    messenger.tap(ANNA, sent.message_id, "yes")
    with pytest.raises(KeyError):
        messenger.tap(ANNA, sent.message_id, "no")
    messenger.tap(ANNA, sent.message_id, "no", forged=True)


async def test_refused_edits(bot: Bot, messenger: Messenger) -> None:
    sent = await bot.send_message(ANNA, "<b>Один</b>", reply_markup=one_button())
    where = {"chat_id": ANNA, "message_id": sent.message_id}
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    with pytest.raises(TelegramBadRequest) as refusal:
        await bot.edit_message_text("<b>Один</b>", reply_markup=one_button(), **where)
    assert refusal.value.message == not_modified
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(reply_markup=one_button(), **where)
    await bot.edit_message_text("Один", reply_markup=one_button(), **where)
    await bot.edit_message_reply_markup(reply_markup=one_button("no"), **where)
    with pytest.raises(TelegramBadRequest, match="there is no caption in the message to edit"):
        await bot.edit_message_caption(caption="x", **where)

    own = messenger.write(ANNA, "Моё")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Чужое", chat_id=ANNA, message_id=own)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=ANNA, message_id=own + 100)
    plain = await bot.send_message(ANNA, "x", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("y", chat_id=ANNA, message_id=plain.message_id)


async def test_photo_is_edited_as_a_photo(bot: Bot, messenger: Messenger) -> None:
    picture = png(40, 30)
    sent = await bot.send_photo(ANNA, BufferedInputFile(picture, "c.png"), caption="<i>Было</i>")
    where = {"chat_id": ANNA, "message_id": sent.message_id}
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", **where)
    await bot.edit_message_caption(caption="Стало", **where)
    shown = messenger.history(ANNA)[-1]
    assert shown.photo is not None
    assert (shown.caption, shown.photo.data, shown.photo.width) == ("Стало", picture, 40)

    assert sent.photo is not None
    same = InputMediaPhoto(media=sent.photo[-1].file_id, caption="Стало")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_media(same, **where)
    new = InputMediaPhoto(media=BufferedInputFile(png(50, 30), "d.png"), caption="<b>Новое</b>")
    await bot.edit_message_media(new, reply_markup=one_button(), **where)
    shown = messenger.history(ANNA)[-1]
    assert shown.photo is not None
    assert (shown.photo.width, shown.html, shown.buttons[0].data) == (50, "<b>Новое</b>", "yes")


async def test_deleted_message_is_gone_but_its_button_may_still_be_pressed(
    bot: Bot, messenger: Messenger, clock: Clock
) -> None:
    sent = await bot.send_message(ANNA, "x", reply_markup=one_button())
    await bot.delete_message(ANNA, sent.message_id)
    assert all(message.id != sent.message_id for message in messenger.history(ANNA))
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(ANNA, sent.message_id)
    messenger.tap(ANNA, sent.message_id, "yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert type(update.callback_query.message).__name__ == "InaccessibleMessage"

    old = await bot.send_message(ANNA, "x")
    clock.advance(48 * 3600 + 1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(ANNA, old.message_id)


async def test_a_pressed_button_is_answered_once_and_in_time(bot: Bot, messenger: Messenger, clock: Clock) -> None:
    sent = await bot.send_message(ANNA, "x", reply_markup=one_button())
    expired = "query is too old and response timeout expired or query ID is invalid"
    query = messenger.tap(ANNA, sent.message_id, "yes")
    assert [waiting.id for waiting in messenger.unanswered(ANNA)] == [query]
    clock.advance(15)
    await bot.answer_callback_query(query, "Принято")
    assert messenger.unanswered(ANNA) == []
    with pytest.raises(TelegramBadRequest, match=expired):
        await bot.answer_callback_query(query)
    late = messenger.tap(ANNA, sent.message_id, "yes")
    clock.advance(15.1)
    with pytest.raises(TelegramBadRequest, match=expired):
        await bot.answer_callback_query(late)
    assert [waiting.id for waiting in messenger.unanswered(ANNA)] == [late]
    assert [answer.text for answer in messenger.answers(ANNA)] == ["Принято"]


async def test_files_come_back_byte_for_byte(bot: Bot, messenger: Messenger) -> None:
    sent = await bot.send_document(ANNA, BufferedInputFile(b"PK\x03\x04", "Отчёт.docx"), caption="Ваш отчёт")
    assert sent.document is not None
    assert sent.document.file_name == "Отчёт.docx"
    content = await bot.download(sent.document)
    assert content is not None
    assert content.read() == b"PK\x03\x04"
    again = await bot.send_document(ANNA, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(ANNA, sent.document.file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(ANNA, "AgACnothing")
    with pytest.raises(TelegramBadRequest, match="invalid file_id"):
        await bot.get_file("nothing")


async def test_commands_menu_by_scope(bot: Bot, messenger: Messenger) -> None:
    await bot.set_my_commands([BotCommand(command="start", description="Начать")])
    await bot.set_my_commands(
        [BotCommand(command="survey", description="Опрос")], scope=BotCommandScopeAllPrivateChats()
    )
    assert messenger.commands_for(ANNA) == [{"command": "survey", "description": "Опрос"}]
    own = BotCommandScopeChat(chat_id=ANNA)
    await bot.set_my_commands([BotCommand(command="report", description="Отчёт")], scope=own)
    assert messenger.commands_for(ANNA)[0]["command"] == "report"
    assert [command.command for command in await bot.get_my_commands(scope=own)] == ["report"]
    await bot.delete_my_commands(scope=own)
    assert messenger.commands_for(ANNA)[0]["command"] == "survey"
    assert await bot.get_my_commands(scope=own) == []


async def test_reply_names_a_message_that_exists(bot: Bot, messenger: Messenger) -> None:
    asked = messenger.write(ANNA, "Вопрос")
    sent = await bot.send_message(ANNA, "Ответ", reply_parameters={"message_id": asked})  # type: ignore[arg-type]
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Вопрос"
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(ANNA, "Ответ", reply_parameters={"message_id": 999})  # type: ignore[arg-type]


async def test_wrong_token_and_unknown_methods(
    bot: Bot, make_bot: MakeBot, server: BotApiServer, caplog: pytest.LogCaptureFixture
) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username, me.first_name) == (42, True, "school_bot", "Забота")
    with pytest.raises(TelegramUnauthorizedError):
        await make_bot("42:WRONG").get_me()
    with (
        caplog.at_level(logging.ERROR, "bot.sandbox"),
        pytest.raises(TelegramAPIError, match="not implemented by this server: sendDice"),
    ):
        await bot.send_dice(ANNA)
    assert "sendDice" in caplog.text
    with pytest.raises(
        TelegramAPIError, match="not implemented by this server: sendMessage with message_thread_id"
    ):
        await bot.send_message(ANNA, "x", message_thread_id=5)
    async with aiohttp.ClientSession() as http, http.post(f"{server.url}/bot42:TEST/sendLetter") as response:
        assert (response.status, (await response.json())["error_code"]) == (404, 404)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"chat_id": ANNA, "text": "x", "colour": "red"}, 'unknown field "colour" in sendMessage'),
        ({"chat_id": ANNA, "text": "x", "link_preview_options": {"off": 1}}, 'unknown field "off"'),
        ({"chat_id": ANNA, "text": "x", "reply_markup": {"inline_keyboard": [], "a": 1}}, 'unknown field "a"'),
        ({"chat_id": ANNA, "text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"chat_id": ANNA}, "message text is empty"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": ANNA, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ],
)
async def test_json_body_is_read_strictly(server: BotApiServer, body: dict[str, object], reason: str) -> None:
    address = f"{server.url}/bot42:TEST/sendMessage"
    async with aiohttp.ClientSession() as http, http.post(address, json=body) as response:
        assert response.status == 400
        assert reason in (await response.json())["description"]
