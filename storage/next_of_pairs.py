"""When anything of mentoring becomes due next, asked by the rules of whoever does it then."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.delivery.model import Kind
from services.delivery.quiet import Quiet
from services.delivery.upcoming import Upcoming, What
from services.iom.reminding import moment_of
from services.mentoring.health import silence
from services.mentoring.life import surveys
from services.mentoring.meetings import reminding
from services.mentoring.pair import PairHappening, PairState
from services.mentoring.pairing.term import remind_at
from services.mentoring.policy import MentoringPolicy
from storage.mentoring_tables import meetings, pair_history, pair_stages, pairs
from storage.organisations import TIMEZONE
from storage.pair_silence import APART, JUST_TOLD
from storage.tables import organisations, outbox, people
from storage.unit_of_work import StoredWork

DAY = timedelta(days=1)
DAYS = 60
"""Days with something planned that are looked at."""
FAR = timedelta(days=60)
"""No offer waits for longer."""
_BEFORE_MEETING = timedelta(hours=2)
_ACTIVE = pairs.c.state == PairState.ACTIVE.value


@dataclass(frozen=True, slots=True)
class Outlook:
    """From where one looks ahead: `zone` is that of places which have none of their own."""

    consent: str
    zone: ZoneInfo
    quiet: Quiet
    policy: MentoringPolicy
    now: datetime


class PairsAhead:
    """What comes by the clock of pairs, their offers, stages and meetings."""

    def __init__(self, connection: AsyncConnection, outlook: Outlook) -> None:
        self._connection = connection
        self._work = StoredWork(connection)
        self._from = outlook

    async def offers(self) -> AsyncIterator[Upcoming]:
        """Reminders of offers and the ends of their terms."""
        now = self._from.now
        for offer in await self._work.matching.unanswered(now + FAR):
            school = await self._work.organisations.get(offer.school_id)
            zone = self._zone_of(school.timezone if school is not None else None)
            at = remind_at(offer.proposed_at, offer.answer_by, zone, self._from.quiet)
            if at > now:
                yield Upcoming(at.astimezone(UTC), What.OFFER_REMINDER)
        first_end = select(func.min(pairs.c.answer_by)).where(
            pairs.c.state == PairState.PROPOSED.value, pairs.c.answer_by > now
        )
        end: datetime | None = await self._connection.scalar(first_end)
        if end is not None:
            yield Upcoming(end.astimezone(UTC), What.OFFER_END)

    async def pauses(self) -> AsyncIterator[Upcoming]:
        """Pauses that are over."""
        rows = await self._connection.execute(
            select(pairs.c.paused_until, TIMEZONE)
            .distinct()
            .join(organisations, organisations.c.id == pairs.c.school_id)
            .where(pairs.c.state == PairState.PAUSED.value, pairs.c.paused_until.is_not(None))
        )
        for day, timezone in rows:
            at = datetime.combine(day + DAY, time(), self._zone_of(timezone)).astimezone(UTC)
            if at > self._from.now:
                yield Upcoming(at, What.PAIR_PAUSE_END)

    async def comfort(self) -> AsyncIterator[Upcoming]:
        """Days on which pairs are asked how they do together."""
        today = self._from.now.astimezone(self._from.zone).date()
        for began in await self._connection.scalars(select(pairs.c.started_on).where(_ACTIVE).distinct()):
            if began is None:
                continue
            days = (
                began + timedelta(days=surveys.COMFORT_FIRST + surveys.COMFORT_EVERY * number)
                for number in range(surveys.COMFORT_TIMES)
            )
            day = next((each for each in days if each > today), None)
            if day is not None:
                at = datetime.combine(day, time(), self._from.zone).astimezone(UTC)
                yield Upcoming(at, What.COMFORT)

    async def stages(self) -> AsyncIterator[Upcoming]:
        """Ends of stages: told from the first hour of the day on."""
        quiet = self._from.quiet
        rows = await self._connection.execute(
            select(pair_stages.c.remind_on, TIMEZONE)
            .distinct()
            .join(pairs, pairs.c.id == pair_stages.c.pair_id)
            .join(organisations, organisations.c.id == pairs.c.school_id)
            .where(_ACTIVE, pair_stages.c.done_on.is_(None), pair_stages.c.remind_on.is_not(None))
        )
        for remind_on, timezone in rows:
            zone = self._zone_of(timezone)
            day = quiet.open_day(max(remind_on, self._from.now.astimezone(zone).date()))
            at = datetime.combine(day, time(quiet.morning), zone)
            if at > self._from.now and await self._work.programs.due(timezone, day, self._from.consent):
                yield Upcoming(at.astimezone(UTC), What.STAGE_REMINDER)

    async def told(self) -> AsyncIterator[Upcoming]:
        """What is told at people's own hours: of meetings and of silent pairs, first in each zone."""
        days, moments, hours = await self._days(), await self._moments(), await self._hours()
        agreed = await self._agreed()
        for timezone in await self._work.iom_reminders.zones():
            zone = self._zone_of(timezone)
            today = self._from.now.astimezone(zone).date()
            exact = {moment.astimezone(zone) for moment in moments}
            # An hour that was agreed on is the one where the pair lives.
            exact |= {datetime.combine(day, begins, zone) - _BEFORE_MEETING for day, begins in agreed}
            # What falls into the night comes the next day.
            after = {moment.date() + late * DAY for moment in exact for late in (0, 1)}
            planned = {*days, *after}
            open_days = sorted({self._from.quiet.open_day(max(day, today)) for day in planned})
            turns = {datetime.combine(day, time(hour), zone) for day in open_days[:DAYS] for hour in hours}
            for at in sorted(turns | exact):
                if at > self._from.now and (what := await self._due(timezone, at)) is not None:
                    yield Upcoming(at.astimezone(UTC), what)
                    break

    async def _due(self, timezone: str | None, at: datetime) -> What | None:
        outlook = self._from
        moment = moment_of(timezone, outlook.zone, at, outlook.consent, outlook.quiet)
        if moment is None:
            return None
        if await reminding.due_agreed(self._work, moment):
            return What.MEETING_REMINDER
        if await reminding.due_unconfirmed(self._work, moment):
            return What.UNCONFIRMED
        if await silence.mentors(self._work, moment, outlook.policy):
            return What.SILENT_PAIR
        return None

    async def _days(self) -> set[date]:
        """Days from which somebody may be told of a meeting or of a silent pair."""
        silent = timedelta(days=self._from.policy.silent_days)
        found: set[date] = set()
        rows = await self._connection.execute(
            select(pairs.c.started_on, pairs.c.last_met_on).distinct().where(_ACTIVE)
        )
        found |= {day + silent for row in rows for day in row if day is not None}
        asked = await self._connection.scalars(
            select(outbox.c.created_at)
            .distinct()
            .where(outbox.c.kind == Kind.PAIR_SILENT.value, outbox.c.created_at > self._from.now - silent - DAY)
        )
        for at in asked:
            day = at.astimezone(self._from.zone).date()
            found |= {day + silent, day + APART * DAY}
        resumed = await self._connection.scalars(
            select(pair_history.c.at)
            .join(pairs, pairs.c.id == pair_history.c.pair_id)
            .where(_ACTIVE, pair_history.c.what == PairHappening.RESUMED.value)
        )
        found |= {at.astimezone(self._from.zone).date() + silent for at in resumed}
        found |= set(
            await self._connection.scalars(
                select(meetings.c.remind_on).where(meetings.c.remind_on.is_not(None)).distinct()
            )
        )
        return found

    async def _moments(self) -> set[datetime]:
        """Moments at which somebody may be asked about a meeting or a pair that was told of some time before."""
        told = func.coalesce(meetings.c.changed_at, meetings.c.logged_at)
        rows = await self._connection.execute(
            select(meetings.c.logged_at, meetings.c.changed_at).where(
                told > self._from.now - max(JUST_TOLD, reminding.CONFIRM_AFTER)
            )
        )
        return {
            at
            for logged_at, changed_at in rows
            for at in (logged_at + JUST_TOLD, (changed_at or logged_at) + reminding.CONFIRM_AFTER)
        }

    async def _agreed(self) -> Sequence[tuple[date, time]]:
        rows = await self._connection.execute(
            select(meetings.c.next_on, meetings.c.next_at)
            .distinct()
            .where(meetings.c.remind_on.is_not(None), meetings.c.next_at.is_not(None))
        )
        return [(day, time.fromisoformat(begins)) for day, begins in rows]

    async def _hours(self) -> set[int]:
        """Hours that people prefer, and the first one: a meeting may begin soon after it."""
        preferred = await self._connection.scalars(select(people.c.reminder_hour).distinct())
        return {self._from.quiet.morning, *(self._from.quiet.hour(hour) for hour in (None, *preferred))}

    def _zone_of(self, timezone: str | None) -> ZoneInfo:
        return ZoneInfo(timezone) if timezone is not None else self._from.zone
