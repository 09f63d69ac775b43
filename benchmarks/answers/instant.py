"""A Bot API that answers at once, inside the process, and the updates that would have come from it."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod

from benchmarks.answers.bare import screen
from benchmarks.answers.plan import Sitting
from benchmarks.population import account_of
from bot.sandbox.messenger.messenger import Messenger

TOKEN = "42:BENCH"

_update_ids = count(1)


class InstantSession(AiohttpSession):
    """aiogram's own client without a socket: calls become forms and answers are parsed as ever."""

    def __init__(self) -> None:
        super().__init__()
        shown = json.dumps({"ok": True, "result": _message(1)})
        self._answers = {"answerCallbackQuery": '{"ok":true,"result":true}', "editMessageText": shown}

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        """The result of the call. Raises RuntimeError for a call that no accepted answer leads to."""
        content = self._answers.get(method.__api_method__)
        if content is None:
            raise RuntimeError(f"an answer led to {method.__api_method__}: it was not accepted")
        self.build_form_data(bot, method)
        return self.check_response(bot, method, 200, content).result


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
