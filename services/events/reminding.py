"""Reminding whoever answers for an event and whoever comes; asking what they thought.

Nothing is remembered but in the tables, so doing it again, late, or in two processes at once doubles nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from services.delivery.quiet import Quiet
from services.events.model import Duty, Told
from services.iom.reminding_ports import Moment
from services.work import UnitOfWork

DUTY_BEFORE = (7, 1)
"""Days before an event on which whoever answers for it is reminded; and again the day after."""
ASK_FOR = timedelta(days=7)
"""Who is marked only now is still asked about an event of so long ago."""


def next_duty(held_on: date, today: date, quiet: Quiet) -> date | None:
    """The next day after today on which whoever answers for the event is reminded; None: no more."""
    before = [quiet.open_day_before(held_on - timedelta(days=days)) for days in DUTY_BEFORE]
    after = quiet.open_day(held_on + timedelta(days=1))
    return min((day for day in (*before, after) if day > today), default=None)


async def due_duties(work: UnitOfWork, moment: Moment) -> Sequence[Duty]:
    """Events of the moment's places whose responsible is to be reminded now."""
    return await work.events.duties(moment)


async def remind_of_duties(work: UnitOfWork, duties: Sequence[Duty], moment: Moment, quiet: Quiet) -> None:
    """Owe these reminders."""
    for duty in duties:
        following = next_duty(duty.event.plan.held_on, moment.today, quiet)
        await work.events.owe_duty(duty, following, moment.now)


async def due_reminders(work: UnitOfWork, moment: Moment, quiet: Quiet) -> Sequence[Told]:
    """People to be reminded today of an event of tomorrow, or of the days until something is sent again."""
    return await work.events.to_remind(moment, quiet.open_day(moment.today + timedelta(days=1)))


async def remind(work: UnitOfWork, told: Sequence[Told], moment: Moment) -> None:
    """Owe these reminders."""
    await work.events.owe_reminders(told, moment.now)


async def due_questions(work: UnitOfWork, moment: Moment) -> Sequence[Told]:
    """People to be asked what they thought of an event that is over."""
    return await work.events.to_ask(moment, moment.today - ASK_FOR)


async def ask(work: UnitOfWork, told: Sequence[Told], moment: Moment) -> None:
    """Owe these questions."""
    await work.events.owe_questions(told, moment.now)
