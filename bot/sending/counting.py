"""Live calls told to the pace: what the bot sends at once is counted, too."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.sending.pace import Pace

COUNTED = ("send", "edit")
NOT_COUNTED = "sendChatAction"


class LiveCalls(BaseRequestMiddleware):
    """Counts every message and edit of a bot client before it goes out, and passes on what Telegram refuses."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        chat_id = getattr(method, "chat_id", None)
        name = method.__api_method__
        if not isinstance(chat_id, int) or not name.startswith(COUNTED) or name == NOT_COUNTED:
            return await make_request(bot, method)
        await self._pace.live(chat_id)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._pace.refused(chat_id, error.retry_after)
            raise
