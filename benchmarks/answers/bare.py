"""What a bot can do at best: aiogram with one handler that stores nothing and makes the two calls we make."""

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.filters import Filter
from aiogram.methods import AnswerCallbackQuery, EditMessageText
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message

PREFIX = "a:"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TEXT = (
    "<b>Эмоциональное выгорание</b>\n▰▰▰▱▱▱▱▱▱▱▱▱  {item} из 84\n<i>Осталось около 9 минут</i>\n\n"
    "<b>Утверждение номер {item}: работа с людьми требует сил, и к вечеру их почти не остаётся</b>"
)


class AnswerData(Filter):
    """An asynchronous filter by the prefix of the callback data."""

    async def __call__(self, query: CallbackQuery) -> bool:
        return query.data is not None and query.data.startswith(PREFIX)


def screen(session: int, item: int, turn: int) -> tuple[str, InlineKeyboardMarkup]:
    """A text and a keyboard of the length and shape of ours."""
    text = TEXT.format(item=item)
    options = [
        InlineKeyboardButton(text=title, callback_data=f"a:{session}:{item}:{code}:{turn}")
        for title, code in (("Да", "y"), ("Нет", "n"))
    ]
    moves = [
        InlineKeyboardButton(text="‹ Назад", callback_data=f"back:{session}:{turn}"),
        InlineKeyboardButton(text="Пауза", callback_data=f"pause:{session}"),
    ]
    return text, InlineKeyboardMarkup(inline_keyboard=[options, moves])


def bare_dispatcher() -> Dispatcher:
    """A dispatcher with the one handler and nothing else, not even aiogram's own state."""
    dispatcher = Dispatcher(disable_fsm=True)

    @dispatcher.callback_query(AnswerData())
    async def on_answer(query: CallbackQuery, bot: Bot) -> None:
        assert query.data is not None
        assert isinstance(query.message, Message)
        _, session, item, _, turn = query.data.split(":")
        text, keyboard = screen(int(session), int(item) + 1, int(turn) + 1)
        await asyncio.gather(
            bot(AnswerCallbackQuery(callback_query_id=query.id)),
            bot(
                EditMessageText(
                    chat_id=query.message.chat.id,
                    message_id=query.message.message_id,
                    text=text,
                    parse_mode="HTML",
                    link_preview_options=NO_PREVIEW,
                    reply_markup=keyboard,
                )
            ),
        )

    return dispatcher
