"""Buttons of the delivery screen."""

from aiogram.filters.callback_data import CallbackData


class DeliveryTap(CallbackData, prefix="dlv"):
    """How the sending of messages goes now."""


class SendAgainTap(CallbackData, prefix="dlvagain"):
    """Send what failed and may go well another time."""
