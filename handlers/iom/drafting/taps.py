"""Buttons of composing a route and changing it. A route or a step named here must be the visitor's own."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.date_picker import DayNumber
from handlers.ui.numbers import Count, Id
from services.iom.model import Form, RouteKind

GROWTH = "-"
"""Growth where a domain is named: an empty one stands for all of them."""


class NewRouteTap(CallbackData, prefix="iomnew"):
    """Begin a route of one's own; without a `kind` shows what it would be for. School 0: not chosen yet."""

    school: Count = 0
    kind: RouteKind | None = None


class DraftTap(CallbackData, prefix="iomdraft"):
    """The draft as a list of steps, to be edited and sent."""

    route: Id
    page: Count = 0


class DropDraftTap(CallbackData, prefix="iomdropall"):
    """Delete a draft that was never agreed to: asks first, unless `sure`."""

    route: Id
    sure: bool = False


class SuggestTap(CallbackData, prefix="iommeas"):
    """Measures of the catalogue to choose from; without a `domain` the domains first («-» is growth)."""

    route: Id
    domain: str = Field(default="", max_length=32)
    page: Count = 0


class AddMeasureTap(CallbackData, prefix="iomadd"):
    """Make the measure with this code a step of the draft."""

    route: Id
    measure: str = Field(max_length=32)


class OwnMeasureTap(CallbackData, prefix="iomown"):
    """Ask for the title of a measure of one's own, for a domain («-» is growth)."""

    route: Id
    domain: str = Field(max_length=32)


class EditStepTap(CallbackData, prefix="iomedit"):
    """A step of a draft; `field` is what is to be edited, empty for the choice of it."""

    step: Id
    field: str = Field(default="", max_length=16)


class SetFormTap(CallbackData, prefix="iomform"):
    """Set the form of a step; of a `new` one the term is asked next."""

    step: Id
    form: Form
    new: bool = False


class DueTap(CallbackData, prefix="iomdue"):
    """Set the term of a step, or show the month of that day instead (`turn`)."""

    step: Id
    day: DayNumber
    turn: bool = False


class ResponsibleTap(CallbackData, prefix="iomwho"):
    """Set who is responsible for a step: a mentor by their number, else oneself or the curator."""

    step: Id
    mentor: Count = 0
    curator: bool = False


class ClearResultTap(CallbackData, prefix="iomnores"):
    """Leave the expected result of a step empty."""

    step: Id


class RemoveStepTap(CallbackData, prefix="iomunstep"):
    """Take a step that nobody has agreed to out of the draft."""

    step: Id


class RestoreStepTap(CallbackData, prefix="iomrestep"):
    """Put an agreed step back as it was before it was edited."""

    step: Id


class SubmitTap(CallbackData, prefix="iomsend"):
    """Send the draft to be agreed: asks to whom first."""

    route: Id
    page: Count = 0


class SendTap(CallbackData, prefix="iomsendto"):
    """Send the draft to this mentor, with 0 to the school's curators."""

    route: Id
    mentor: Count = 0


class TakeBackTap(CallbackData, prefix="iomback"):
    """Take the route back from review."""

    route: Id


class ChangeTap(CallbackData, prefix="iomchange"):
    """Make an agreed route a draft again, to change it and send it once more."""

    route: Id


class RestoreTap(CallbackData, prefix="iomrestore"):
    """Leave an agreed route as it was before it was changed: asks first if anything is changed, unless `sure`."""

    route: Id
    sure: bool = False
