"""`run` and `migrate`."""

import asyncio

from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from rich import print as say

from bot import running, wiring
from bot.commands.start import DATABASE_TROUBLE, begin, complete, database_of, refuse, refuse_database
from bot.settings import Settings
from bot.updates.webhook import PortTakenError
from storage import migrate as migrations


def run() -> None:
    """Запустить бота: обновить базу и принимать сообщения.

    Без WEBHOOK_URL бот сам спрашивает Telegram о новых сообщениях. С WEBHOOK_URL слушает WEBHOOK_PORT.
    Остановка: Ctrl+C или SIGTERM; начатое будет доделано.
    """
    settings = begin()
    if settings.bot_token is None:
        refuse(
            "BOT_TOKEN: не задан. Получите токен у @BotFather и запишите его в .env.\n"
            "Попробовать без токена: python -m bot sandbox"
        )
    try:
        asyncio.run(running.run(wiring.build(settings)))
    except TelegramUnauthorizedError:
        refuse("BOT_TOKEN: Telegram не принимает этот токен. Проверьте его у @BotFather.")
    except AiogramError as error:
        name = type(error).__name__
        refuse(f"Telegram не отвечает ({settings.bot_api_url}, {name}). Проверьте: python -m bot doctor")
    except PortTakenError as error:
        refuse(f"WEBHOOK_PORT: порт {error} занят или закрыт. Задайте другой.")
    except DATABASE_TROUBLE as error:
        refuse_database(error)


def migrate() -> None:
    """Привести базу данных к нынешней версии таблиц. Команда run делает это сама."""
    complete(_migrate(begin()))


async def _migrate(settings: Settings) -> None:
    async with database_of(settings):
        say(f"База готова, версия таблиц {migrations.newest()}.")
