"""Buttons of meetings that are logged. `turn` is the meeting's when the button was made."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.date_picker import DayNumber
from handlers.ui.numbers import Count, Id


class ConfirmMeetingTap(CallbackData, prefix="mmyes"):
    """The mentee: it was so."""

    meeting: Id
    turn: Count


class ObjectTap(CallbackData, prefix="mmno"):
    """The mentee: it was otherwise. Asks what, or takes that `ready` answer if the meeting has that turn."""

    meeting: Id
    turn: Count
    ready: Count = 0


class ChangeMeetingTap(CallbackData, prefix="mmedit"):
    """The mentor: mend what was logged."""

    meeting: Id


class DeleteMeetingTap(CallbackData, prefix="mmdel"):
    """The mentor: delete it; without `sure` it is asked once more."""

    meeting: Id
    turn: Count
    sure: bool = False


class MoveTap(CallbackData, prefix="mmmove"):
    """The mentor: another day for the agreed next meeting; shows the month of that day, 0: of the present one."""

    meeting: Id
    month: Count = 0


class MoveDayTap(CallbackData, prefix="mmday"):
    """The mentor: the agreed next meeting is on that day."""

    meeting: Id
    turn: Count
    day: DayNumber


class CallOffTap(CallbackData, prefix="mmoff"):
    """The mentor: there is no agreed next meeting."""

    meeting: Id
    turn: Count


class SeenTap(CallbackData, prefix="mmfine"):
    """The mentee has read the reminder of the agreed meeting."""

    meeting: Id


class MeetingFileTap(CallbackData, prefix="mmfile"):
    """Send a file of the meeting."""

    meeting: Id
    file: Id


class MeetingHistoryTap(CallbackData, prefix="mmhist"):
    """A page of what has become of the meeting."""

    meeting: Id
    page: Count = 0
