"""People in a chat with the real bot: what tests say, tap and read."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot import running, wiring
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from bot.settings import Settings
from handlers.start.fields import AT_SCHOOL
from services.people import invites
from services.people.model import Kind, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork

TOKEN = "42:TEST"
DISTRICT = "Сосновский район"
BOYKO = "Эмоциональное выгорание"
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Moscow"))
_BEGAN = monotonic()


def working_hours() -> datetime:
    """A clock that goes, from a Tuesday morning: whenever the tests run, nothing waits for quiet hours to end."""
    return TUESDAY + timedelta(seconds=monotonic() - _BEGAN)


class Town:
    """A messenger, the bot that serves it, and a second connection to the bot's database."""

    def __init__(self, messenger: Messenger, server: BotApiServer, settings: Settings) -> None:
        self.messenger = messenger
        self.server = server
        self.settings = settings
        self.house: wiring.House | None = None
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._newcomers = 1000

    async def start_bot(self, clock: wiring.Clock = working_hours) -> None:
        self._stop = asyncio.Event()
        self.house = wiring.build(self.settings, clock)
        self._running = asyncio.create_task(running.run(self.house, stop=self._stop))
        running_bot = self._running
        await self.server.until(lambda: running_bot.done() or self._called("deleteWebhook", "setWebhook"))
        if running_bot.done():
            await running_bot

    async def stop_bot(self) -> None:
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    def _called(self, *methods: str) -> bool:
        return any(call.method in methods for call in self.messenger.calls)

    def person(self, name: str = "Мария", surname: str = "Иванова", user_id: int | None = None) -> "Person":
        """Somebody new with a phone."""
        if user_id is None:
            self._newcomers += 1
            user_id = self._newcomers
        self.messenger.add_user(user_id, name, surname)
        return Person(self, user_id)

    async def municipality(self, name: str = DISTRICT) -> int:
        async with self.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            made = await work.organisations.add(Kind.MUNICIPALITY, name, None)
            await work.commit()
        return made.id

    async def school(self, name: str = "Школа № 1", district: str = DISTRICT) -> int:
        async with self.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            parent = await work.organisations.add(Kind.MUNICIPALITY, district, None)
            school = await work.organisations.add(Kind.SCHOOL, name, parent.id)
            await work.commit()
        return school.id

    async def invite(
        self, role: Role, organisation: int, uses: int = 1, days: int = 30, person: int | None = None
    ) -> str:
        """The token of a new invite, of a personal one with a person's id."""
        now = wiring.utc_now()
        async with self.second_connection() as database, database.write() as connection:
            work = StoredWork(connection)
            expires_at = now + timedelta(days=days)
            token = await invites.issue(work, role, organisation, uses, expires_at, now, person_id=person)
            await work.commit()
        return token

    async def rows(self, query: str, **values: Any) -> list[Any]:
        """What a second connection sees."""
        async with self.second_connection() as database, database.read() as connection:
            return list((await connection.execute(text(query), values)).all())

    async def change(self, statement: str, **values: Any) -> None:
        async with self.second_connection() as database, database.write() as connection:
            await connection.execute(text(statement), values)
            await connection.commit()

    def second_connection(self) -> "SecondConnection":
        return SecondConnection(self.settings.database_url)

    async def quiet(self, seconds: float = 20) -> None:
        """Until every update is handled and acknowledged and every callback answered."""
        await self.server.until(
            lambda: (
                not self.messenger.pending_updates()
                and not any(self.messenger.unanswered(user.id) for user in self.messenger.users())
            ),
            timeout=seconds,
        )


@dataclass
class SecondConnection:
    """A database of its own for reading back."""

    url: str
    database: Database | None = None

    async def __aenter__(self) -> Database:
        self.database = Database(self.url)
        await migrate.upgrade(self.database)
        return self.database

    async def __aexit__(self, *_: object) -> None:
        assert self.database is not None
        await self.database.close()


class Person:
    """Somebody who writes to the bot and reads what it shows."""

    def __init__(self, town: Town, user_id: int) -> None:
        self.town = town
        self.id = user_id

    async def says(self, words: str) -> ChatMessage:
        """Write, wait for the answer, and look at the last message."""
        self.town.messenger.write(self.id, words)
        await self.town.quiet()
        return self.last

    async def taps(self, title: str, message: ChatMessage | None = None) -> ChatMessage:
        """Tap the button with this title (or one that begins so) under a message, the last one by default."""
        message = message or self.last
        self.town.messenger.tap(self.id, message.id, data_of(message, title))
        await self.town.quiet()
        return self.last

    async def taps_data(self, data: str, message: ChatMessage | None = None) -> ChatMessage:
        """Tap with callback data of one's own making."""
        self.town.messenger.tap(self.id, (message or self.last).id, data, forged=True)
        await self.town.quiet()
        return self.last

    @property
    def history(self) -> list[ChatMessage]:
        return [message for message in self.town.messenger.history(self.id) if message.from_bot]

    @property
    def last(self) -> ChatMessage:
        """The newest message of the bot."""
        return self.history[-1]

    @property
    def toasts(self) -> list[str]:
        return [answer.text for answer in self.town.messenger.answers(self.id) if answer.text]

    async def gets_picture(self, count: int = 1) -> ChatMessage:
        """Wait until the bot has sent `count` pictures; the newest."""
        await self.town.server.until(lambda: len(self.pictures) >= count, timeout=30)
        return self.pictures[-1]

    @property
    def pictures(self) -> list[ChatMessage]:
        return [message for message in self.history if message.photo]

    async def registers(self, role: Role, organisation: int, name: str = "Иванова Мария Петровна") -> "Person":
        """Come in by an invite and register to the end."""
        token = await self.town.invite(role, organisation)
        await self.says(f"/start {token}")
        await self.taps("Согласие даю")
        await self.says(name)
        await self.taps("Учитель")
        if role in AT_SCHOOL:
            await self.taps("Математика")
            await self.says("12")
            await self.says("1980")
        await self.taps("Всё верно")
        return self

    async def begins(self, title: str) -> ChatMessage:
        """Choose a test of those on offer and begin it, or go on with it."""
        await self.says("/survey")
        begun = next((name for name in titles(self.last) if name.startswith(f"Продолжить: {title}")), None)
        if begun is not None:
            return await self.taps(begun)
        await self.taps(title)
        return await self.taps("Начать")

    async def answers_all(self, codes: str) -> ChatMessage:
        """Begin the Boyko test and answer every item: `codes` is a string of y and n."""
        await self.begins(BOYKO)
        for code in codes:
            await self.taps("Да" if code == "y" else "Нет")
        return self.last


def titles(message: ChatMessage) -> list[str]:
    """What stands on the buttons of a message."""
    return [button.text for row in message.keyboard or [] for button in row]


def data_of(message: ChatMessage, title: str) -> str:
    """The callback data of a button by its title."""
    buttons = [button for row in message.keyboard or [] for button in row]
    for button in buttons:
        if button.text == title:
            return str(button.data)
    for button in buttons:
        if button.text.startswith(title) or button.text.removeprefix("✓ ") == title:
            return str(button.data)
    raise AssertionError(f"no button {title!r}; there are {[button.text for button in buttons]}")
