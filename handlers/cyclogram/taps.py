"""Buttons of the cyclogram. `month` is the number of a day in it, `code` that of a monitoring."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id

Code = Annotated[str, Field(max_length=12)]


class CyclogramTap(CallbackData, prefix="cyc"):
    """The year's monitorings of a municipality. `fresh`: under a message that is to stay as it is."""

    organisation: Id
    fresh: bool = False


class PrepareTap(CallbackData, prefix="cycprep"):
    """Prepare the campaign of a monitoring with one of its instruments, by its place."""

    organisation: Id
    month: Count
    code: Code
    instrument: Count = 0


class DeclineTap(CallbackData, prefix="cycno"):
    """Leave a monitoring out this year."""

    organisation: Id
    month: Count
    code: Code
