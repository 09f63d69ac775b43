"""Buttons of /privacy."""

from aiogram.filters.callback_data import CallbackData


class PrivacyTap(CallbackData, prefix="privacy"):
    """`show` what is kept, `ask` whether to revoke the consent, `revoke` it."""

    do: str
