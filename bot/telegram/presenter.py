"""Showing a reply: the tapped message is edited in place, or a new one is sent when it cannot be."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)

from bot.telegram.calls import persist
from handlers.ui.screen import Reply, Screen

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"
TOO_LATE = "query is too old"


class EditScreen(EditMessageText):
    """An edit whose answer nobody reads: parsing the message that comes back costs as much as all our own work."""

    __returning__ = Any  # type: ignore[assignment]


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The screen's buttons as Telegram's inline keyboard."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=each.text, callback_data=each.data, url=each.url) for each in row]
            for row in screen.rows
        ]
    )


def message_of(screen: Screen, chat_id: int) -> TelegramMethod[Message]:
    """The call that sends the screen as a new message."""
    if screen.picture is not None:
        return SendPhoto(
            chat_id=chat_id,
            photo=BufferedInputFile(screen.picture, "chart.png"),
            caption=screen.text,
            parse_mode="HTML",
            reply_markup=keyboard(screen),
        )
    if screen.document is not None:
        return SendDocument(
            chat_id=chat_id,
            document=BufferedInputFile(screen.document.content, screen.document.name),
            caption=screen.text,
            parse_mode="HTML",
            reply_markup=keyboard(screen),
        )
    return SendMessage(
        chat_id=chat_id,
        text=screen.text,
        parse_mode="HTML",
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(screen),
    )


async def show_message(bot: Bot, reply: Reply, chat_id: int) -> None:
    """Send the reply's screen, if it has one."""
    if reply.screen is not None:
        await persist(bot, message_of(reply.screen, chat_id))


async def show_tap(bot: Bot, reply: Reply | None, query: CallbackQuery) -> None:
    """Answer the callback in any case, and show the screen in place of the tapped message."""
    tasks = [_answer(bot, reply, query)]
    if reply is not None and reply.screen is not None:
        tasks.append(_place(bot, reply, reply.screen, query))
    problems = [problem for problem in await asyncio.gather(*tasks, return_exceptions=True) if problem is not None]
    if problems:
        raise problems[-1]


async def _answer(bot: Bot, reply: Reply | None, query: CallbackQuery) -> None:
    toast = reply.toast if reply else None
    try:
        await persist(bot, AnswerCallbackQuery(callback_query_id=query.id, text=toast))
    except TelegramBadRequest as error:
        # The button's clock has stopped by itself meanwhile; what was tapped is done all the same.
        if TOO_LATE not in error.message:
            raise


async def _place(bot: Bot, reply: Reply, screen: Screen, query: CallbackQuery) -> None:
    message = query.message
    chat_id = message.chat.id if message is not None else query.from_user.id
    attached = screen.picture is not None or screen.document is not None
    if reply.fresh or attached or not isinstance(message, Message) or message.text is None:
        await persist(bot, message_of(screen, chat_id))
        return
    edit = EditScreen(  # type: ignore[call-arg]
        chat_id=chat_id,
        message_id=message.message_id,
        text=screen.text,
        parse_mode="HTML",
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(screen),
    )
    try:
        await persist(bot, edit)
    except TelegramForbiddenError:
        raise
    except TelegramBadRequest as error:
        if UNCHANGED not in error.message:
            await persist(bot, message_of(screen, chat_id))
