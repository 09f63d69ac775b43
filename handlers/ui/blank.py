"""The button that only shows something: a messenger has no others than those that are tapped."""

from aiogram.filters.callback_data import CallbackData

from handlers.routes import Access, Effect, Routes
from handlers.ui.screen import Button, Reply, button
from handlers.visit import Visit

routes = Routes()


class BlankTap(CallbackData, prefix="blank"):
    """Nothing happens."""


def blank(text: str) -> Button:
    """A button with this on it that does nothing."""
    return button(text, BlankTap())


@routes.tap(BlankTap, Access.ANYONE, Effect.READS)
async def nothing(visit: Visit, tap: BlankTap) -> Reply:
    return Reply()
