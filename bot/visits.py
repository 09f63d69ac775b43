"""From an event to a reply: the unit of work is opened, the handler found and run, everything committed."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData
from sqlalchemy.exc import InterfaceError, OperationalError

from handlers import otherwise
from handlers.access import allowed
from handlers.current import current_screen
from handlers.routes import Effect, Route, Routes
from handlers.ui.screen import Declined, Reply
from handlers.visit import Desk, Visit
from services.people.model import Account
from storage.database import Database
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

Result = TypeVar("Result")

REMEMBERED = 10_000
TRIES = 5


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event as every messenger can tell it; exactly one of `command`, `text`, `data` and `other` is set.

    `command` is the name without the slash and what follows it, `data` the callback data of a tap, `other` is
    anything that is neither text nor a tap.
    """

    account: Account
    update_id: int
    profile_name: str
    command: tuple[str, str] | None = None
    text: str | None = None
    data: str | None = None
    other: bool = False


class Visits:
    """Runs the table of routes over a database."""

    def __init__(self, database: Database, desk: Desk, routes: Routes, on_owed: Callable[[], None]) -> None:
        self._database = database
        self._desk = desk
        self._routes = routes
        self._on_owed = on_owed
        self._done: OrderedDict[tuple[str, int], None] = OrderedDict()

    async def receive(self, incoming: Incoming, committed: Callable[[], None]) -> Reply | None:
        """The reply to an event, its effects committed; None when this process has answered the event before.

        `committed` is called as soon as the effects are safe. A database that is out of reach for a moment is
        tried again, so that a tap made meanwhile is not lost.
        """
        key = (incoming.account.channel, incoming.update_id)
        if key in self._done:
            return None
        reply = await _persistently(lambda: self._once(incoming))
        self._done[key] = None
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        committed()
        return reply

    async def set_blocked(self, account: Account, blocked: bool) -> None:
        """Remember that the person blocked the bot or came back."""

        async def remember() -> None:
            async with self._database.write() as connection:
                work = StoredWork(connection)
                await work.people.set_blocked(account, self._desk.clock() if blocked else None)
                await work.commit()

        await _persistently(remember)

    async def _once(self, incoming: Incoming) -> Reply:
        tap, route = self._find(incoming)
        if tap is not None and (first := self._routes.fast.get(tap.__prefix__)):
            reply = await first(self._desk, incoming.account, tap)
            if reply is not None:
                return reply
        if route is not None and route.effect is Effect.READS:
            async with self._database.read() as connection:
                visit = await self._visit(incoming, StoredWork(connection))
                if allowed(route.access, visit.person):
                    reply = await self._call(route, visit, incoming, tap)
                    await self._owe_apart(visit, reply)
                    return reply
        # A transaction is never given up in the middle: whoever loses patience leaves it to come to its end.
        return await asyncio.shield(self._write(incoming, tap, route))

    async def _write(self, incoming: Incoming, tap: CallbackData | None, route: Route | None) -> Reply:
        async with self._database.write() as connection:
            work = StoredWork(connection)
            visit = await self._visit(incoming, work)
            if incoming.text is not None and visit.conversation is not None:
                route = self._routes.steps.get(visit.conversation.step)
            if await work.updates.mark(incoming.account.channel, incoming.update_id, visit.now):
                try:
                    reply = await self._answer(visit, incoming, tap, route)
                except Declined as declined:
                    await connection.rollback()
                    await work.updates.mark(incoming.account.channel, incoming.update_id, visit.now)
                    reply = Reply(declined.screen)
            else:
                # Handled by a process that may have died before its reply: show where the person stands.
                reply = Reply(await current_screen(visit))
            await self._owe(work, visit, reply)
            await work.commit()
        if reply.owed:
            self._on_owed()
        return reply

    async def _answer(
        self, visit: Visit, incoming: Incoming, tap: CallbackData | None, route: Route | None
    ) -> Reply:
        if incoming.other:
            return await otherwise.not_text(visit)
        if route is None and incoming.data is not None:
            return await otherwise.old_button(visit)
        if route is None:
            return await otherwise.words(visit, _said(incoming))
        if not allowed(route.access, visit.person):
            return await otherwise.no_access(visit)
        return await self._call(route, visit, incoming, tap)

    def _find(self, incoming: Incoming) -> tuple[CallbackData | None, Route | None]:
        """The typed tap, and the route of a tap or command; the route of words depends on the conversation."""
        if incoming.command is not None:
            return None, self._routes.commands.get(incoming.command[0])
        if incoming.data is None:
            return None, None
        route = self._routes.taps.get(incoming.data.partition(":")[0])
        if route is None or route.tap is None:
            return None, None
        try:
            return route.tap.unpack(incoming.data), route
        except (ValueError, TypeError):
            return None, None

    async def _visit(self, incoming: Incoming, work: StoredWork) -> Visit:
        visitor = await work.people.visitor(incoming.account)
        return Visit(
            desk=self._desk,
            account=incoming.account,
            person=visitor.person,
            conversation=visitor.conversation,
            work=work,
            now=self._desk.clock(),
            cause=f"{incoming.account.channel}:{incoming.update_id}",
            suggested_name=incoming.profile_name,
        )

    @staticmethod
    async def _call(route: Route, visit: Visit, incoming: Incoming, tap: CallbackData | None) -> Reply:
        if tap is not None:
            return await route.handle(visit, tap)
        words = incoming.command[1] if incoming.command else incoming.text or ""
        return await route.handle(visit, words)

    @staticmethod
    async def _owe(work: StoredWork, visit: Visit, reply: Reply) -> None:
        for owed in reply.owed:
            account_id = visit.member.account_id
            await work.outbox.owe(account_id, owed.kind, owed.key, owed.payload, visit.now)

    async def _owe_apart(self, visit: Visit, reply: Reply) -> None:
        """What a handler that only reads leaves to be delivered: its keys make a second time harmless."""
        if not reply.owed:
            return
        async with self._database.write() as connection:
            work = StoredWork(connection)
            await self._owe(work, visit, reply)
            await work.commit()
        self._on_owed()


async def _persistently(attempt: Callable[[], Awaitable[Result]]) -> Result:
    """The attempt's result; a database that does not answer is tried again for some seconds."""
    for number in range(TRIES - 1):
        try:
            return await attempt()
        except (OperationalError, InterfaceError, OSError):
            log.warning("the database did not answer, trying again")
            await asyncio.sleep(0.2 * 2**number)
    return await attempt()


def _said(incoming: Incoming) -> str:
    return f"/{incoming.command[0]}" if incoming.command else incoming.text or ""
