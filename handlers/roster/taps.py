"""Buttons of importing a roster and of printing its invites."""

from aiogram.filters.callback_data import CallbackData

from handlers.roster.words import Part
from handlers.ui.numbers import Count, Id


class RosterTap(CallbackData, prefix="roster"):
    """How to import a roster."""


class RosterTemplateTap(CallbackData, prefix="rtemplate"):
    """The template as a file."""


class RosterPlaceTap(CallbackData, prefix="rplace"):
    """The kept file is of this municipality."""

    organisation: Id


class RosterCardTap(CallbackData, prefix="rcard"):
    """The plan of the kept file."""


class RosterPartTap(CallbackData, prefix="rpart"):
    """A page of one part of the plan."""

    part: Part
    page: Count = 0


class RosterFileTap(CallbackData, prefix="rfile"):
    """One's own file with what is to be mended."""


class RosterApplyTap(CallbackData, prefix="rapply"):
    """Import as shown; `mark` begins the fingerprint of what was shown, `schools` lets new schools be added."""

    mark: str
    schools: bool


class RosterCancelTap(CallbackData, prefix="rcancel"):
    """Forget the kept file."""


class SheetListTap(CallbackData, prefix="rsheets"):
    """Schools whose invites can be printed, a page of them."""

    page: Count = 0


class SheetTap(CallbackData, prefix="rsheet"):
    """Invites of one school."""

    organisation: Id


class AllSheetsTap(CallbackData, prefix="rallsheets"):
    """Invites of all schools of one's own."""
