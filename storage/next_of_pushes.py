"""When anything is pushed next, asked by the rules of whoever pushes it then."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.quiet import USUAL_HOUR, Quiet
from services.delivery.upcoming import Upcoming, What
from services.iom.reminding import moment_of, monday_of
from services.iom.reminding_ports import Moment
from services.pushes import alerting, effects, monitoring, monthly, weekly
from services.reporting.facts import Basis
from services.reporting.periods import month_of
from storage.tables import people
from storage.unit_of_work import StoredWork

DAY = timedelta(days=1)
WEEKS = 3
"""Weeks whose digests are looked at: what stands still now is in one of them at the latest."""
WATCHED = 5
"""Days on which thresholds are looked at ahead."""


class PushesAhead:
    """What comes by the clock of digests, alerts and the cyclogram. `basis.now` is from when one looks ahead."""

    def __init__(self, connection: AsyncConnection, basis: Basis, quiet: Quiet) -> None:
        self._connection = connection
        self._work = StoredWork(connection)
        self._basis = basis
        self._quiet = quiet

    async def told(self) -> AsyncIterator[Upcoming]:
        """What is first in each zone."""
        hours = await self._hours()
        for timezone in await self._work.pushes.zones():
            zone = ZoneInfo(timezone) if timezone is not None else self._basis.zone
            turns = {datetime.combine(day, time(hour), zone) for day in self._days(zone) for hour in hours}
            for at in sorted(turns):
                if at > self._basis.now and (what := await self._due(timezone, at)) is not None:
                    yield Upcoming(at.astimezone(UTC), what)
                    break

    def _days(self, zone: ZoneInfo) -> set[date]:
        """Days with something to look for: the next ones, first open days of weeks and months, last ones."""
        today = self._basis.now.astimezone(zone).date()
        monday = monday_of(today)
        days = {today + number * DAY for number in range(WATCHED)}
        days |= {monday + week * 7 * DAY for week in range(WEEKS)}
        following = month_of(today).ends
        months = {following, month_of(following).ends}
        last = {self._quiet.open_day_before(each - DAY) for each in months}
        return {self._quiet.open_day(max(day, today)) for day in days | months | last}

    async def _due(self, timezone: str | None, at: datetime) -> What | None:
        moment = moment_of(timezone, self._basis.zone, at, self._basis.consent, self._quiet)
        if moment is None:
            return None
        basis = replace(self._basis, now=at)
        if await monitoring.due(self._work, moment, self._quiet):
            return What.CYCLOGRAM
        if await self._alerts(basis, moment):
            return What.ALERT
        if any(one.tells for one in await weekly.decide(self._work, basis, moment, self._quiet)):
            return What.DIGEST
        if await monthly.due(self._work, moment, self._quiet):
            return What.MONTHLY_DIGEST
        return What.EFFECT if await effects.due(self._work, moment, self._quiet) else None

    async def _alerts(self, basis: Basis, moment: Moment) -> bool:
        """Whether somebody would be told that a threshold was crossed."""
        for place in await alerting.due(self._work, moment):
            found = await alerting.look(self._work, basis, place, moment.today)
            if await alerting.readers(self._work, found, moment):
                return True
        return False

    async def _hours(self) -> list[int]:
        preferred = await self._connection.scalars(select(people.c.reminder_hour).distinct())
        return sorted({self._quiet.hour(hour) for hour in (USUAL_HOUR, *preferred)})
