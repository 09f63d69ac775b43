"""On which days a stage's end is reminded of: a week before it, and on the day."""

from dataclasses import replace
from datetime import date, timedelta

from services.delivery.quiet import Quiet
from services.mentoring.programs.program import Stage

BEFORE = (7, 0)
LOOK_BACK = 7
"""Days after a stage's end in which its mentee still hears of it: a reminder may come late."""


def next_day(ends_on: date, after: date, quiet: Quiet) -> date | None:
    """The first day later than `after` with a reminder of a stage that ends on `ends_on`.

    A day on which nothing is sent gives its reminder to the last one before it.
    """
    days = (quiet.open_day_before(ends_on - timedelta(days=days)) for days in BEFORE)
    return min((day for day in days if day > after), default=None)


def first_day(ends_on: date, quiet: Quiet) -> date:
    """The day of the first reminder of a stage that ends on `ends_on`."""
    return quiet.open_day_before(ends_on - timedelta(days=BEFORE[0]))


def scheduled(stage: Stage, dealt_with: date, quiet: Quiet) -> Stage:
    """The stage with its next reminder after the day `dealt_with`; with none when it is over."""
    next_on = next_day(stage.ends_on, dealt_with, quiet) if stage.done_on is None else None
    return replace(stage, remind_on=next_on)


def needs_attention(stage: Stage, today: date, quiet: Quiet) -> bool:
    """Whether a reminder of today speaks of the stage: it is not over, and ends within a week or should have."""
    return stage.done_on is None and first_day(stage.ends_on, quiet) <= today
