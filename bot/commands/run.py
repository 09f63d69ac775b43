"""`run` and `migrate`."""

import asyncio

from aiogram.exceptions import TelegramAPIError, TelegramUnauthorizedError
from alembic.util import CommandError
from rich import print as say
from sqlalchemy.exc import SQLAlchemyError

from bot import running, wiring
from bot.commands.start import begin, complete, database_of, refuse
from bot.settings import Settings
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
    except TelegramAPIError as error:
        refuse(f"Telegram не отвечает ({settings.bot_api_url}): {error.message}. Проверьте: python -m bot doctor")
    except (SQLAlchemyError, OSError, CommandError) as error:
        refuse(f"DATABASE_URL: база не отвечает ({type(error).__name__}). Проверьте: python -m bot doctor")


def migrate() -> None:
    """Привести базу данных к нынешней версии таблиц. Команда run делает это сама."""
    complete(_migrate(begin()))


async def _migrate(settings: Settings) -> None:
    async with database_of(settings):
        say(f"База готова, версия таблиц {migrations.newest()}.")
