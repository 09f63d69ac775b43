"""Buttons of a test. Those that change it name the turn they were made for."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id

ANY = 0
"""Stands for no campaign, or no school in particular."""


class OpenTap(CallbackData, prefix="test"):
    """Show what the instrument is, or the question where it stopped; "" is for all that is on offer."""

    instrument: str = Field(default="", max_length=24)
    campaign: Count = ANY


class BeginTap(CallbackData, prefix="begin"):
    """Begin an instrument, in a campaign or for a school if they are named; "" goes on with what was open last."""

    instrument: str = Field(default="", max_length=24)
    campaign: Count = ANY
    school: Count = ANY


class GoOnTap(CallbackData, prefix="go"):
    """Show the question where a session stopped."""

    session: Id


class GoOnBelowTap(CallbackData, prefix="gobelow"):
    """Show that question in a message of its own: the tapped one stays."""

    session: Id


class AnswerTap(CallbackData, prefix="a"):
    """What is chosen for an item of a session: an option's code, or a mark (skipped, these options are all)."""

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
