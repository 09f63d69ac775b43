"""Buttons of the bank of mentors. A `turn` is the card's when the button was made."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.numbers import Count, Id


class BankDomainTap(CallbackData, prefix="mbankdom"):
    """A page of those who are strong in the domain; without one, the domains."""

    domain: str = Field(default="", max_length=20)
    page: Count = 0


class BankFoundTap(CallbackData, prefix="mbankfind"):
    """A page of those who were searched for by words."""

    page: Count = 0


class NewCardTap(CallbackData, prefix="mcardnew"):
    """Begin an info card of one's own."""


class CardFieldTap(CallbackData, prefix="mcardask"):
    """Ask for a field of one's own card; without one, the card with all of them."""

    field: str = Field(default="", max_length=12)


class SetCardTap(CallbackData, prefix="mcardset"):
    """Set a field of one's own card; of several values that one is added or taken away."""

    field: str = Field(max_length=12)
    value: str = Field(default="", max_length=20)
    turn: Count


class OfferCardTap(CallbackData, prefix="mcardsend"):
    """Offer oneself as a mentor."""

    turn: Count


class TakeCardBackTap(CallbackData, prefix="mcardback"):
    """One's own offered card is a draft again."""

    turn: Count


class RestTap(CallbackData, prefix="mcardrest"):
    """Take no new mentees, or take them again."""

    resting: bool
    turn: Count


class DropCardTap(CallbackData, prefix="mcarddrop"):
    """Decline a proposal, or delete one's own card: asks first, unless `sure`."""

    turn: Count
    sure: bool = False


class QueueTap(CallbackData, prefix="mcards"):
    """A page of the cards of the school or municipality that wait for a decision, or for their owners."""

    organisation: Id
    page: Count = 0


class ApproveCardTap(CallbackData, prefix="mcardyes"):
    """Take the person into the bank."""

    person: Id
    turn: Count


class ReturnCardTap(CallbackData, prefix="mcardno"):
    """Return the card: asks for a comment, or takes that `ready` one."""

    person: Id
    turn: Count
    ready: Count = 0


class ProposeTap(CallbackData, prefix="mpropose"):
    """A page of the people of the school who may be asked to become mentors; of a municipality its schools."""

    organisation: Id
    page: Count = 0


class ProposeFoundTap(CallbackData, prefix="mproposef"):
    """The same, of those whose names hold what was written."""

    organisation: Id
    page: Count = 0


class ProposeToTap(CallbackData, prefix="mproposeto"):
    """Ask the person of the school to become a mentor: asks first, unless `sure`."""

    organisation: Id
    person: Id
    sure: bool = False
