"""Buttons of campaigns. Each names its campaign, a new one's names the organisation."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class CampaignListTap(CallbackData, prefix="camps"):
    """A page of one's own campaigns."""

    page: Count = 0


class NewCampaignTap(CallbackData, prefix="campnew"):
    """Begin a new campaign: whose it will be, if there is a choice."""


class NewCampaignOfTap(CallbackData, prefix="campof"):
    """A new campaign of an organisation: which instrument it is about."""

    organisation: Id


class ChooseInstrumentTap(CallbackData, prefix="campi"):
    """A new campaign of an organisation with this instrument."""

    organisation: Id
    instrument: str


class DraftTap(CallbackData, prefix="cdraft"):
    """A part of a draft: `audience`, `schools`, `subjects`, `term`, `anonymity`, `words`, `preview` or `change`.

    With `back` the part was opened from the preview and leads back there, otherwise on to the next part.
    """

    campaign: Id
    part: str
    page: Count = 0
    back: bool = False


class DecideTap(CallbackData, prefix="cset"):
    """Decide something of a draft: `what` becomes `value`, and the page of the list stays."""

    campaign: Id
    what: str
    value: str
    page: Count = 0
    back: bool = False


class LaunchTap(CallbackData, prefix="claunch"):
    """Begin the campaign."""

    campaign: Id


class DropTap(CallbackData, prefix="cdrop"):
    """Throw the draft away."""

    campaign: Id


class CampaignTap(CallbackData, prefix="camp"):
    """The card of a campaign; `part` is `card` or `schools` (a page of them)."""

    campaign: Id
    part: str = "card"
    page: Count = 0


class UnfinishedTap(CallbackData, prefix="cwho"):
    """A page of those who have not finished."""

    campaign: Id
    page: Count = 0


class CampaignResultsTap(CallbackData, prefix="cres"):
    """What the people of a campaign answered, whole groups only."""

    campaign: Id
    page: Count = 0


class CampaignSchoolTap(CallbackData, prefix="cschool"):
    """The card of a campaign in one school."""

    campaign: Id
    school: Id


class SchoolUnfinishedTap(CallbackData, prefix="cswho"):
    """A page of those of one school who have not finished."""

    campaign: Id
    school: Id
    page: Count = 0


class SchoolResultsTap(CallbackData, prefix="csres"):
    """What the people of one school answered, whole groups only."""

    campaign: Id
    school: Id
    page: Count = 0


class RemindTap(CallbackData, prefix="cremind"):
    """Remind now those who have not finished."""

    campaign: Id


class CloseTap(CallbackData, prefix="cclose"):
    """Close the campaign; asks first unless `sure`."""

    campaign: Id
    sure: bool = False


class ReopenTap(CallbackData, prefix="creopen"):
    """Open a closed campaign for so many days; 0 asks for how many."""

    campaign: Id
    days: Count = 0


class RepeatTap(CallbackData, prefix="crepeat"):
    """A new draft with the same settings."""

    campaign: Id


class UnfinishedSheetTap(CallbackData, prefix="cxlsx"):
    """The list of those who have not finished, as a spreadsheet."""

    campaign: Id
