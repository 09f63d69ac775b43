"""People of a district who are in the bot already, and a clock of the tests' own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.messenger.messenger import Messenger
from bot.sandbox.messenger.model import ChatMessage
from bot.sandbox.server import BotApiServer
from bot.settings import load_settings
from bot.ticks.campaigns import tend_campaigns
from services.people.consent import load_consent
from services.people.model import Account, Profile, Role
from storage.unit_of_work import StoredWork
from tests.migrated import put_migrated
from tests.town import TOKEN, TUESDAY, Person, Town

ZONE = ZoneInfo("Europe/Moscow")
SCHOOLS = ("Школа № 1", "Школа № 2")


@dataclass
class Clock:
    """Stands until it is moved."""

    now: datetime = TUESDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@asynccontextmanager
async def founded_at(clock: Clock, folder: Path) -> AsyncIterator[Town]:
    """A town with two schools, whose bot lives by this clock."""
    messenger = Messenger(token=TOKEN, username="school_bot", name="Поддержка педагогов", limits=None)
    server = BotApiServer(messenger)
    await server.start()
    settings = load_settings(
        bot_token=TOKEN,
        bot_api_url=server.url,
        database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        taps_per_minute=100_000,
        messages_per_second=0,
    )
    town = Town(messenger, server, settings)
    try:
        await put_migrated(folder / "bot.db")
        await town.start_bot(clock)
        for name in SCHOOLS:
            await town.school(name)
        yield town
    finally:
        await town.stop_bot()
        await server.stop()


async def restarted(town: Town, clock: Clock) -> None:
    """The bot has been stopped and is up again."""
    await town.stop_bot()
    await up(town, clock)


async def up(town: Town, clock: Clock) -> None:
    """The bot runs again."""

    def starts() -> int:
        return sum(call.method == "deleteWebhook" for call in town.messenger.calls)

    before = starts()
    await town.start_bot(clock)
    await town.server.until(lambda: starts() > before)


async def settled(
    town: Town, name: str, *places: tuple[Role, int], subject: str = "Математика", birth_year: int = 1976
) -> Person:
    """Somebody registered, with these roles in these organisations."""
    surname, first = name.split()[:2]
    person = town.person(first, surname)
    account = Account("telegram", person.id)
    async with town.second_connection() as database, database.write() as connection:
        work = StoredWork(connection)
        person_id = await work.people.welcome(account, load_consent().version, TUESDAY)
        for role, organisation in places:
            await work.people.grant(person_id, role, organisation, TUESDAY)
        profile = Profile(name, "Учитель", subject, 12, birth_year, known_on=TUESDAY.date())
        await work.people.save_profile(person_id, profile, TUESDAY)
        await work.commit()
    # Who has never written to a bot gets nothing from it.
    await person.says("/menu")
    return person


async def tended(town: Town, clock: Clock) -> None:
    """The clock has struck for campaigns."""
    assert town.house is not None
    await tend_campaigns(town.house.database, load_consent().version, ZONE, clock())
    town.house.sender.wake()


async def until_sent(town: Town) -> None:
    """Wait until nothing is owed to anybody any more."""
    assert town.house is not None
    town.house.sender.wake()
    for _ in range(2000):
        if not await town.rows("SELECT 1 FROM outbox WHERE state IN ('pending', 'sending')"):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("something is still owed")


def about(person: Person, words: str) -> list[ChatMessage]:
    """Messages of the bot that hold these words."""
    return [message for message in person.history if words in message.text]


async def taps_in(person: Person, message: ChatMessage, *titles: str) -> ChatMessage:
    """Tap one button after another under a message that changes in place; the message as it is then."""
    for title in titles:
        await person.taps(title, present(person, message))
    return present(person, message)


def present(person: Person, message: ChatMessage) -> ChatMessage:
    """The message as it looks now."""
    return next(one for one in person.history if one.id == message.id)


async def answers(person: Person, invitation: ChatMessage, option: str = "Да") -> ChatMessage:
    """From the invitation to the last of six items; the message at the end."""
    return await taps_in(person, invitation, "Начать", "Начать", *[option] * 6)
