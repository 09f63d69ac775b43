"""Buttons that lead to figures: whose, of which period."""

from datetime import date
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id

MaybeDay = Annotated[int, Field(ge=0, le=date.max.toordinal())]
"""A day in callback data, 0 for none."""


class ReportListTap(CallbackData, prefix="reports"):
    """The beginning of reports: what was asked for last, and everything else."""


class WhereTap(CallbackData, prefix="rpwhere"):
    """A page of the places that the visitor gets reports of."""

    page: Count = 0


class PeriodsTap(CallbackData, prefix="rpwhen"):
    """Which period a report of the place is to be about."""

    organisation: Id


class OwnDatesTap(CallbackData, prefix="rpdays"):
    """Days of one's own: the `first` is chosen, then the last; 0 while it is not. With `turn` the month of the
    `day` is shown, otherwise the day is chosen; 0 begins."""

    organisation: Id
    first: MaybeDay = 0
    day: MaybeDay = 0
    turn: bool = False
