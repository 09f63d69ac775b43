"""A town for the tests: our Bot API server, the real bot polling it over HTTP, and people who write and tap."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.server import BotApiServer
from bot.settings import Settings, load_settings
from tests.made_once import made_once
from tests.migrated import put_migrated
from tests.town import TOKEN, Town

# The same examples every time, however slow the machine is.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again takes a quarter of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


Founder = Callable[..., Awaitable[Town]]


@asynccontextmanager
async def founded(folder: Path, **overrides: object) -> AsyncIterator[Town]:
    """A town with its bot running; `overrides` replace those of the bot."""
    messenger = Messenger(token=TOKEN, username="school_bot", name="Поддержка педагогов", limits=None)
    server = BotApiServer(messenger)
    await server.start()
    present: dict[str, object] = {
        "bot_token": TOKEN,
        "bot_api_url": server.url,
        "database_url": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        # People of the tests tap faster than anybody's finger.
        "taps_per_minute": 100_000,
        "messages_per_second": 0,
    }
    town = Town(messenger, server, load_settings(**present | overrides))
    try:
        await put_migrated(folder / "bot.db")
        await town.start_bot()
        yield town
    finally:
        await town.stop_bot()
        await server.stop()


@pytest.fixture
async def found(tmp_path: Path) -> AsyncIterator[Founder]:
    """Founds a town with settings of one's own."""
    async with AsyncExitStack() as stack:

        async def make(**overrides: object) -> Town:
            return await stack.enter_async_context(founded(tmp_path, **overrides))

        yield make


@pytest.fixture
async def town(found: Founder) -> Town:
    """A town with the default settings."""
    return await found()


@pytest.fixture(autouse=True, scope="session")
def _made_once() -> Iterator[None]:
    with made_once():
        yield


@pytest.fixture(autouse=True)
def no_operators_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see neither the environment's settings nor a .env of the one who runs them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
