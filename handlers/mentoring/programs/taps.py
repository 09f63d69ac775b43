"""Buttons of the program of a pair. Those that change something know the `turn` of what was looked at."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.ui.date_picker import DayNumber
from handlers.ui.numbers import Count, Id
from services.mentoring.programs.editing import Part
from services.mentoring.programs.program import Direction, StageNumber

RouteOrNone = Annotated[int, Field(ge=0, lt=2**63)]


class EditProgramTap(CallbackData, prefix="mprogedit"):
    """What the mentor may change in the program."""

    pair: Id


class RewriteTap(CallbackData, prefix="mprogword"):
    """Write the goal, the tasks or the results anew: asks for the words."""

    pair: Id
    part: Part


class DirectionsTap(CallbackData, prefix="mprogdirs"):
    """The directions of the program, to be chosen."""

    pair: Id


class DirectionTap(CallbackData, prefix="mprogdir"):
    """Take the direction in, or out."""

    pair: Id
    turn: Count
    direction: Direction


class TemplatesTap(CallbackData, prefix="mprogtpls"):
    """The templates that a program which nobody has edited may be made from."""

    pair: Id


class TemplateTap(CallbackData, prefix="mprogtpl"):
    """Make the program from another template."""

    pair: Id
    turn: Count
    number: Count


class EndsTap(CallbackData, prefix="mprogends"):
    """The terms of all stages, to choose one that is to be changed."""

    pair: Id


class StageEndTap(CallbackData, prefix="mprogend"):
    """Asks for another end of the stage; with `month`, any day of it, shows its days."""

    pair: Id
    stage: StageNumber
    month: Count = 0


class StageDayTap(CallbackData, prefix="mprogday"):
    """The stage ends on this day."""

    pair: Id
    turn: Count
    stage: StageNumber
    day: DayNumber


class StageOverTap(CallbackData, prefix="mprogover"):
    """Asks whether the stage is over; with `words` asks what to say of it."""

    pair: Id
    stage: StageNumber
    words: bool = False


class StageDoneTap(CallbackData, prefix="mprogdone"):
    """The stage is over, and nothing is said of it."""

    pair: Id
    turn: Count
    stage: StageNumber


class LinkRouteTap(CallbackData, prefix="mprogroute"):
    """Tie the mentee's route (ИОМ) to the program; `route` 0: untie the one it has."""

    pair: Id
    turn: Count
    route: RouteOrNone
