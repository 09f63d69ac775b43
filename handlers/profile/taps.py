"""Buttons of one's own profile."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class ProfileTap(CallbackData, prefix="profile"):
    """One's own card."""


class EditTap(CallbackData, prefix="profedit"):
    """Ask for another value of a field."""

    field: str


class ValueTap(CallbackData, prefix="profvalue"):
    """One of the suggested values of a field, by its place in the list."""

    field: str
    choice: Count


class RemindersTap(CallbackData, prefix="remhours"):
    """From which hour reminders are wanted."""


class HourTap(CallbackData, prefix="remhour"):
    """Have reminders from this hour of the day on."""

    hour: Count


class ChangeSchoolTap(CallbackData, prefix="schools"):
    """A page of the schools that one may move to from the school `organisation`."""

    organisation: Id
    page: Count = 0


class MoveTap(CallbackData, prefix="move"):
    """Ask whether to move from the school `organisation` to another, or with `sure` move."""

    organisation: Id
    to: Id
    sure: bool = False


class LeaveTap(CallbackData, prefix="leave"):
    """Ask whether to leave the school, or with `sure` leave it."""

    organisation: Id
    sure: bool = False


class PhoneTap(CallbackData, prefix="phone"):
    """A link for one's own other phone; with `qr`, as a picture."""

    qr: bool = False
