"""Buttons of a report."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class ReportListTap(CallbackData, prefix="reports"):
    """The report of one's only scope, or the choice of scopes."""


class ReportTap(CallbackData, prefix="report"):
    """The report of one organisation; `part` is `main`, `schools` (a page of them) or `symptoms`."""

    organisation: Id
    part: str = "main"
    page: Count = 0


class ReportChartTap(CallbackData, prefix="rchart"):
    """The chart of one organisation's report."""

    organisation: Id
