"""Buttons of the life of a pair. What changes a pair names the turn it was made for."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.date_picker import DayNumber
from handlers.ui.numbers import Count, Id
from services.mentoring.pair import EndReason, PauseReason


class StartPairTap(CallbackData, prefix="mpstart"):
    """The order is signed: the pair begins."""

    pair: Id
    turn: Count


class StartAllTap(CallbackData, prefix="mpall"):
    """The order is signed for all approved pairs of the place: shows them, then begins them.

    `count` and `newest` tell which pairs were shown; `count` 0: none yet.
    """

    organisation: Id
    count: Count = 0
    newest: Count = 0


class RestPairTap(CallbackData, prefix="mprest"):
    """Let the pair rest: asks why, then until when."""

    pair: Id
    turn: Count
    reason: PauseReason | None = None


class RestMonthTap(CallbackData, prefix="mprestm"):
    """Show the month of this day to choose the last day of the pause from."""

    pair: Id
    turn: Count
    reason: PauseReason
    month: DayNumber


class RestDayTap(CallbackData, prefix="mprestd"):
    """The last day of the pause; 0: not known yet."""

    pair: Id
    turn: Count
    reason: PauseReason
    day: Count


class ResumePairTap(CallbackData, prefix="mpgoon"):
    """The pair goes on."""

    pair: Id
    turn: Count


class AskEndTap(CallbackData, prefix="mpask"):
    """One of the two asks to end the pair: asks for words, with `sure` does without them."""

    pair: Id
    turn: Count
    sure: bool = False


class KeepOnTap(CallbackData, prefix="mpkeep"):
    """The pair is to go on although one of the two has asked to end it."""

    pair: Id
    turn: Count


class ClosePairTap(CallbackData, prefix="mpclose"):
    """Close the pair early: asks for the reason, then for words, with `sure` does without them."""

    pair: Id
    turn: Count
    reason: EndReason | None = None
    sure: bool = False


class EvaluateTap(CallbackData, prefix="mpeval"):
    """The mentor evaluates: `given` are the levels so far, a digit a criterion."""

    pair: Id
    turn: Count
    given: str = Field(default="", max_length=12)


class KeepEvaluationTap(CallbackData, prefix="mpevalok"):
    """Keep the evaluation without words."""

    pair: Id
    turn: Count
    given: str = Field(max_length=12)


class CompletePairTap(CallbackData, prefix="mpdone"):
    """Complete the pair; asks before unless `sure`."""

    pair: Id
    turn: Count
    sure: bool = False


class PairHistoryTap(CallbackData, prefix="mphist"):
    """A page of the history of the pair."""

    pair: Id
    page: Count = 0


class OrderTap(CallbackData, prefix="mporder"):
    """The list of pairs for the director's order, with those that work already if `active`."""

    organisation: Id
    active: bool = False
