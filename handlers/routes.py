"""The table of everything people can do: commands, taps, words and files, each with its access rule.

One lookup finds the handler; the whole table can be listed, which the access matrix relies on.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from aiogram.filters.callback_data import CallbackData

from handlers.ui.screen import Reply
from handlers.visit import Desk, Visit
from services.people.model import Account, Organisation


class Access(Enum):
    """Who a handler is for. Decided in `handlers.access` alone.

    The last four hold within a scope: an `OVERSEER` gets reports, a `MANAGER` keeps people and links.
    """

    ANYONE = "anyone"
    CONSENTED = "consented"
    REGISTERED = "registered"
    OVERSEER = "overseer"
    METHODIST = "methodist"
    MANAGER = "manager"
    ADMIN = "admin"


class Effect(Enum):
    """What a handler does to the database."""

    WRITES = "writes"
    READS = "reads"


Tap = TypeVar("Tap", bound=CallbackData)
File = TypeVar("File")
TapHandler = Callable[[Visit, Tap], Awaitable[Reply]]
UploadHandler = Callable[[Visit, File], Awaitable[Reply]]
WordsHandler = Callable[[Visit, str], Awaitable[Reply]]
FastHandler = Callable[[Desk, Account, Tap], Awaitable[Reply | None]]
Within = Callable[[Visit, Tap], Awaitable[Organisation | None]]
"""Finds the organisation that a tap is about, None when there is no such thing."""
Takes = Callable[[Visit, bool], Awaitable[bool]]
"""Whether a file is for the handler at all, given whether it is a document."""


@dataclass(frozen=True, slots=True)
class Route:
    """A handler with its access rule and effect; `tap` is the type of callback data it takes.

    With `within`, the rule must hold in the organisation that it finds. `read` turns a file's name and bytes into
    what the handler of a file is given; with `pictures` photos are files too, and `read` is also given whether it
    is one, and the words beside it; with `voice` voice messages too, and whether it is one. `takes` decides before
    a file is fetched.
    """

    handle: Callable[..., Awaitable[Reply]]
    access: Access
    effect: Effect
    tap: type[CallbackData] | None = None
    within: Callable[..., Awaitable[Organisation | None]] | None = None
    read: Callable[..., Any] | None = None
    pictures: bool = False
    voice: bool = False
    takes: Callable[..., Awaitable[bool]] | None = None


ANYWHERE = ""
"""The step of words outside any conversation, and of files that no conversation takes."""


class Routes:
    """Handlers by command name, callback prefix, and step of a conversation for words and for files."""

    def __init__(self) -> None:
        self.commands: dict[str, Route] = {}
        self.taps: dict[str, Route] = {}
        self.steps: dict[str, Route] = {}
        self.uploads: dict[str, Route] = {}
        self.fast: dict[str, Callable[..., Awaitable[Reply | None]]] = {}

    def command(
        self, name: str, access: Access, effect: Effect = Effect.WRITES
    ) -> Callable[[WordsHandler], WordsHandler]:
        """Register a handler of `/name`; it is given what follows the command."""

        def register(handle: WordsHandler) -> WordsHandler:
            _put(self.commands, name, Route(handle, access, effect))
            return handle

        return register

    def tap(
        self,
        kind: type[Tap],
        access: Access,
        effect: Effect = Effect.WRITES,
        within: Within[Tap] | None = None,
    ) -> Callable[[TapHandler[Tap]], TapHandler[Tap]]:
        """Register a handler of taps on buttons with callback data of this type.

        What the tap is about is looked up by `within`, and the access rule must hold there.
        """

        def register(handle: TapHandler[Tap]) -> TapHandler[Tap]:
            _put(self.taps, kind.__prefix__, Route(handle, access, effect, kind, within))
            return handle

        return register

    def step(self, name: str, access: Access) -> Callable[[WordsHandler], WordsHandler]:
        """Register a handler of what people write at a step of a conversation."""

        def register(handle: WordsHandler) -> WordsHandler:
            _put(self.steps, name, Route(handle, access, Effect.WRITES))
            return handle

        return register

    def upload(
        self,
        step: str,
        access: Access,
        read: Callable[..., File],
        *,
        pictures: bool = False,
        voice: bool = False,
        takes: Takes | None = None,
    ) -> Callable[[UploadHandler[File]], UploadHandler[File]]:
        """Register a handler of documents sent at a step, or at none that takes one (`ANYWHERE`).

        `read` is called in a thread with the file's name and bytes, before the unit of work is opened. With
        `pictures` photos are taken too: then `read` is also given whether it is one, and the words beside it. With
        `voice` voice messages are, too, and `read` is also given whether it is one. Whom `takes` turns down (it is
        told whether a document was sent) is answered as if there were no handler.
        """

        def register(handle: UploadHandler[File]) -> UploadHandler[File]:
            route = Route(handle, access, Effect.WRITES, read=read, pictures=pictures, voice=voice, takes=takes)
            _put(self.uploads, step, route)
            return handle

        return register

    def first_try(self, kind: type[Tap]) -> Callable[[FastHandler[Tap]], FastHandler[Tap]]:
        """Register what is tried on a tap before its ordinary handler, with no unit of work opened.

        For the busiest taps: it commits by itself, checks in its own statement that the person may do it, and
        returns None when the ordinary handler has to look into the matter.
        """

        def register(handle: FastHandler[Tap]) -> FastHandler[Tap]:
            if kind.__prefix__ in self.fast:
                raise ValueError(f"two first tries for {kind.__prefix__!r}")
            self.fast[kind.__prefix__] = handle
            return handle

        return register

    def include(self, other: "Routes") -> None:
        """Take in another table. Raises ValueError when both have the same name."""
        for mine, theirs in (
            (self.commands, other.commands),
            (self.taps, other.taps),
            (self.steps, other.steps),
            (self.uploads, other.uploads),
        ):
            for name, route in theirs.items():
                _put(mine, name, route)
        for prefix, first in other.fast.items():
            if prefix in self.fast:
                raise ValueError(f"two first tries for {prefix!r}")
            self.fast[prefix] = first


def _put(table: dict[str, Route], name: str, route: Any) -> None:
    if name in table:
        raise ValueError(f"two handlers for {name!r}")
    table[name] = route
