"""Every limit at its edge: the largest value passes, one more is refused. Through aiogram and HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.messenger import Messenger
from tests.bot.sandbox.conftest import ANNA, png

MEGABYTE = 1024 * 1024


def keyboard(*rows: int, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data=data)] * size for size in rows]
    )


def commands(count: int = 1, name: str = "survey", description: str = "Пройти опрос") -> list[BotCommand]:
    return [BotCommand(command=name, description=description)] * count


def photo(width: int, height: int, padding: int = 0) -> BufferedInputFile:
    return BufferedInputFile(png(width, height, padding), "chart.png")


PLAIN_PNG = len(png(2, 2, 1)) - 1

Send = Callable[[Bot], Awaitable[object]]
CASES: dict[str, tuple[Send, Send, str]] = {
    "text": (
        lambda bot: bot.send_message(ANNA, "ы" * 4096),
        lambda bot: bot.send_message(ANNA, "ы" * 4097),
        "message is too long",
    ),
    "text is counted after parsing": (
        lambda bot: bot.send_message(ANNA, f"<b>{'&lt;' * 4096}</b>"),
        lambda bot: bot.send_message(ANNA, f"<b>{'&lt;' * 4097}</b>"),
        "message is too long",
    ),
    "an emoji counts twice": (
        lambda bot: bot.send_message(ANNA, "😀" * 2048),
        lambda bot: bot.send_message(ANNA, "😀" * 2048 + "."),
        "message is too long",
    ),
    "caption": (
        lambda bot: bot.send_photo(ANNA, photo(2, 2), caption="<i>" + "ы" * 1024 + "</i>"),
        lambda bot: bot.send_photo(ANNA, photo(2, 2), caption="ы" * 1025),
        "caption is too long",
    ),
    "caption of a document": (
        lambda bot: bot.send_document(ANNA, BufferedInputFile(b"a", "a.csv"), caption="😀" * 512),
        lambda bot: bot.send_document(ANNA, BufferedInputFile(b"a", "a.csv"), caption="😀" * 512 + "."),
        "caption is too long",
    ),
    "callback data is counted in bytes": (
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(1, data="ы" * 32)),
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(1, data="ы" * 32 + "x")),
        "BUTTON_DATA_INVALID",
    ),
    "callback data is not empty": (
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(1, data="x")),
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(1, data="")),
        "BUTTON_DATA_INVALID",
    ),
    "buttons in a row": (
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(8)),
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(9)),
        "reply markup is too long",
    ),
    "buttons in all": (
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(*[5] * 20)),
        lambda bot: bot.send_message(ANNA, "?", reply_markup=keyboard(*[5] * 20, 1)),
        "reply markup is too long",
    ),
    "photo bytes": (
        lambda bot: bot.send_photo(ANNA, photo(2, 2, 10 * MEGABYTE - PLAIN_PNG)),
        lambda bot: bot.send_photo(ANNA, photo(2, 2, 10 * MEGABYTE - PLAIN_PNG + 1)),
        "too big for a photo",
    ),
    "photo sides": (
        lambda bot: bot.send_photo(ANNA, photo(5000, 5000)),
        lambda bot: bot.send_photo(ANNA, photo(5000, 5001)),
        "PHOTO_INVALID_DIMENSIONS",
    ),
    "photo ratio": (
        lambda bot: bot.send_photo(ANNA, photo(2000, 100)),
        lambda bot: bot.send_photo(ANNA, photo(2001, 100)),
        "PHOTO_INVALID_DIMENSIONS",
    ),
    "photo is a picture": (
        lambda bot: bot.send_photo(ANNA, BufferedInputFile(png(), "a.png")),
        lambda bot: bot.send_photo(ANNA, BufferedInputFile(png()[:-5], "a.png")),
        "IMAGE_PROCESS_FAILED",
    ),
    "commands": (
        lambda bot: bot.set_my_commands(commands(100)),
        lambda bot: bot.set_my_commands(commands(101)),
        "BOT_COMMANDS_TOO_MUCH",
    ),
    "command length": (
        lambda bot: bot.set_my_commands(commands(name="a" * 32)),
        lambda bot: bot.set_my_commands(commands(name="a" * 33)),
        "BOT_COMMAND_INVALID",
    ),
    "command letters": (
        lambda bot: bot.set_my_commands(commands(name="a_1")),
        lambda bot: bot.set_my_commands(commands(name="опрос")),
        "BOT_COMMAND_INVALID",
    ),
    "command description": (
        lambda bot: bot.set_my_commands(commands(description="ы" * 256)),
        lambda bot: bot.set_my_commands(commands(description="ы" * 257)),
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_edge_passes_and_one_more_is_refused(bot: Bot, messenger: Messenger, case: str) -> None:
    accepted, refused, reason = CASES[case]
    await accepted(bot)
    before = len(messenger.history(ANNA))
    with pytest.raises(TelegramBadRequest, match=reason):
        await refused(bot)
    assert len(messenger.history(ANNA)) == before


async def test_callback_answer_has_200_characters(bot: Bot, messenger: Messenger) -> None:
    sent = await bot.send_message(ANNA, "?", reply_markup=keyboard(1))
    query = messenger.tap(ANNA, sent.message_id, "x")
    with pytest.raises(TelegramBadRequest, match="MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query, "ы" * 201)
    await bot.answer_callback_query(query, "ы" * 200, show_alert=True)
    assert [(answer.text, answer.alert) for answer in messenger.answers(ANNA)] == [("ы" * 200, True)]


async def test_document_of_50_megabytes(bot: Bot, messenger: Messenger) -> None:
    await bot.send_document(ANNA, BufferedInputFile(bytes(50 * MEGABYTE), "Архив за год.zip"))
    document = messenger.history(ANNA)[-1].document
    assert document is not None
    assert (document.name, document.size) == ("Архив за год.zip", 50 * MEGABYTE)
    for extra in (1, 2 * MEGABYTE):
        with pytest.raises(TelegramEntityTooLarge):
            await bot.send_document(ANNA, BufferedInputFile(bytes(50 * MEGABYTE + extra), "a.zip"))
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await bot.send_document(ANNA, BufferedInputFile(b"", "a.zip"))


async def test_a_bot_downloads_at_most_20_megabytes(bot: Bot, messenger: Messenger) -> None:
    content = b"PK" + bytes(20 * MEGABYTE - 2)
    messenger.send_document(ANNA, "Список.v2#1.xlsx", content)
    messenger.send_document(ANNA, "Список.xlsx", content + b"x")
    fits, too_big = (update.message.document for update in await bot.get_updates() if update.message)
    assert fits is not None
    assert too_big is not None
    assert fits.mime_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    downloaded = await bot.download(fits)
    assert downloaded is not None
    assert downloaded.read() == content
    assert too_big.file_size == 20 * MEGABYTE + 1
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(too_big.file_id)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Отчёт за 2026 год.docx", "Отчёт за 2026 год.docx"),
        ("Школа №\xa03 «Радуга» — май.xlsx", "Школа   3  Радуга    май.xlsx"),
        ("../тайна/a:b?.csv", "a b.csv"),
        ("ы" * 70 + ".xlsx", "ы" * 64 + ".xlsx"),
        ("??", "file"),
    ],
)
async def test_names_of_files_as_telegram_shows_them(
    bot: Bot, messenger: Messenger, sent: str, shown: str
) -> None:
    await bot.send_document(ANNA, BufferedInputFile(b"a", sent))
    document = messenger.history(ANNA)[-1].document
    assert document is not None
    assert document.name == shown


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "Да"}, "Text buttons are unallowed"),
        ({"text": "Да", "callback_data": "x", "url": "https://example.com"}, "exactly one action"),
        ({"text": " ", "callback_data": "x"}, "text must be non-empty"),
        ({"text": "Да", "url": "localhost/x"}, "is invalid: Wrong HTTP URL"),
        ({"text": "Да", "callback_data": "x", "colour": "red"}, 'unknown field "colour"'),
    ],
)
async def test_wrong_button_is_refused(bot: Bot, button: dict[str, str], reason: str) -> None:
    markup = InlineKeyboardMarkup.model_construct(
        inline_keyboard=[[InlineKeyboardButton.model_construct(**button)]]
    )
    with pytest.raises(TelegramBadRequest, match=reason):
        await bot.send_message(ANNA, "?", reply_markup=markup)
