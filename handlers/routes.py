"""The table of everything people can do: commands, taps and words, each with its access rule.

One lookup finds the handler; the whole table can be listed, which the access matrix relies on.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from aiogram.filters.callback_data import CallbackData

from handlers.ui.screen import Reply
from handlers.visit import Desk, Visit
from services.people.model import Account


class Access(Enum):
    """Who a handler is for. Decided in `handlers.access` alone."""

    ANYONE = "anyone"
    CONSENTED = "consented"
    REGISTERED = "registered"
    OVERSEER = "overseer"


class Effect(Enum):
    """What a handler does to the database."""

    WRITES = "writes"
    READS = "reads"


Tap = TypeVar("Tap", bound=CallbackData)
TapHandler = Callable[[Visit, Tap], Awaitable[Reply]]
WordsHandler = Callable[[Visit, str], Awaitable[Reply]]
FastHandler = Callable[[Desk, Account, Tap], Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True)
class Route:
    """A handler with its access rule and effect; `tap` is the type of callback data it takes."""

    handle: Callable[..., Awaitable[Reply]]
    access: Access
    effect: Effect
    tap: type[CallbackData] | None = None


class Routes:
    """Handlers by command name, callback prefix and step of a conversation."""

    def __init__(self) -> None:
        self.commands: dict[str, Route] = {}
        self.taps: dict[str, Route] = {}
        self.steps: dict[str, Route] = {}
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
        self, kind: type[Tap], access: Access, effect: Effect = Effect.WRITES
    ) -> Callable[[TapHandler[Tap]], TapHandler[Tap]]:
        """Register a handler of taps on buttons with callback data of this type."""

        def register(handle: TapHandler[Tap]) -> TapHandler[Tap]:
            _put(self.taps, kind.__prefix__, Route(handle, access, effect, kind))
            return handle

        return register

    def step(self, name: str, access: Access) -> Callable[[WordsHandler], WordsHandler]:
        """Register a handler of what people write at a step of a conversation."""

        def register(handle: WordsHandler) -> WordsHandler:
            _put(self.steps, name, Route(handle, access, Effect.WRITES))
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
