"""On which days a step is reminded of: before its term, on the day, and after it for as long as it is open.

A day on which nothing is sent gives its reminder away: one about a coming term is sent earlier, one about a term
that has passed later.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from services.delivery.quiet import Quiet
from services.iom.model import Step, StepState

BEFORE = (7, 1, 0)
SOON_AFTER = (1, 3)
WEEK = 7
"""Days after the term of the next reminder, and between all that follow."""
GAP = 3
"""Days that a weekly reminder keeps from one that was sent late: one that would come sooner is left out."""


def first_day(due_on: date, quiet: Quiet) -> date:
    """The day from which a step that is due then is on its teacher's mind: that of its first reminder."""
    return quiet.open_day_before(due_on - timedelta(days=BEFORE[0]))


def next_day(due_on: date, after: date, quiet: Quiet) -> date:
    """The first day later than `after` with a reminder of a step that is due on `due_on`."""
    soon = [quiet.open_day_before(due_on - timedelta(days=days)) for days in BEFORE]
    soon += [quiet.open_day(due_on + timedelta(days=days)) for days in SOON_AFTER]
    weekly = next(day for day in _weekly(due_on, after, quiet) if day > after)
    return min(day for day in (*soon, weekly) if day > after)


def scheduled(step: Step, dealt_with: date, quiet: Quiet) -> Step:
    """The step with its next reminder after the day `dealt_with`; with none when there is nothing to remind of.

    Days whose reminders were dealt with already stay so. With time left, being late begins anew.
    """
    if step.state is not StepState.PLANNED or not step.agreed:
        return replace(step, remind_on=None)
    dealt_with = max(dealt_with, step.reminded_on or dealt_with)
    return replace(
        step,
        reminded_on=dealt_with,
        remind_on=next_day(step.plan.due_on, dealt_with, quiet),
        escalated_on=None if step.plan.due_on >= dealt_with else step.escalated_on,
    )


def _weekly(due_on: date, after: date, quiet: Quiet) -> Iterator[date]:
    """Days of weekly reminders, from one that is not later than the first after `after`."""
    # Late ones never overtake: whatever is later than `after` belongs to the last week before it or comes after.
    for week in count(max(1, (after - due_on).days // WEEK)):
        told = due_on + timedelta(days=week * WEEK)
        before = due_on + timedelta(days=SOON_AFTER[-1]) if week == 1 else told - timedelta(days=WEEK)
        came, day = quiet.open_day(before), quiet.open_day(told)
        if came == before or not 0 < (day - came).days < GAP:
            yield day
