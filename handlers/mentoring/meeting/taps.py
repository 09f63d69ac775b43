"""Buttons of a meeting that is being told of. A draft or a file named here is the visitor's own."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field as Bounded

from handlers.ui.numbers import Count, Id
from services.mentoring.meetings.draft import Field

Code = Annotated[str, Bounded(max_length=24)]
"""What `services.mentoring.meetings.asking.chosen` understands."""


class DraftTap(CallbackData, prefix="mdraft"):
    """What is told so far, or what became of it."""

    draft: Id


class MendTap(CallbackData, prefix="mdmend"):
    """Asks about one field; `several`: of more mentees than one, `month`: shows the month of that day,
    `hour`: asks only for the hour of the next meeting."""

    draft: Id
    field: Field
    several: bool = False
    month: Annotated[int, Bounded(ge=0, le=3_652_059)] = 0
    hour: bool = False


class ChooseTap(CallbackData, prefix="mdset"):
    """Sets one field; `turn` is the draft's when the button was made."""

    draft: Id
    turn: Count
    field: Field
    code: Code = ""


class WithTap(CallbackData, prefix="mdwith"):
    """One mentee more, or one fewer."""

    draft: Id
    turn: Count
    pair: Id


class AnsweredTap(CallbackData, prefix="mdnext"):
    """What is chosen is right: the next question, or the card."""

    draft: Id
    turn: Count


class EarlierTap(CallbackData, prefix="mdprev"):
    """The question before the one that stands."""

    draft: Id
    turn: Count


class SaveTap(CallbackData, prefix="mdsave"):
    """Log the meeting as shown."""

    draft: Id
    turn: Count


class DropTap(CallbackData, prefix="mddrop"):
    """Log nothing of it."""

    draft: Id
    turn: Count


class RestoreTap(CallbackData, prefix="mdback"):
    """Take up again what was dropped."""

    draft: Id
    turn: Count


class AttachTap(CallbackData, prefix="mdfile"):
    """The files of `draft` belong to `home`; 0: to a meeting that is to be told of now."""

    draft: Id
    turn: Count
    home: Count = 0


class DetachTap(CallbackData, prefix="mdunfile"):
    """The file belongs somewhere else; `home` is the draft that it was with when the button was made."""

    file: Id
    home: Count = 0
