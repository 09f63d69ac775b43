"""Buttons of the catalogue of a municipality, for its methodists. A `measure` is named by its code."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id

GROWTH = "-"
"""The domain of growth, whose code is empty."""


class MeasuresTap(CallbackData, prefix="iomcat"):
    """Measures of a domain, a page at a time; without a domain («-» is growth) the domains."""

    organisation: Id
    domain: str = ""
    page: Count = 0


class MeasureTap(CallbackData, prefix="iomms"):
    """The card of a measure; with `ask` what its `title`, `form`, `days` or `result` is to be, or `remove`."""

    organisation: Id
    measure: str
    ask: str = ""


class SetMeasureTap(CallbackData, prefix="iommset"):
    """Change a measure: `to` is a form, a number of days, or `hide`, `show`, `back` (as shipped), `remove`."""

    organisation: Id
    measure: str
    to: str


class NewMeasureTap(CallbackData, prefix="iommnew"):
    """Add a measure to a domain: asks for its title."""

    organisation: Id
    domain: str


class MeasuresFileTap(CallbackData, prefix="iommfile"):
    """How to import; with `what` the `template`, the present `catalogue`, or `cancel` the import."""

    organisation: Id
    what: str = ""


class ApplyMeasuresTap(CallbackData, prefix="iommadd"):
    """Import the file that was sent; `mark` is of what was shown of it."""

    organisation: Id
    mark: str
