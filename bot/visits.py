"""From an event to a reply: the unit of work is opened, the handler found and run, everything committed."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from aiogram.filters.callback_data import CallbackData
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from handlers import otherwise
from handlers.access import allowed, allowed_in
from handlers.routes import ANYWHERE, Access, Effect, Route, Routes
from handlers.ui.screen import Declined, Reply
from handlers.unasked import where_it_stands
from handlers.visit import Desk, Visit
from services.people.model import Account
from storage.database import Database
from storage.unit_of_work import StoredWork

log = logging.getLogger(__name__)

Result = TypeVar("Result")

REMEMBERED = 10_000
TRIES = 5
DEADLOCK, NOT_SERIALIZED = "40P01", "40001"
"""PostgreSQL's codes of transactions that are to be tried again."""


FILE_LIMIT = 5 * 1024 * 1024
"""Bytes of a file that is taken from a person."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document, a photo (`picture`) or a `voice` message that somebody sent, with the words beside it.

    `fetch` brings its bytes.
    """

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]
    picture: bool = False
    words: str = ""
    voice: bool = False

    @property
    def is_document(self) -> bool:
        return not self.picture and not self.voice


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event as every messenger can tell it; exactly one of `command` to `other` is set.

    `command` is the name without the slash and what follows it, `data` the callback data of a tap, `other` is
    anything that is neither text, nor a tap, nor a document, a photo or a voice message.
    """

    account: Account
    update_id: int
    profile_name: str
    command: tuple[str, str] | None = None
    text: str | None = None
    data: str | None = None
    document: Attached | None = None
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
                try:
                    if await self._admits(route, visit, tap):
                        reply = await route.handle(visit, tap or self._words(incoming))
                        await self._owe_apart(visit, reply)
                        return reply
                except Declined as declined:
                    return Reply(declined.screen)
        given: object = tap or self._words(incoming)
        if incoming.document is not None:
            route, given = await self._read(incoming, incoming.document)
        # A transaction is never given up in the middle: whoever loses patience leaves it to come to its end.
        return await asyncio.shield(self._write(incoming, route, given))

    async def _read(self, incoming: Incoming, attached: Attached) -> tuple[Route | None, object]:
        """Who takes the document, and what it holds; fetched and read while no transaction is open."""
        async with self._database.read() as connection:
            visit = await self._visit(incoming, StoredWork(connection))
            step = visit.conversation.step if visit.conversation else ANYWHERE
            route = self._routes.uploads.get(step) or self._routes.uploads.get(ANYWHERE)
            if route is None or route.read is None or not allowed(route.access, visit.person, self._desk.consent):
                return None, None
            if (attached.picture and not route.pictures) or (attached.voice and not route.voice):
                return None, None
            if route.takes is not None and not await route.takes(visit, attached.is_document):
                return None, None
        content = await attached.fetch() if attached.size <= FILE_LIMIT else None
        if content is None or len(content) > FILE_LIMIT:
            asked = step != ANYWHERE and step in self._routes.uploads
            return Route(otherwise.too_large, Access.ANYONE, Effect.WRITES), asked
        beside: tuple[bool | str, ...] = (attached.picture, attached.words) if route.pictures else ()
        beside += (attached.voice,) if route.voice else ()
        return route, await asyncio.to_thread(route.read, attached.name, content, *beside)

    async def _write(self, incoming: Incoming, route: Route | None, given: object) -> Reply:
        async with self._database.write() as connection:
            work = StoredWork(connection)
            visit = await self._visit(incoming, work)
            if visit.person is not None and visit.person.blocked:
                # A send was refused once, yet here they are.
                await work.people.set_blocked(incoming.account, None)
            if incoming.text is not None:
                route = self._routes.steps.get(visit.conversation.step if visit.conversation else ANYWHERE)
            if await work.updates.mark(incoming.account.channel, incoming.update_id, visit.now):
                try:
                    reply = await self._answer(visit, incoming, route, given)
                except Declined as declined:
                    await connection.rollback()
                    await work.updates.mark(incoming.account.channel, incoming.update_id, visit.now)
                    reply = Reply(declined.screen)
            else:
                # Handled by a process that may have died before its reply: show where the person stands.
                reply = Reply(await where_it_stands(visit))
            await self._owe(work, visit, reply)
            await work.commit()
        if reply.owed:
            self._on_owed()
        return reply

    async def _answer(self, visit: Visit, incoming: Incoming, route: Route | None, given: object) -> Reply:
        if incoming.other or (incoming.document is not None and route is None):
            step = visit.conversation.step if visit.conversation is not None else None
            files = step is not None and step in self._routes.uploads and self._routes.uploads[step].pictures
            return await otherwise.not_text(visit, asked=step in self._routes.steps, files=files)
        if route is None and incoming.data is not None:
            return await otherwise.old_button(visit)
        if route is None:
            return await otherwise.words(visit, _said(incoming))
        if not await self._admits(route, visit, given):
            return await otherwise.no_access(visit, route.access)
        return await route.handle(visit, given)

    async def _admits(self, route: Route, visit: Visit, given: object) -> bool:
        """Whether the route's rule admits the visitor, also in the place that the tap is about."""
        if not allowed(route.access, visit.person, self._desk.consent):
            return False
        if route.within is None:
            return True
        place = await route.within(visit, given)
        return place is not None and allowed_in(route.access, visit.person, self._desk.consent, place)

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
    def _words(incoming: Incoming) -> str:
        return incoming.command[1] if incoming.command else incoming.text or ""

    @staticmethod
    async def _owe(work: StoredWork, visit: Visit, reply: Reply) -> None:
        for owed in reply.owed:
            account_id = owed.account_id or visit.member.account_id
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
        except (DBAPIError, OSError) as error:
            if not _will_pass(error):
                raise
            log.warning("the database did not answer, trying again")
            await asyncio.sleep(0.2 * 2**number)
    return await attempt()


def _will_pass(error: Exception) -> bool:
    """Whether another try may succeed: the database was away, or two transactions got in each other's way."""
    if isinstance(error, OperationalError | InterfaceError | OSError):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in (DEADLOCK, NOT_SERIALIZED)


def _said(incoming: Incoming) -> str:
    return f"/{incoming.command[0]}" if incoming.command else incoming.text or ""
