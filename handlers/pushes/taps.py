"""Buttons about what is told before anyone asks."""

from aiogram.filters.callback_data import CallbackData

from services.pushes.model import How, What


class PushesTap(CallbackData, prefix="push"):
    """How often the visitor hears of what. `fresh`: under a message that is to stay as it is."""

    fresh: bool = False


class SetPushTap(CallbackData, prefix="pushset"):
    """Hear of that so often from now on."""

    what: What
    how: How
