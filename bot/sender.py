"""The sender: takes rows of the outbox, makes what they hold, sends it, and remembers how it went.

A row is marked `sending` in a commit before its send. A process killed in between leaves the row marked; its hold
ends after LEASE and the row is sent again: late and perhaps twice, but never lost.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.drawing import DrawingError
from bot.parcels.made import CommandMenu, NotDueError
from bot.parcels.making import Parcels
from bot.telegram.presenter import message_of
from handlers.visit import Desk
from services.delivery.model import Parcel
from storage.database import Database
from storage.outbox import OutboxTable
from storage.people import PeopleTable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 10
ATTEMPTS = 8
IDLE = 2.0
"""Seconds between looks at the outbox when nothing wakes the sender."""


class Sender:
    """Delivers the outbox for as long as it runs."""

    def __init__(self, bot: Bot, database: Database, desk: Desk, parcels: Parcels) -> None:
        self._bot = bot
        self._database = database
        self._desk = desk
        self._parcels = parcels
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._awake.set()

    async def run(self) -> None:
        """Deliver what is due, for ever."""
        while True:
            self._awake.clear()
            try:
                delivered = await self.deliver_due()
            except Exception:
                log.exception("the outbox could not be read")
                delivered = 0
            if not delivered:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._awake.wait(), IDLE)

    async def deliver_due(self) -> int:
        """Take a batch of due rows and deliver them; how many were taken."""
        async with self._database.read() as connection:
            if not await OutboxTable(connection).is_due(self._desk.clock()):
                return 0
        async with self._database.write() as connection:
            parcels = await OutboxTable(connection).take(self._desk.clock(), LEASE, BATCH)
            await connection.commit()
        # All at once, so that one slow line holds up no other, and well within their lease.
        await asyncio.gather(*(self._deliver(parcel) for parcel in parcels))
        return len(parcels)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            await self._send(parcel)
        except NotDueError as reason:
            await self._give_up(parcel, str(reason))
        except TelegramForbiddenError:
            await self._blocked(parcel)
        except TelegramRetryAfter as error:
            await self._postpone(parcel, timedelta(seconds=error.retry_after), "flood limit")
        except (TelegramNetworkError, TelegramServerError, ClientDecodeError, DrawingError, OSError) as error:
            await self._retry(parcel, type(error).__name__)
        except TelegramAPIError as error:
            log.error("parcel %s (%s) was refused: %s", parcel.id, parcel.kind, error.message)
            await self._give_up(parcel, error.message)
        except Exception as error:
            log.exception("parcel %s (%s) could not be made", parcel.id, parcel.kind)
            await self._retry(parcel, type(error).__name__)

    async def _send(self, parcel: Parcel) -> None:
        made = await self._parcels.make(parcel)
        chat_id = parcel.account.external_id
        if isinstance(made, CommandMenu):
            commands = [BotCommand(command=name, description=line) for name, line in made.commands.items()]
            await self._bot(SetMyCommands(commands=commands, scope=BotCommandScopeChat(chat_id=chat_id)))
        else:
            await self._bot(message_of(made, chat_id))
        async with self._database.write() as connection:
            await OutboxTable(connection).sent(parcel.id, self._desk.clock())
            await connection.commit()

    async def _retry(self, parcel: Parcel, reason: str) -> None:
        if parcel.attempts >= ATTEMPTS:
            await self._give_up(parcel, f"{reason}, {parcel.attempts} attempts")
        else:
            await self._postpone(parcel, timedelta(seconds=2**parcel.attempts), reason)

    async def _postpone(self, parcel: Parcel, wait: timedelta, reason: str) -> None:
        log.warning("parcel %s (%s) is postponed: %s", parcel.id, parcel.kind, reason)
        async with self._database.write() as connection:
            await OutboxTable(connection).postpone(parcel.id, self._desk.clock() + wait, reason)
            await connection.commit()

    async def _give_up(self, parcel: Parcel, reason: str) -> None:
        async with self._database.write() as connection:
            await OutboxTable(connection).give_up(parcel.id, reason)
            await connection.commit()

    async def _blocked(self, parcel: Parcel) -> None:
        async with self._database.write() as connection:
            await PeopleTable(connection).set_blocked(parcel.account, self._desk.clock())
            await OutboxTable(connection).give_up(parcel.id, "blocked")
            await connection.commit()
