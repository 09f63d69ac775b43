"""Buttons of a proposed pair.

An offer is made once and each of the two answers it once: the pair's number alone says what is answered, and the
answer of one must not make the buttons of the other old. Hence no `turn`.
"""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class AcceptTap(CallbackData, prefix="moyes"):
    """Agree to the pair."""

    pair: Id


class DeclineTap(CallbackData, prefix="mono"):
    """Decline the pair: asks why, or takes that `reason` of the ready ones."""

    pair: Id
    reason: Count = 0


class WithdrawTap(CallbackData, prefix="moback"):
    """Take the proposal back, for whoever looks after the pair; without `sure` it is asked whether to."""

    pair: Id
    sure: bool = False
