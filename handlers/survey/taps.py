"""Buttons of a test. Those that change it name the turn they were made for."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class OpenTap(CallbackData, prefix="test"):
    """Show what the test is before it begins, or the question where it stopped."""


class BeginTap(CallbackData, prefix="begin"):
    """Begin the test, or go on with the one that is open."""


class AnswerTap(CallbackData, prefix="a"):
    """An option chosen for an item of a session."""

    session: Id
    item: Count
    code: str
    turn: Count


class BackTap(CallbackData, prefix="back"):
    """Show the item before."""

    session: Id
    turn: Count


class AheadTap(CallbackData, prefix="ahead"):
    """From an item gone back to, return to the first one without an answer."""

    session: Id
    turn: Count


class PauseTap(CallbackData, prefix="pause"):
    """Stop for now."""

    session: Id
