"""Buttons of a person's own results."""

from aiogram.filters.callback_data import CallbackData


class ResultListTap(CallbackData, prefix="results"):
    """All results of the person."""


class ResultTap(CallbackData, prefix="result"):
    """One result; `factor` is the place of the phase to be read in detail, -1 for the whole."""

    session: int
    factor: int = -1


class ChartTap(CallbackData, prefix="chart"):
    """The chart of one result once more."""

    session: int


class DynamicsTap(CallbackData, prefix="dynamics"):
    """The chart of repeated tests."""
