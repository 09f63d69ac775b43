"""Buttons of a plan of events, for its methodists and curators."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id

AHEAD, PAST, MONTHS = "ahead", "past", "months"


class PlanTap(CallbackData, prefix="evplan"):
    """Events of a place: `ahead`, `past`, the `months` of a school year, or one of them as «2026-12»."""

    organisation: Id
    show: str = AHEAD
    page: Count = 0


class NewEventTap(CallbackData, prefix="evnew"):
    """Plan an event of the place: what is asked next, or with `value` (a kind, a day) what was chosen."""

    organisation: Id
    part: str = "title"
    value: str = ""


class EditEventTap(CallbackData, prefix="evedit"):
    """All fields of an event to be changed."""

    event: Id


class EventPartTap(CallbackData, prefix="evpart"):
    """Ask for a field; in a `flow` it is one of those after the first ones. `month` is a day of the one shown."""

    event: Id
    part: str
    flow: bool = False
    month: Count = 0


class SetEventTap(CallbackData, prefix="evset"):
    """Set a field to a value of a button; «-» empties it."""

    event: Id
    turn: Count
    part: str
    value: str
    flow: bool = False


class AnnounceTap(CallbackData, prefix="evtell"):
    """Look at the invitation; when `sure`, send it."""

    event: Id
    turn: Count
    sure: bool = False


class CancelEventTap(CallbackData, prefix="evoff"):
    """Ask why the event is cancelled, or with `reason` (its number) cancel it."""

    event: Id
    turn: Count
    reason: Count = 0


class DropEventTap(CallbackData, prefix="evdrop"):
    """Delete an event that nobody was told of."""

    event: Id
    turn: Count
    sure: bool = False


class PlanFileTap(CallbackData, prefix="evfile"):
    """How to import a plan; with `what` the `template`, or `cancel` the import."""

    organisation: Id
    what: str = ""


class ApplyPlanTap(CallbackData, prefix="evload"):
    """Import the file that was sent; `mark` is of what was shown of it."""

    organisation: Id
    mark: str
