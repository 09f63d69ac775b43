"""What every command begins with: settings, logs, a database at its present shape."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, NoReturn, TypeVar

import typer
from alembic.util import CommandError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.settings import Settings, SettingsError, load_settings
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork

Result = TypeVar("Result")

DATABASE_TROUBLE = (SQLAlchemyError, CommandError, OSError)
"""What a database out of reach raises."""

complaints = Console(stderr=True, highlight=False, soft_wrap=True)


def refuse(message: str) -> NoReturn:
    """Say what is wrong and end with status 1."""
    complaints.print(message, style="red", markup=False)
    raise typer.Exit(1)


def refuse_database(error: Exception) -> NoReturn:
    """Say that the database is out of reach and end."""
    refuse(f"DATABASE_URL: база не отвечает ({type(error).__name__}). Проверьте: python -m bot doctor")


def settings_or_refuse(**overrides: object) -> Settings:
    """The settings, or their faults and the end."""
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        refuse(f"Настройки не подходят, исправьте в .env или в окружении:\n{error}")


def begin(**overrides: object) -> Settings:
    """Settings checked and logs set up."""
    settings = settings_or_refuse(**overrides)
    logs.set_up(settings.log_level, settings.log_format)
    return settings


def complete(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work to its end; what went wrong is told to the operator."""
    try:
        return asyncio.run(work)
    except ValueError as error:
        refuse(str(error))
    except DATABASE_TROUBLE as error:
        refuse_database(error)


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    """The database, migrated."""
    database = Database(settings.database_url)
    try:
        await migrate.upgrade(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def writing(settings: Settings) -> AsyncIterator[StoredWork]:
    """A unit of work over the migrated database; what is not committed is rolled back."""
    async with database_of(settings) as database, database.write() as connection:
        yield StoredWork(connection)
