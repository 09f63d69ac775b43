"""Buttons that lead to a route or a step; what is done there has its buttons beside it."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class IomTap(CallbackData, prefix="iom"):
    """One's own route, or how to come to one."""


class RouteTap(CallbackData, prefix="iomroute"):
    """A page of the card of a route; `part` is `card`, `finished` (the steps that are), or `history`."""

    route: Id
    part: str = "card"
    page: Count = 0


class StepTap(CallbackData, prefix="iomstep"):
    """The card of a step."""

    step: Id


class WholeTap(CallbackData, prefix="iomwhole"):
    """A page of what was written about a step, in full; for all who may see it."""

    step: Id
    page: Count = 0
