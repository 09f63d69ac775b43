"""Buttons of how pairs do."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class Concern(StrEnum):
    """Lists of what calls for attention."""

    SILENT = "silent"
    MEETINGS = "meetings"
    STAGES = "stages"
    OFFERS = "offers"


class ConcernTap(CallbackData, prefix="mhlist"):
    """A page of what calls for attention in the school or municipality."""

    organisation: Id
    what: Concern
    page: Count = 0


class HealthSchoolsTap(CallbackData, prefix="mhschools"):
    """A page of the municipality's schools, each with how its pairs do."""

    organisation: Id
    page: Count = 0
