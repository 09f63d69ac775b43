"""Buttons of a report."""

from aiogram.filters.callback_data import CallbackData


class ReportListTap(CallbackData, prefix="reports"):
    """The report of one's only scope, or the choice of scopes."""


class ReportTap(CallbackData, prefix="report"):
    """The report of one organisation; `part` is `main`, `schools` or `symptoms`."""

    organisation: int
    part: str = "main"


class ReportChartTap(CallbackData, prefix="rchart"):
    """The chart of one organisation's report."""

    organisation: int
