"""Buttons of a copy of one's data, and of its end."""

from typing import Literal

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count


class ExportTap(CallbackData, prefix="mycopy"):
    """Send a copy of everything."""


class EraseTap(CallbackData, prefix="erase"):
    """`ask` whether to delete everything, or delete it `for_ever`.

    `minute` is when the question was asked, in minutes since 1970: the button of a question of long ago asks anew.
    """

    do: Literal["ask", "for_ever"]
    minute: Count = 0
