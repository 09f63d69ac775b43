"""What reminding of meetings asks of storage. Every call works inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.iom.reminding_ports import Moment, Reader


@dataclass(frozen=True, slots=True)
class AgreedMeeting:
    """The day that was agreed on in a meeting, and one of the two who is to be reminded of it."""

    meeting_id: int
    next_on: date
    reader: Reader


class MeetingReminderStore(Protocol):
    """Who is to be reminded of what, asked of the tables each time."""

    async def agreed_due(self, moment: Moment) -> Sequence[AgreedMeeting]:
        """Everybody of the moment's schools whose hour has come to be reminded of an agreed meeting.

        Only of pairs that go on, when no later meeting was logged, the day has not passed and both agree. Who is
        reminded later than the meeting begins is reminded before it, an hour at the least.
        """
        ...

    async def owe_agreed(self, agreed: Sequence[AgreedMeeting], now: datetime) -> None:
        """Owe them one reminder each of that meeting and day; what is owed already stays as it is."""
        ...

    async def dealt_with(self, moment: Moment) -> Sequence[tuple[int, date]]:
        """Meetings of the moment's schools with their agreed days whose reminders are no business any more.

        Both are told who can be, or the day has passed, or a later meeting was logged.
        """
        ...

    async def put_aside(self, meetings: Sequence[tuple[int, date]]) -> None:
        """Take their reminders away; not of those that agree on another day by now."""
        ...

    async def unconfirmed_due(self, moment: Moment, before: datetime) -> Sequence[Reader]:
        """Mentees of the moment's schools with a meeting that has waited for them since before that moment.

        Only of pairs that go on, with mentors who agree, and of what they were not reminded of before.
        """
        ...

    async def owe_unconfirmed(self, mentees: Sequence[Reader], before: datetime, now: datetime) -> None:
        """Owe each of them the reminder of every meeting that has waited since before that moment; never of the
        same one again."""
        ...
