"""Buttons of whoever pairs mentors and mentees. Those that change something carry the run's `turn`."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class AimTap(CallbackData, prefix="mtaim"):
    """What a new run in the place is to reach: asks before it begins."""

    organisation: Id


class BeginTap(CallbackData, prefix="mtgo"):
    """Match in the place; `aim` is the number of one of the aims."""

    organisation: Id
    aim: Count


class RunTap(CallbackData, prefix="mtrun"):
    """A page of the run's pairs."""

    run: Id
    page: Count = 0


class AgreeAllTap(CallbackData, prefix="mtall"):
    """Agree to every pair that nothing is decided about."""

    run: Id
    turn: Count


class SendTap(CallbackData, prefix="mtsend"):
    """Ask both of every agreed pair; without `sure` it is asked whether to."""

    run: Id
    turn: Count
    sure: bool = False


class ProposalTap(CallbackData, prefix="mtprop"):
    """The card of a proposed pair."""

    proposal: Id


class DecideTap(CallbackData, prefix="mtdec"):
    """Agree to a proposal (1), leave it out (2), take the decision back (0)."""

    proposal: Id
    decision: Count
    turn: Count


class ExcludeTap(CallbackData, prefix="mtbar"):
    """Never propose these two to each other; without `sure` it is asked whether to."""

    proposal: Id
    turn: Count
    sure: bool = False


class OthersTap(CallbackData, prefix="mtnext"):
    """The next choices of a proposal."""

    proposal: Id


class PickTap(CallbackData, prefix="mtpick"):
    """A page of the bank, to choose somebody from for a proposal."""

    proposal: Id
    page: Count = 0


class SearchTap(CallbackData, prefix="mtfind"):
    """Look for somebody in the bank by the surname."""

    proposal: Id


class ChooseTap(CallbackData, prefix="mtput"):
    """Make this person the mentor of a proposal."""

    proposal: Id
    mentor: Id
    turn: Count
