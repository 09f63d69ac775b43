"""Reminding both of the agreed next meeting, and mentees of what they have not confirmed.

Nothing is remembered but in the tables, so doing it again, late, or in two processes at once doubles nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from services.delivery.quiet import Quiet
from services.iom.reminding_ports import Moment, Reader
from services.mentoring.meetings.reminding_ports import AgreedMeeting
from services.work import UnitOfWork

CONFIRM_AFTER = timedelta(days=3)
"""A meeting that has waited for its mentee for so long is reminded of, once."""


def remind_day(next_on: date | None, today: date, quiet: Quiet) -> date | None:
    """The last day before the meeting on which something is sent; None when there is nothing to remind of.

    The day itself when that other one is not after today: what was agreed just now is not repeated at once.
    """
    if next_on is None or next_on < today:
        return None
    before = quiet.open_day_before(next_on - timedelta(days=1))
    if before > today:
        return before
    return max(today, quiet.open_day_before(next_on))


async def due_agreed(work: UnitOfWork, moment: Moment) -> Sequence[AgreedMeeting]:
    """Agreed meetings of the moment's schools, each with one of its two who is to be reminded of it now."""
    return await work.meeting_reminders.agreed_due(moment)


async def remind_agreed(work: UnitOfWork, agreed: Sequence[AgreedMeeting], moment: Moment) -> None:
    """Owe them the reminders."""
    await work.meeting_reminders.owe_agreed(agreed, moment.now)


async def dealt_with(work: UnitOfWork, moment: Moment) -> Sequence[tuple[int, date]]:
    """Meetings, with their agreed days, of which there is nobody left to be reminded."""
    return await work.meeting_reminders.dealt_with(moment)


async def put_aside(work: UnitOfWork, meetings: Sequence[tuple[int, date]]) -> None:
    """Note that these are dealt with."""
    await work.meeting_reminders.put_aside(meetings)


async def due_unconfirmed(work: UnitOfWork, moment: Moment) -> Sequence[Reader]:
    """Mentees who have not said for `CONFIRM_AFTER` whether a meeting was so, and were not reminded of it."""
    return await work.meeting_reminders.unconfirmed_due(moment, moment.now - CONFIRM_AFTER)


async def remind_unconfirmed(work: UnitOfWork, mentees: Sequence[Reader], moment: Moment) -> None:
    """Owe them the one reminder of everything that they have not confirmed."""
    await work.meeting_reminders.owe_unconfirmed(mentees, moment.now - CONFIRM_AFTER, moment.now)
