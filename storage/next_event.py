"""When anything becomes due next: asked where the clock can be moved to that moment."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.campaigns import reminding as campaign_reminding
from services.delivery.quiet import Quiet
from services.delivery.upcoming import Upcoming, What
from services.iom import reminding
from services.iom.model import OPEN_ROUTE, StepState
from services.reporting.facts import Basis
from storage.next_of_events import EventsAhead
from storage.next_of_pairs import Outlook, PairsAhead
from storage.next_of_pushes import PushesAhead
from storage.organisations import TIMEZONE
from storage.outbox import OutboxTable
from storage.tables import iom_pauses, iom_routes, iom_steps, organisations, people
from storage.unit_of_work import StoredWork

DAY = timedelta(days=1)
DAYS = 60
"""Days with something planned that are looked at."""


async def next_event(connection: AsyncConnection, basis: Basis, quiet: Quiet) -> Upcoming | None:
    """The first thing to become due after `basis.now`; None: nothing is in sight.

    What is due already is left to whoever does it. `basis.zone` is that of places which have none of their own.
    """
    consent, zone, now = basis.consent, basis.zone, basis.now
    ahead = _Ahead(connection, consent, zone, quiet, now)
    pairs = PairsAhead(connection, Outlook(consent, zone, quiet, basis.mentoring, now))
    sources = (
        ahead.parcels(),
        ahead.routes(),
        ahead.pauses(),
        ahead.campaigns(),
        pairs.offers(),
        pairs.pauses(),
        pairs.comfort(),
        pairs.stages(),
        pairs.told(),
        EventsAhead(connection, consent, zone, quiet, now).told(),
        PushesAhead(connection, basis, quiet).told(),
    )
    found = [each for source in sources async for each in source]
    return min(found, key=lambda each: each.at, default=None)


class _Ahead:
    def __init__(
        self, connection: AsyncConnection, consent: str, zone: ZoneInfo, quiet: Quiet, now: datetime
    ) -> None:
        self._connection = connection
        self._work = StoredWork(connection)
        self._consent = consent
        self._zone = zone
        self._quiet = quiet
        self._now = now

    async def parcels(self) -> AsyncIterator[Upcoming]:
        at = await OutboxTable(self._connection).next_due(self._now)
        if at is not None:
            yield Upcoming(at, What.PARCEL)

    async def routes(self) -> AsyncIterator[Upcoming]:
        """What the tick of routes would tell first in each zone, asked by the tick's own rules."""
        planned, hours = await self._planned_days(), await self._hours()
        for timezone in await self._work.iom_reminders.zones():
            zone = self._zone_of(timezone)
            today = self._now.astimezone(zone).date()
            open_days = sorted({self._quiet.open_day(max(day, today)) for day in planned})
            turns = (datetime.combine(day, time(hour), zone) for day in open_days[:DAYS] for hour in hours)
            for at in turns:
                if at > self._now and (what := await self._told(timezone, at)) is not None:
                    yield Upcoming(at.astimezone(UTC), what)
                    break

    async def _told(self, timezone: str | None, at: datetime) -> What | None:
        moment = reminding.moment_of(timezone, self._zone, at, self._consent, self._quiet)
        if moment is None:
            return None
        if await reminding.teachers(self._work, moment):
            return What.STEP_REMINDER
        if await reminding.mentors(self._work, moment):
            return What.OVERDUE
        return None

    async def _planned_days(self) -> Sequence[date]:
        """Days from which teachers or mentors may be told of a step."""
        steps = iom_steps.c
        rows = await self._connection.execute(
            select(steps.remind_on, steps.due_on, steps.reminded_on, steps.escalated_on)
            .distinct()
            .join(iom_routes, iom_routes.c.id == steps.route_id)
            .where(_OPEN, steps.state == StepState.PLANNED.value, steps.agreed)
        )
        days: list[date] = []
        for remind_on, due_on, reminded_on, escalated_on in rows:
            if remind_on is not None:
                days.append(remind_on)
            if escalated_on is None:
                days.append(max(due_on + reminding.MENTOR_AFTER * DAY, (reminded_on or due_on) + DAY))
        return days

    async def _hours(self) -> Sequence[int]:
        preferred = await self._connection.scalars(select(people.c.reminder_hour).distinct())
        return sorted({self._quiet.hour(hour) for hour in (None, *preferred)})

    async def pauses(self) -> AsyncIterator[Upcoming]:
        rows = await self._connection.execute(
            select(iom_pauses.c.ends_on, TIMEZONE)
            .distinct()
            .join(iom_routes, iom_routes.c.id == iom_pauses.c.route_id)
            .join(organisations, organisations.c.id == iom_routes.c.school_id)
            .where(and_(iom_pauses.c.over.is_(False), iom_pauses.c.ends_on.is_not(None), _OPEN))
        )
        for day, timezone in rows:
            if (at := _after(day, self._zone_of(timezone))) > self._now:
                yield Upcoming(at, What.PAUSE_END)

    async def campaigns(self) -> AsyncIterator[Upcoming]:
        today = self._now.astimezone(self._zone).date()
        for campaign in await self._work.campaigns.running():
            if (end := _after(campaign.ends_on, self._zone)) > self._now:
                yield Upcoming(end, What.CAMPAIGN_END)
            for number in range((campaign.ends_on - today).days + 1):
                day = today + number * DAY
                at = datetime.combine(day, time(campaign_reminding.MORNING), self._zone).astimezone(UTC)
                is_due = campaign_reminding.is_due(campaign, day, self._zone) and not self._quiet.rests(day)
                if at > self._now and is_due:
                    yield Upcoming(at, What.CAMPAIGN_REMINDER)
                    break

    def _zone_of(self, timezone: str | None) -> ZoneInfo:
        return ZoneInfo(timezone) if timezone is not None else self._zone


def _after(day: date, zone: ZoneInfo) -> datetime:
    """The end of the day, in UTC."""
    return datetime.combine(day + DAY, time(), zone).astimezone(UTC)


_OPEN = iom_routes.c.state.in_(OPEN_ROUTE)
