"""A Bot API that answers at once, inside the process, and the updates that would have come from it."""

import json
from collections.abc import AsyncGenerator, Iterator
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.types import Message

from benchmarks.answers.bare import screen
from benchmarks.answers.plan import Sitting
from benchmarks.population import account_of
from bot.sandbox.messenger.messenger import Messenger

TOKEN = "42:BENCH"

_update_ids = count(1)


class InstantSession(BaseSession):
    """Answers the two calls with the objects that they return, made beforehand."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self._message = Message.model_validate(_message(1))

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """The result of the call. Raises NotImplementedError for any other call."""
        self.calls += 1
        if method.__api_method__ == "answerCallbackQuery":
            return True
        if method.__api_method__ == "editMessageText":
            return self._message
        raise NotImplementedError(method.__api_method__)

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """No files here."""
        raise NotImplementedError
        yield b""


def taps(sitting: Sitting) -> Iterator[dict[str, Any]]:
    """The updates of a sitting as decoded JSON, each with an id never used before."""
    person = account_of(sitting.session)
    message = _message(person)
    for turn, code in enumerate(sitting.codes):
        number = next(_update_ids)
        query = {
            "id": str(4_000_000_000_000_000_000 + number),
            "from": message["chat"] | {"is_bot": False, "language_code": "ru"},
            "message": message,
            "chat_instance": str(person * 7919),
            "data": f"a:{sitting.session}:{turn + 1}:{code}:{turn}",
        }
        yield {"update_id": number, "callback_query": query}


def _message(person: int) -> dict[str, Any]:
    """The bot's message under which people tap, as the Bot API shows it."""
    messenger = Messenger(token=TOKEN)
    messenger.add_user(person, "Мария", "Иванова")
    messenger.write(person, "/start")
    text, keyboard = screen(1, 1, 0)
    reply = messenger.call(
        TOKEN,
        "sendMessage",
        {
            "chat_id": person,
            "text": text,
            "parse_mode": "HTML",
            "reply_markup": keyboard.model_dump_json(exclude_none=True),
        },
    )
    if reply.status != 200:
        raise RuntimeError(json.dumps(reply.payload))
    message: dict[str, Any] = reply.payload["result"]
    return message
