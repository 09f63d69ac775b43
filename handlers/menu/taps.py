"""Buttons that lead to the main places."""

from aiogram.filters.callback_data import CallbackData


class MenuTap(CallbackData, prefix="menu"):
    """Show the menu in place of the tapped message."""


class HelpTap(CallbackData, prefix="help"):
    """Show the help."""
