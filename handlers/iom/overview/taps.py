"""Buttons of counts, lists and plans. An organisation named here is one that the visitor oversees."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class OverviewsTap(CallbackData, prefix="iomalls"):
    """The overview of one's only place, or the choice of places."""


class OverviewTap(CallbackData, prefix="iomall"):
    """Routes of a school or municipality in figures; of this school year, or with `before` of the last one."""

    organisation: Id
    before: bool = False


class SchoolsTap(CallbackData, prefix="iomsch"):
    """A page of a municipality's schools, those that need attention first."""

    organisation: Id
    page: Count = 0


class RoutesTap(CallbackData, prefix="iomlist"):
    """A page of the routes of a school or municipality; `state` is one of `Filter`."""

    organisation: Id
    state: str = ""
    page: Count = 0


class PlanTap(CallbackData, prefix="iomplan"):
    """The plan of a municipality or school for this school year: shows and asks."""

    organisation: Id


class SetPlanTap(CallbackData, prefix="iompset"):
    """Plan for a share of all teachers, in tenths of a per cent; 0 leaves the place without a plan."""

    organisation: Id
    share: Count
