"""Buttons about events that several conversations share."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class EventsTap(CallbackData, prefix="ev"):
    """What is ahead for the visitor, or is over, a page at a time."""

    past: bool = False
    page: Count = 0


class MyEventTap(CallbackData, prefix="evmy"):
    """An event as whoever it is for sees it."""

    event: Id


class EventTap(CallbackData, prefix="evcard"):
    """The card of an event for those who plan it or answer for it."""

    event: Id


class EventPeopleTap(CallbackData, prefix="evppl"):
    """Who has signed up, and who was there."""

    event: Id
    page: Count = 0


class OutcomeTap(CallbackData, prefix="evdone"):
    """Tell what came of the event: asks for words."""

    event: Id


class RateTap(CallbackData, prefix="evmark"):
    """What the visitor thinks of an event, from 1 to 5."""

    event: Id
    mark: Count
