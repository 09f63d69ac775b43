"""People in a chat with the real bot: what tests say, tap and read."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import Message
from sqlalchemy import text

from bot import running, wiring
from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.telegram.presenter import UNCHANGED
from handlers.start.fields import AT_SCHOOL
from services.delivery.model import HEAVY
from services.people import invites
from services.people.model import Kind, Role
from storage import migrate
from storage.database import Database
from storage.unit_of_work import StoredWork
from tests.made_once import HurriedDatabase

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
        self._second: Database | None = None
        self.answers: dict[int, int] = {}
        """The message of each chat that the bot has sent or edited last in answer to something."""

    async def start_bot(self, clock: wiring.Clock = working_hours) -> None:
        self._stop = asyncio.Event()
        self.house = wiring.build(self.settings, clock)
        # The sender has a client of its own: what goes through this one is an answer and never a push.
        self.house.bot.session.middleware(self._note_answer)
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
        if self._second is not None:
            second, self._second = self._second, None
            await second.close()

    async def _note_answer(self, make_request: Any, bot: Bot, method: TelegramMethod[Any]) -> Any:
        chat, edited = getattr(method, "chat_id", None), getattr(method, "message_id", None)
        try:
            sent = await make_request(bot, method)
        except TelegramBadRequest as error:
            if edited is not None and UNCHANGED in error.message:
                self.answers[chat] = edited
            raise
        if isinstance(sent, Message):
            self.answers[chat] = sent.message_id
        elif edited is not None:
            self.answers[chat] = edited
        return sent

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
        now = self.house.desk.clock() if self.house is not None else working_hours()
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

    @asynccontextmanager
    async def second_connection(self) -> AsyncIterator[Database]:
        """A database of one's own for reading back; while the bot runs it stays open for the next time."""
        if self._second is not None:
            yield self._second
            return
        database = HurriedDatabase(self.settings.database_url)
        await migrate.upgrade(database)
        if kept := self._running is not None and self._second is None:
            self._second = database
        try:
            yield database
        finally:
            if not kept:
                await database.close()

    async def quiet(self, seconds: float = 20) -> None:
        """Until every update is handled and acknowledged and every callback answered."""
        await self.server.until(
            lambda: (
                not self.messenger.pending_updates()
                and not any(self.messenger.unanswered(user.id) for user in self.messenger.users())
            ),
            timeout=seconds,
        )

    async def answered(self, person: int) -> None:
        """Until replies to a person are shown: one that is slow to get through is not waited for by `quiet`."""
        if self.house is not None and person in self.house.lanes._lanes:
            lanes = self.house.lanes._lanes
            with suppress(TimeoutError):
                await self.server.until(lambda: person not in lanes, timeout=10)

    async def pushed(self) -> None:
        """Until what is due has been delivered, except what is slowly made; what is stuck is not waited for."""
        if self.house is not None and _is_sending(self.house.sender):
            sender = self.house.sender
            with suppress(TimeoutError):
                await self.server.until(lambda: not _is_sending(sender), timeout=1)


def _is_sending(sender: Sender) -> bool:
    looking = sender._awake.is_set() or not sender._awake._waiters
    return looking or any(window.kinds is not HEAVY for window, _ in sender._in_hand.values())


class Person:
    """Somebody who writes to the bot and reads what it shows."""

    def __init__(self, town: Town, user_id: int) -> None:
        self.town = town
        self.id = user_id

    async def says(self, words: str) -> ChatMessage:
        """Write, and look at the answer."""
        return await self._answer(lambda: self.town.messenger.write(self.id, words))

    async def taps(self, title: str, message: ChatMessage | None = None) -> ChatMessage:
        """Tap the button with this title (or one that begins so) under a message, and look at the answer.

        Without a message it is the last one, or what was answered last if something else came meanwhile.
        """

        def tap() -> None:
            tapped, data = self._button(title) if message is None else (message, data_of(message, title))
            self.town.messenger.tap(self.id, tapped.id, data)

        return await self._answer(tap)

    async def taps_data(self, data: str, message: ChatMessage | None = None) -> ChatMessage:
        """Tap with callback data of one's own making, and look at the answer."""
        return await self._answer(
            lambda: self.town.messenger.tap(self.id, (message or self.last).id, data, forged=True)
        )

    def _button(self, title: str) -> tuple[ChatMessage, str]:
        try:
            return self.last, data_of(self.last, title)
        except AssertionError:
            answered = self._answered
            if answered is None:
                raise
            return answered, data_of(answered, title)

    async def _answer(self, act: Callable[[], object]) -> ChatMessage:
        """What the bot shows in answer, or the last message where it shows nothing new; never a push."""
        await self.town.pushed()
        act()
        # The bot has had no moment to answer yet.
        before = self.town.answers.pop(self.id, None)
        await self.town.quiet()
        await self.town.answered(self.id)
        if (answer := self._answered) is not None:
            return answer
        if before is not None:
            self.town.answers[self.id] = before
        return self.last

    @property
    def _answered(self) -> ChatMessage | None:
        number = self.town.answers.get(self.id)
        messages = self.town.messenger.chats[self.id].messages
        return messages.get(number) if number is not None else None

    @property
    def history(self) -> list[ChatMessage]:
        return [message for message in self.town.messenger.history(self.id) if message.from_bot]

    @property
    def last(self) -> ChatMessage:
        """The newest message of the bot."""
        return self.history[-1]

    @property
    def shown(self) -> ChatMessage:
        """What was answered last; what was pushed since stands below it."""
        return self._answered or self.last

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
