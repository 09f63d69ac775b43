"""Buttons of whoever agrees to routes and confirms steps. A route or step named here is one they decide about."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class InboxTap(CallbackData, prefix="iominbox"):
    """A page of what waits for the visitor's decision, and of those they look after."""

    page: Count = 0


class ReviewTap(CallbackData, prefix="iomreview"):
    """A page of the route as it is to be agreed to, every step in full."""

    route: Id
    page: Count = 0


class AgreeTap(CallbackData, prefix="iomagree"):
    """Agree to the route as it was sent; `turn` is the route's when the button was made.

    With `sure` also to steps whose terms have passed meanwhile.
    """

    route: Id
    turn: Count
    sure: bool = False


class ReturnTap(CallbackData, prefix="iomreturn"):
    """Return the route: asks for a comment, or takes that `ready` one if the route has that `turn`."""

    route: Id
    ready: Count = 0
    turn: Count = 0


class ConfirmTap(CallbackData, prefix="iomyes"):
    """Confirm the step; `turn` is the step's when the button was made."""

    step: Id
    turn: Count


class ReturnStepTap(CallbackData, prefix="iomno"):
    """Return the step: asks for a comment, or takes that `ready` one if the step has that `turn`."""

    step: Id
    ready: Count = 0
    turn: Count = 0


class MentorTap(CallbackData, prefix="iommentor"):
    """A page of those who may be the route's mentor; for whoever oversees the school."""

    route: Id
    page: Count = 0


class SetMentorTap(CallbackData, prefix="iommentorset"):
    """Make the person the route's mentor; 0: the curators look after it."""

    route: Id
    mentor: Count
