"""Buttons of requests for a mentor. A `turn` is the request's when the button was made."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id


class NewRequestTap(CallbackData, prefix="mreqnew"):
    """Begin a request of one's own; school 0: not chosen yet."""

    school: Count = 0


class OneRequestTap(CallbackData, prefix="mreqone"):
    """A request: to be changed by whoever may, to be read by whoever looks after the school."""

    request: Id


class RequestFieldTap(CallbackData, prefix="mreqask"):
    """Ask for a field of the request."""

    request: Id
    field: str = Field(max_length=12)


class SetRequestTap(CallbackData, prefix="mreqset"):
    """Set a field of the request; of several values that one is added or taken away."""

    request: Id
    field: str = Field(max_length=12)
    value: str = Field(default="", max_length=20)
    turn: Count


class WishListTap(CallbackData, prefix="mreqpick"):
    """A page of mentors who may be wished for."""

    request: Id
    page: Count = 0


class WishTap(CallbackData, prefix="mreqwish"):
    """Wish for the mentor, or not any more."""

    request: Id
    person: Id
    turn: Count


class SendRequestTap(CallbackData, prefix="mreqsend"):
    """The request waits for a mentor from now on."""

    request: Id
    turn: Count


class WithdrawTap(CallbackData, prefix="mreqend"):
    """Withdraw an open request, delete a draft: asks first, unless `sure`."""

    request: Id
    turn: Count
    sure: bool = False


class AskForTap(CallbackData, prefix="mreqfor"):
    """A page of the school's teachers to ask for; of a municipality its schools."""

    organisation: Id
    page: Count = 0


class AskForFoundTap(CallbackData, prefix="mreqforf"):
    """The same, of those whose names hold what was written."""

    organisation: Id
    page: Count = 0


class AskForPersonTap(CallbackData, prefix="mreqforp"):
    """Begin a request for this teacher of the school."""

    organisation: Id
    person: Id
