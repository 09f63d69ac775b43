"""Buttons of showing one result to one psychologist."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class ShareTap(CallbackData, prefix="share"):
    """Show the result: whom to, a page of them; with `viewer` whether to, and with `sure` do it."""

    session: Id
    page: Count = 0
    viewer: Id | None = None
    sure: bool = False


class SharesTap(CallbackData, prefix="shares"):
    """A page of what the person shows to others."""

    page: Count = 0


class ShareEndTap(CallbackData, prefix="sharend"):
    """Close the access."""

    share: Id


class ShownTap(CallbackData, prefix="shown"):
    """What somebody shows to the person: the result, or with `hide` only the news of it."""

    share: Id
    hide: bool = False
