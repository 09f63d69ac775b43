"""Calls of the Bot API that keep trying while trying makes sense."""

import asyncio
import logging
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetFile, TelegramMethod

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

TRIES = 5
LONGEST_WAIT = 60


def out_of_reach(method: TelegramMethod[Any], error: AiogramError) -> TelegramNetworkError:
    """The error without Telegram's raw answer, which may hold somebody's name or words.

    A gateway's page of HTML is aiogram's ClientDecodeError, with the whole page and no kinship to other troubles
    of the network.
    """
    return TelegramNetworkError(method, type(error).__name__)


async def download(bot: Bot, file_id: str) -> bytes:
    """The bytes of a file that somebody sent. Raises what `persist` raises."""
    file = await persist(bot, GetFile(file_id=file_id))
    content = await bot.download_file(file.file_path or "")
    return content.read() if content is not None else b""


async def persist(bot: Bot, method: TelegramMethod[Answer]) -> Answer:
    """The call's result; floods are waited out, network and server errors are tried again.

    Raises what aiogram raises when Telegram refuses the call itself, or when it still fails at the last try.
    """
    for attempt in range(TRIES):
        try:
            return await bot(method)
        except TelegramRetryAfter as error:
            if attempt == TRIES - 1 or error.retry_after > LONGEST_WAIT:
                raise
            await asyncio.sleep(error.retry_after)
        except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as error:
            if attempt == TRIES - 1:
                raise out_of_reach(method, error) from None
            log.warning("%s: %s, trying again", type(method).__name__, type(error).__name__)
            await asyncio.sleep(0.3 * 2**attempt)
    raise AssertionError("unreachable")
