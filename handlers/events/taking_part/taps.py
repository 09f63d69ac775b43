"""Buttons of whoever takes part, and of whoever notes who was there."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class SignUpTap(CallbackData, prefix="evgo"):
    """Sign up, or say that one does not come."""

    event: Id
    going: bool


class CommentTap(CallbackData, prefix="evword"):
    """Ask for a few words beside the mark."""

    event: Id


class AttendTap(CallbackData, prefix="evwas"):
    """Note of somebody whether they were there."""

    event: Id
    person: Id
    was: bool
    page: Count = 0


class AllAttendTap(CallbackData, prefix="evall"):
    """Everybody who had signed up was there."""

    event: Id


class HeldTap(CallbackData, prefix="evheld"):
    """The event was held; nothing is told of its outcome."""

    event: Id
    turn: Count
