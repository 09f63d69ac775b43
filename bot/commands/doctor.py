"""`doctor`: is everything in place, and what to do where it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import typer
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from aiogram.methods import GetMe
from rich.console import Console
from sqlalchemy import text

from bot.commands.start import settings_or_refuse
from bot.settings import Settings
from bot.wiring import telegram_bot
from services.iom import document_file
from services.reporting.note import note_file
from services.word_template import TemplateError
from storage import migrate
from storage.database import Database

console = Console(highlight=False, soft_wrap=True)

PATIENCE = 15


class Ill(Exception):  # noqa: N818 - a finding of the doctor
    """A check found something wrong; the message says what to do."""


def doctor() -> None:
    """Проверить настройки, базу, Telegram и шрифты и подсказать, что исправить."""
    settings = settings_or_refuse()
    console.print("✓ Настройки прочитаны", markup=False)
    healthy = asyncio.run(_examine(settings))
    if not healthy:
        raise typer.Exit(1)


async def _examine(settings: Settings) -> bool:
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("База", _database),
        ("Telegram", _telegram),
        ("Redis", _redis),
        ("Шрифты графиков", _fonts),
        ("Шаблон ИОМ", _iom_template),
        ("Шаблон справки", _note_template),
    ]
    healthy = True
    for title, check in checks:
        try:
            async with asyncio.timeout(PATIENCE):
                finding = await check(settings)
        except Ill as ill:
            healthy = False
            console.print(f"✗ {title}: {ill}", style="red", markup=False)
        except Exception as error:
            healthy = False
            console.print(f"✗ {title}: {type(error).__name__}", style="red", markup=False)
        else:
            console.print(f"✓ {title}: {finding}", markup=False)
    return healthy


async def _database(settings: Settings) -> str:
    database = Database(settings.database_url)
    if database.file is not None and not database.file.exists():
        raise Ill("базы ещё нет. Выполните: python -m bot migrate")
    try:
        async with database.read() as connection:
            version = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    except Exception as error:
        if database.file is not None or "alembic_version" in str(error):
            raise Ill("таблиц ещё нет. Выполните: python -m bot migrate") from None
        raise Ill(
            f"DATABASE_URL: нет связи ({type(error).__name__}). Проверьте адрес, пароль и запущен ли PostgreSQL"
        ) from None
    finally:
        await database.close()
    if version != migrate.newest():
        raise Ill(f"версия таблиц {version}, нужна {migrate.newest()}. Выполните: python -m bot migrate")
    return f"{database.dialect}, версия таблиц {version}"


async def _telegram(settings: Settings) -> str:
    if settings.bot_token is None:
        raise Ill("BOT_TOKEN не задан. Получите токен у @BotFather и запишите в .env")
    bot = telegram_bot(settings)
    try:
        me = await bot(GetMe())
    except TelegramUnauthorizedError:
        raise Ill("BOT_TOKEN не подходит. Проверьте его у @BotFather") from None
    except AiogramError as error:
        name = type(error).__name__
        raise Ill(f"{settings.bot_api_url} не отвечает ({name}). Проверьте сеть и BOT_API_URL") from None
    finally:
        await bot.session.close()
    return f"бот @{me.username}"


async def _redis(settings: Settings) -> str:
    if settings.redis_url is None:
        return "не задан и не нужен, пока бот запущен в одном экземпляре"
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    client = Redis.from_url(settings.redis_url.get_secret_value())
    try:
        await client.ping()
    except (RedisError, OSError):
        raise Ill("REDIS_URL: нет связи. Проверьте адрес или уберите переменную") from None
    finally:
        await client.aclose()
    return "отвечает"


async def _fonts(_: Settings) -> str:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    path = font_manager.findfont("DejaVu Sans", fallback_to_default=False)
    if not all(FT2Font(path).get_char_index(ord(letter)) for letter in "АЯая№"):
        raise Ill("в DejaVu Sans нет русских букв. Переустановите пакет matplotlib")
    return "русские буквы есть"


async def _iom_template(settings: Settings) -> str:
    return _template("IOM_TEMPLATE", settings.iom_template, document_file.tried)


async def _note_template(settings: Settings) -> str:
    return _template("NOTE_TEMPLATE", settings.note_template, note_file.tried)


def _template(name: str, own: Path | None, tried: Callable[[Path], None]) -> str:
    if own is None:
        return "свой не задан, используется наш"
    try:
        tried(own)
    except TemplateError as error:
        raise Ill(f"{name}: {error}. Пока документы выходят по нашему шаблону") from None
    return f"{own} заполняется"
