"""Buttons of files."""

from aiogram.filters.callback_data import CallbackData

from handlers.report.figures.taps import PeriodKey
from handlers.ui.numbers import Count, Id


class DocumentTap(CallbackData, prefix="rpdoc"):
    """Make the note of the place for the period, a document."""

    organisation: Id
    period: PeriodKey


class TableTap(CallbackData, prefix="rpxls"):
    """Make the table of the place for the period."""

    organisation: Id
    period: PeriodKey


class HandedOutTap(CallbackData, prefix="rpold"):
    """A page of what was handed out of the place; `period` leads back."""

    organisation: Id
    period: PeriodKey
    page: Count = 0


class AgainTap(CallbackData, prefix="rpagain"):
    """Send what was handed out once more, as a document or as a table: the same figures."""

    statement: Id
    table: bool = False
