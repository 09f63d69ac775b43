"""Ways into the parts of mentoring, from menus, messages and each other. Their own taps are beside each part."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class MentoringTap(CallbackData, prefix="mtg"):
    """The beginning of mentoring: what the visitor has to do with it."""


class BankTap(CallbackData, prefix="mbank"):
    """A page of the bank of mentors, as the visitor may see it."""

    page: Count = 0


class CardTap(CallbackData, prefix="mcard"):
    """The info card of an approved mentor, or one that the visitor decides about."""

    person: Id


class MyCardTap(CallbackData, prefix="mmycard"):
    """The visitor's own info card: offer oneself, edit it, rest."""


class RequestTap(CallbackData, prefix="mreq"):
    """The visitor's own request for a mentor."""


class RequestsTap(CallbackData, prefix="mreqs"):
    """A page of those of the school or municipality who wait for a mentor."""

    organisation: Id
    page: Count = 0


class MatchTap(CallbackData, prefix="mmatch"):
    """Pairing in the school or municipality: the open run, or begin one."""

    organisation: Id


class OfferTap(CallbackData, prefix="moffer"):
    """A proposed pair, for one of the two to answer."""

    pair: Id


class PairTap(CallbackData, prefix="mpair"):
    """The card of a pair."""

    pair: Id


class PairListTap(CallbackData, prefix="mpairs"):
    """A page of the pairs of the school or municipality, for whoever looks after them.

    `group` is one of `services.mentoring.life.groups`, "" for all that are open.
    """

    organisation: Id
    page: Count = 0
    group: str = ""


class ProgramTap(CallbackData, prefix="mprog"):
    """The program of a pair."""

    pair: Id


class LogTap(CallbackData, prefix="mlog"):
    """Log a meeting by buttons; `pair` 0: of which pair is asked."""

    pair: Count = 0


class MeetingListTap(CallbackData, prefix="mmeets"):
    """A page of the meetings of a pair."""

    pair: Id
    page: Count = 0


class MeetingTap(CallbackData, prefix="mmeet"):
    """The card of a meeting."""

    meeting: Id


class HealthTap(CallbackData, prefix="mhealth"):
    """How the pairs of the school or municipality do."""

    organisation: Id
