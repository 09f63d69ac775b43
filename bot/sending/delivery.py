"""One row of the outbox on its way: made, given its turn, marked, sent, and what became of it written down."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SetMyCommands, TelegramMethod
from aiogram.types import BotCommand, BotCommandScopeChat
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.parcels.made import CommandMenu, NotDueError, NotNowError
from bot.parcels.making import Parcels
from bot.sending.line import Line
from bot.sending.pace import LongWaitError, Pace
from bot.sending.troubles import Troubles
from bot.telegram.presenter import message_of
from handlers.ui.screen import Screen
from handlers.visit import Desk
from services.delivery.model import HEAVY, MASS, Failure, Kind, Parcel
from storage.database import Database
from storage.outbox import begin, mark_sent
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

OUT_OF_REACH = (
    TelegramNetworkError,
    TelegramServerError,
    ClientDecodeError,
    # A token that was revoked or mistyped is mended by an operator; the rows have done nothing wrong.
    TelegramUnauthorizedError,
    TelegramNotFound,
)
DATABASE_AWAY = (DBAPIError, PoolTimeoutError, OSError)
"""A database that is starting, away, or has no connection to give; SQLAlchemy tells them apart by no class."""
SLOWEST_RECORD = 5.0
"""Seconds, at most, between tries to write down what became of a row while the database is away."""

Record = Callable[[StoredWork], Awaitable[object]]


class Delivery:
    """Brings parcels to people, each of them in a task of its own."""

    def __init__(
        self, post: Bot, database: Database, desk: Desk, parcels: Parcels, pace: Pace, line: Line
    ) -> None:
        self._post = post
        self._database = database
        self._desk = desk
        self._parcels = parcels
        self._pace = pace
        self._line = line
        self._troubles = Troubles()
        self.on_the_way: set[int] = set()
        """Rows that are marked as being sent, and not written down yet."""

    async def deliver(self, parcel: Parcel) -> None:
        """Deliver the parcel, put it off or give it up; nothing is raised."""
        try:
            await self._deliver(parcel)
        except NotDueError as reason:
            await self._give_up(parcel, str(reason))
        except NotNowError as quiet:
            until = quiet.until
            # What failed before the rest says nothing of what will be after it.
            self._troubles.over(parcel.id)
            await self._record(parcel, lambda work: work.outbox.postpone(parcel, until))
        except LongWaitError as wait:
            await self._put_off(parcel, timedelta(seconds=wait.seconds))
        except DATABASE_AWAY as error:
            await self._retry(parcel, self._troubles.unreachable, Failure.UNREACHABLE, error)
        except Exception as error:
            log.exception("parcel %s (%s) could not be made", parcel.id, parcel.kind)
            await self._retry(parcel, self._troubles.unmade, Failure.UNMADE, error)
        finally:
            self.on_the_way.discard(parcel.id)

    async def _deliver(self, parcel: Parcel) -> None:
        method = _call(await self._parcels.make(parcel), parcel.account.external_id)
        if not isinstance(method, SetMyCommands):
            await self._pace.turn(parcel.account.external_id, mass=parcel.kind in MASS)
        if pause := self._line.pause_left():
            raise LongWaitError(pause)
        if await self._database.write_at_once(partial(begin, parcel=parcel)):
            self.on_the_way.add(parcel.id)
            await self._send(parcel, method)

    async def _send(self, parcel: Parcel, method: TelegramMethod[Any]) -> None:
        try:
            await self._post(method)
        except TelegramForbiddenError:
            self._line.worked()
            await self._blocked(parcel)
        except TelegramRetryAfter as error:
            self._line.worked()
            self._pace.refused(parcel.account.external_id, error.retry_after)
            await self._put_off(parcel, timedelta(seconds=error.retry_after), "flood limit")
        except OUT_OF_REACH as error:
            if isinstance(error, TelegramEntityTooLarge):
                await self._give_up(parcel, Failure.REFUSED.told("too large"))
                return
            self._line.failed()
            await self._retry(parcel, self._troubles.unreachable, Failure.UNREACHABLE, error)
        except TelegramAPIError as error:
            self._line.worked()
            log.error("parcel %s (%s) was refused: %s", parcel.id, parcel.kind, error.message)
            await self._give_up(parcel, Failure.REFUSED.told(error.message))
        else:
            self._line.worked()
            self._troubles.over(parcel.id)
            sent = partial(mark_sent, parcel=parcel, now=self._desk.clock())
            await self._persist(parcel, lambda: self._database.write_at_once(sent))

    async def _retry(
        self,
        parcel: Parcel,
        count: Callable[..., timedelta | None],
        failure: Failure,
        error: Exception,
    ) -> None:
        reason = failure.told(type(error).__name__)
        wait = count(parcel.id, self._desk.clock())
        if wait is None:
            await self._give_up(parcel, reason, tell=failure is Failure.UNMADE and parcel.kind in HEAVY)
        else:
            await self._put_off(parcel, wait, reason)

    async def _put_off(self, parcel: Parcel, wait: timedelta, reason: str | None = None) -> None:
        if reason:
            log.warning("parcel %s (%s) is put off: %s", parcel.id, parcel.kind, reason)
        until = self._desk.clock() + wait
        await self._record(parcel, lambda work: work.outbox.postpone(parcel, until, reason))

    async def _give_up(self, parcel: Parcel, reason: str, *, tell: bool = False) -> None:
        """Never try again; whoever waits for it is told if `tell`."""
        now = self._desk.clock()

        async def record(work: StoredWork) -> None:
            given_up = await work.outbox.give_up(parcel, reason, now)
            person = (await work.people.visitor(parcel.account)).person if given_up and tell else None
            if person is not None:
                await work.outbox.owe(person.account_id, Kind.NOT_MADE, f"not-made:{parcel.id}", {}, now)

        self._troubles.over(parcel.id)
        await self._record(parcel, record)

    async def _blocked(self, parcel: Parcel) -> None:
        async def record(work: StoredWork) -> None:
            await work.people.set_blocked(parcel.account, self._desk.clock())
            await work.outbox.give_up(parcel, Failure.BLOCKED, self._desk.clock())

        self._troubles.over(parcel.id)
        await self._record(parcel, record)

    async def _record(self, parcel: Parcel, record: Record) -> None:
        async def write() -> None:
            async with self._database.write() as connection:
                work = StoredWork(connection)
                await record(work)
                await work.commit()

        await self._persist(parcel, write)

    @staticmethod
    async def _persist(parcel: Parcel, write: Callable[[], Awaitable[object]]) -> None:
        """Write it down, however long a database that is away takes to come back: nobody else has the row."""
        pause = 0.2
        while True:
            try:
                await write()
                return
            except DATABASE_AWAY as error:
                log.warning("what became of parcel %s waits: %s", parcel.id, type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, SLOWEST_RECORD)


def _call(made: Screen | CommandMenu, chat_id: int) -> TelegramMethod[Any]:
    if isinstance(made, CommandMenu):
        commands = [BotCommand(command=name, description=line) for name, line in made.commands.items()]
        return SetMyCommands(commands=commands, scope=BotCommandScopeChat(chat_id=chat_id))
    return message_of(made, chat_id)
