"""Buttons of plans and of amounts entered by hand. `period` is the key of the period that they are for."""

from aiogram.filters.callback_data import CallbackData

from handlers.report.figures.taps import Code, PeriodKey
from handlers.ui.numbers import Count, Id


class PlansTap(CallbackData, prefix="rpplans"):
    """A page of what can be planned."""

    organisation: Id
    period: PeriodKey
    page: Count = 0


class PlanIndicatorTap(CallbackData, prefix="rpp"):
    """The plan of one indicator: shows and asks; with `drop` it is taken away."""

    organisation: Id
    period: PeriodKey
    code: Code
    drop: bool = False


class GivenListTap(CallbackData, prefix="rpgiven"):
    """A page of what can be entered for a period that is over."""

    organisation: Id
    period: PeriodKey
    page: Count = 0


class GivenTap(CallbackData, prefix="rpg"):
    """What was entered for one indicator: shows and asks; with `drop` it is taken away."""

    organisation: Id
    period: PeriodKey
    code: Code
    drop: bool = False
