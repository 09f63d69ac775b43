"""Buttons of a person's own results."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Id


class ResultListTap(CallbackData, prefix="results"):
    """All results of the person, of one instrument if it is named."""

    instrument: str = Field(default="", max_length=24)


class ResultTap(CallbackData, prefix="result"):
    """One result; `factor` is the place of the part to be read in detail, -1 for the whole."""

    session: Id
    factor: int = Field(default=-1, ge=-1, lt=100)


class GivenTap(CallbackData, prefix="given"):
    """The person's answers that are not scored, a page at a time."""

    session: Id
    page: int = Field(default=0, ge=0, lt=100)


class ChartTap(CallbackData, prefix="chart"):
    """The chart of one result once more."""

    session: Id


class DynamicsTap(CallbackData, prefix="dynamics"):
    """The chart of repeated tests of an instrument."""

    instrument: str = Field(max_length=24)
