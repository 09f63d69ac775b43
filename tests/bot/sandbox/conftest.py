from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox.messenger import Messenger
from bot.sandbox.server import BotApiServer

TOKEN = "42:TEST"
# Beyond 32 bits, as ids of new accounts are.
ANNA = 7_000_000_001
BORIS = 7_000_000_002


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def png(width: int = 2, height: int = 2, padding: int = 0) -> bytes:
    """A valid black picture; `padding` zero bytes go into a private chunk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" * (1 + (width + 7) // 8)) * height)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    extra = chunk(b"zzZz", bytes(padding)) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def messenger(clock: Clock) -> Messenger:
    messenger = Messenger(token=TOKEN, username="school_bot", name="Забота", clock=clock)
    messenger.add_user(ANNA, "Анна", "Петрова", role="педагог")
    messenger.write(ANNA, "/start")
    messenger.updates.clear()
    return messenger


@pytest.fixture
async def server(messenger: Messenger) -> AsyncIterator[BotApiServer]:
    server = BotApiServer(messenger, webhook_retry=0.02)
    await server.start()
    yield server
    await server.stop()


MakeBot = Callable[[str], Bot]


@pytest.fixture(scope="session")
def shared_session() -> AiohttpSession:
    # Each new one reads all certificates of the system, a tenth of a second.
    return AiohttpSession()


@pytest.fixture
async def make_bot(server: BotApiServer, shared_session: AiohttpSession) -> AsyncIterator[MakeBot]:
    shared_session.api = TelegramAPIServer.from_base(server.url)
    yield lambda token: Bot(token, session=shared_session, default=DefaultBotProperties(parse_mode="HTML"))
    # The session's own close waits 250 ms for TLS connections, which there are none of.
    if shared_session._session:
        await shared_session._session.close()
        shared_session._session = None


@pytest.fixture
def bot(make_bot: MakeBot) -> Bot:
    return make_bot(TOKEN)
