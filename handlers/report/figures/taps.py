"""Buttons of figures. `period` is a period's key, `code` an indicator's: 64 bytes hold the longest of both."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id

PeriodKey = Annotated[str, Field(max_length=18)]
Code = Annotated[str, Field(max_length=32)]


class Use(StrEnum):
    """What an indicator is chosen for."""

    SCHOOLS = "s"
    DYNAMICS = "d"


class FiguresTap(CallbackData, prefix="rpf"):
    """The short form; with `keep` it is what the visitor asks for as usual from now on."""

    organisation: Id
    period: PeriodKey
    keep: bool = False


class AllTap(CallbackData, prefix="rpall"):
    """A page of all indicators, by sections."""

    organisation: Id
    period: PeriodKey
    page: Count = 0


class OriginTap(CallbackData, prefix="ro"):
    """Where a figure comes from; with `listed` it was asked among all indicators."""

    organisation: Id
    period: PeriodKey
    code: Code
    listed: bool = False


class DynamicsTap(CallbackData, prefix="rd"):
    """An indicator over earlier periods; without a code the most telling one."""

    organisation: Id
    period: PeriodKey
    code: Code = ""


class SchoolsTap(CallbackData, prefix="rs"):
    """A page of a municipality's schools with one indicator; without a code the most telling one.

    An odd `view` is ranked by the figure, an even one in the order of names; half of it is the page.
    """

    organisation: Id
    period: PeriodKey
    code: Code = ""
    view: Count = 0


class ChooseTap(CallbackData, prefix="rpi"):
    """A page of indicators to choose one of."""

    organisation: Id
    period: PeriodKey
    use: Use
    page: Count = 0


class ChartsTap(CallbackData, prefix="rpcharts"):
    """Which charts there are."""

    organisation: Id
    period: PeriodKey


class FiguresChartTap(CallbackData, prefix="rpchart"):
    """One chart, by its number in services.charts.of_statement."""

    organisation: Id
    period: PeriodKey
    chart: Count
