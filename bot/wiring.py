"""The composition root: everything is made and put together here, for the process and for the tests alike."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from bot.added_instruments import AddedInstruments
from bot.drawing import Drawing
from bot.parcels.making import Parcels
from bot.scheduler import Scheduler
from bot.sending.counting import LiveCalls
from bot.sending.line import Line
from bot.sending.pace import Pace
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.telegram.router import telegram_router
from bot.throttle import Throttle
from bot.updates.lanes import Lanes
from bot.updates.locks import PersonLocks
from bot.updates.receipt import Receipt
from bot.visits import Visits
from handlers.table import all_routes
from handlers.visit import Desk
from services.diagnostics.library import Library
from services.diagnostics.loading import load_versions
from services.diagnostics.wording import Wording
from services.iom.catalogue import shipped
from services.people.links import Links
from storage.answers import GroupedAnswers
from storage.database import Database
from storage.wordings import WordingTable

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class House:
    """Everything that a running bot consists of."""

    settings: Settings
    database: Database
    bot: Bot
    dispatcher: Dispatcher
    lanes: Lanes
    answers: GroupedAnswers
    desk: Desk
    sender: Sender
    scheduler: Scheduler
    drawing: Drawing
    locks: PersonLocks | None
    instruments: AddedInstruments

    async def close(self) -> None:
        """Finish what is in hand and give everything back."""
        await self.answers.close()
        await self.drawing.close()
        await self.sender.close()
        with suppress(Exception):
            await self.bot.session.close()
        if self.locks is not None:
            await self.locks.close()
        await self.database.close()


def library_of(database: Database) -> Library:
    """The instruments of the data files, in the wordings of the database."""

    async def find_wording(wording_id: int) -> Wording:
        async with database.read() as connection:
            return await WordingTable(connection).get(wording_id)

    return Library(load_versions(), find_wording)


def telegram_bot(settings: Settings) -> Bot:
    """A client of the Bot API at the address of the settings. Raises ValueError without a token."""
    if settings.bot_token is None:
        raise ValueError("BOT_TOKEN is not set")
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url))
    return Bot(settings.bot_token.get_secret_value(), session=session)


def build(settings: Settings, clock: Clock = utc_now) -> House:
    """Put the house together; nothing runs yet, and the database is not touched."""
    # A broken catalogue is told of at once, not when the first teacher opens it.
    shipped()
    database = Database(settings.database_url)
    bot = telegram_bot(settings)
    pace = Pace(settings.messages_per_second)
    bot.session.middleware(LiveCalls(pace))
    # The sender is made last but woken by what is made first.
    wake: list[Callable[[], None]] = []

    def on_owed() -> None:
        for call in wake:
            call()

    consent = settings.consent
    answers = GroupedAnswers(database, clock, on_owed, consent.version)
    desk = Desk(
        library=library_of(database),
        answers=answers,
        clock=clock,
        zone=settings.zone,
        min_group=settings.min_group,
        admins=settings.admin_ids,
        region=settings.region,
        consent=consent,
        links=Links(),
        retention_years=settings.retention_years,
        quiet=settings.quiet,
        mentoring=settings.mentoring,
        iom_template=settings.iom_template,
        note_template=settings.note_template,
    )
    visits = Visits(database, desk, all_routes(), on_owed)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(telegram_router(visits, Throttle(settings.taps_per_minute)))

    async def handle(update: Update, receipt: Receipt) -> None:
        await dispatcher.feed_update(bot, update, receipt=receipt)

    locks = PersonLocks(settings.redis_url.get_secret_value()) if settings.redis_url else None
    drawing = Drawing()
    instruments = AddedInstruments(database, desk.library)
    sender = Sender(telegram_bot(settings), database, desk, Parcels(database, desk, drawing), pace, Line())
    wake.append(sender.wake)
    return House(
        settings=settings,
        database=database,
        bot=bot,
        dispatcher=dispatcher,
        lanes=Lanes(handle, locks),
        answers=answers,
        desk=desk,
        sender=sender,
        scheduler=Scheduler(database, desk, instruments, settings.folder, on_owed),
        instruments=instruments,
        drawing=drawing,
        locks=locks,
    )
