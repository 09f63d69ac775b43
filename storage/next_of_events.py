"""When anybody is told of an event next, asked by the rules of whoever does it then."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.quiet import Quiet
from services.delivery.upcoming import Upcoming, What
from services.events import reminding
from services.events.model import EventState
from services.iom.reminding import moment_of
from storage.reporting_tables import events
from storage.tables import people
from storage.unit_of_work import StoredWork

DAY = timedelta(days=1)
DAYS = 60
"""Days with something planned that are looked at."""


class EventsAhead:
    """What comes by the clock of events; `zone` is that of places which have none of their own."""

    def __init__(
        self, connection: AsyncConnection, consent: str, zone: ZoneInfo, quiet: Quiet, now: datetime
    ) -> None:
        self._connection = connection
        self._work = StoredWork(connection)
        self._consent = consent
        self._zone = zone
        self._quiet = quiet
        self._now = now

    async def told(self) -> AsyncIterator[Upcoming]:
        """The first message of each zone."""
        hours = await self._hours()
        for timezone in await self._work.events.zones():
            zone = ZoneInfo(timezone) if timezone is not None else self._zone
            today = self._now.astimezone(zone).date()
            days = sorted({self._quiet.open_day(max(day, today)) for day in await self._days(today)})
            turns = (datetime.combine(day, time(hour), zone) for day in days[:DAYS] for hour in hours)
            for at in turns:
                if at > self._now and (what := await self._due(timezone, at)) is not None:
                    yield Upcoming(at.astimezone(UTC), what)
                    break

    async def _due(self, timezone: str | None, at: datetime) -> What | None:
        moment = moment_of(timezone, self._zone, at, self._consent, self._quiet)
        if moment is None:
            return None
        if any(duty.account_id is not None for duty in await reminding.due_duties(self._work, moment)):
            return What.EVENT_DUTY
        if await reminding.due_reminders(self._work, moment, self._quiet):
            return What.EVENT_REMINDER
        return What.EVENT_OPINION if await reminding.due_questions(self._work, moment) else None

    async def _days(self, today: date) -> set[date]:
        """Days on which somebody may be told of an event."""
        rows = await self._connection.execute(
            select(events.c.held_on, events.c.remind_on)
            .distinct()
            .where(
                events.c.state != EventState.CANCELLED.value,
                or_(events.c.held_on >= today - reminding.ASK_FOR, events.c.remind_on.is_not(None)),
            )
        )
        days: set[date] = set()
        for held_on, remind_on in rows:
            days |= {self._quiet.open_day_before(held_on - DAY), held_on + DAY}
            days |= {remind_on} if remind_on is not None else set()
        # Who is noted to have been there only now is asked today or tomorrow.
        return {day for day in days if day >= today} | {today, today + DAY}

    async def _hours(self) -> Sequence[int]:
        preferred = await self._connection.scalars(select(people.c.reminder_hour).distinct())
        return sorted({self._quiet.hour(hour) for hour in (None, *preferred)})
