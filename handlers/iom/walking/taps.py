"""Buttons of walking a route. A route or a step named here must be the visitor's own, but for `FileTap`."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.date_picker import DayNumber
from handlers.ui.numbers import Count, Id
from services.iom.model import PauseReason


class DoneTap(CallbackData, prefix="iomdone"):
    """The step is done: asks for evidence, and with `send` hands in what was given."""

    step: Id
    send: bool = False


class PostponeTap(CallbackData, prefix="iompost"):
    """Put the step off by so many days; 0 asks for how many."""

    step: Id
    days: Count = 0


class CancelStepTap(CallbackData, prefix="iomdrop"):
    """Cancel the step: asks for the reason."""

    step: Id


class PauseTap(CallbackData, prefix="iompause"):
    """Let the route rest: asks for the reason and the last day. A route at rest is offered to go on."""

    route: Id
    reason: PauseReason | None = None


class ResumeTap(CallbackData, prefix="iomresume"):
    """End the pause of the route."""

    route: Id


class FileTap(CallbackData, prefix="iomfile"):
    """Send a file of evidence; for all who may see the step."""

    step: Id
    evidence: Id


class TakeBackStepTap(CallbackData, prefix="iomunsend"):
    """Take the step back before anybody has decided about it, to add evidence."""

    step: Id


class RemoveEvidenceTap(CallbackData, prefix="iomunfile"):
    """Drop a piece of evidence of a step that is not handed in."""

    step: Id
    evidence: Id


class PostponeMonthTap(CallbackData, prefix="iompmonth"):
    """Days of the month of this day, to put the step off to."""

    step: Id
    month: DayNumber


class PostponeDayTap(CallbackData, prefix="iompday"):
    """Put the step off to this day: asks why."""

    step: Id
    day: DayNumber


class PostponeWhyTap(CallbackData, prefix="iompwhy"):
    """Put the step off to this day, for a reason by its place."""

    step: Id
    day: DayNumber
    why: Count


class CancelWhyTap(CallbackData, prefix="iomdropwhy"):
    """Cancel the step, for a reason by its place."""

    step: Id
    why: Count


class PauseMonthTap(CallbackData, prefix="iomrestmon"):
    """Days of the month of this day, for a pause: its first day, or its last one when `starts` is known."""

    route: Id
    reason: PauseReason
    starts: Count = 0
    month: DayNumber


class PauseDayTap(CallbackData, prefix="iomrestday"):
    """The first day of a pause, or with `starts` its last one; 0 there: it is not known yet."""

    route: Id
    reason: PauseReason
    starts: Count = 0
    day: Count
