"""Buttons of the end of a route, and of its documents."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id


class CloseTap(CallbackData, prefix="iomclose"):
    """Begin or go on with the closing questions of one's own route."""

    route: Id


class EarlyTap(CallbackData, prefix="iomearly"):
    """Close one's own route with steps left: asks why, or takes one of the ready reasons by its code."""

    route: Id
    reason: str = Field(default="", max_length=16)


class ReflectTap(CallbackData, prefix="iomask"):
    """A closing question of one's own route by its place; with `skip` it is left as it is and the next comes."""

    route: Id
    question: Count = 0
    skip: bool = False


class EndTap(CallbackData, prefix="iomfin"):
    """Close one's own route after the last question."""

    route: Id


class OutcomeTap(CallbackData, prefix="iomend"):
    """What came of a route: reflection, before and after; for its teacher."""

    route: Id


class DocumentTap(CallbackData, prefix="iomdoc"):
    """The route as a DOCX; for all who may see it."""

    route: Id


class SummaryTap(CallbackData, prefix="iomsum"):
    """The summary of a closed route as a picture; for its teacher."""

    route: Id
