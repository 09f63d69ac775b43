"""Buttons of the beginning of mentoring."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id


class PlaceTap(CallbackData, prefix="mtgplace"):
    """Mentoring in one of several places that the visitor looks after."""

    organisation: Id
