"""Buttons of results of diagnostics."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class ReportTap(CallbackData, prefix="rep"):
    """A part of the report of one organisation, or with `tests` and `waves` the choice of another report.

    Parts are `main`, `schools`, `scales` and `answers`. Without an instrument and the key of a wave it is the
    newest report that there is. Words are short: there are 64 bytes for all of it.
    """

    organisation: Id
    part: str = "main"
    page: Count = 0
    instrument: str = ""
    wave: str = ""


class ReportChartTap(CallbackData, prefix="rchart"):
    """The chart of one organisation's report."""

    organisation: Id
    instrument: str = ""
    wave: str = ""
