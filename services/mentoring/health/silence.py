"""Pairs that have gone silent: their mentors are asked first, curators hear in the digest of a week.

Nothing is remembered but in the tables, so doing it again, late, or in two processes at once doubles nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.iom.reminding_ports import Moment, Reader
from services.mentoring.health.ports import LateStage, LongWaiting, LostOffer, SilentPair, Terms
from services.mentoring.policy import MentoringPolicy
from services.work import UnitOfWork

WAITING_DAYS = 14
"""Who has waited for a mentor for longer is in the digest."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What has stood still in the schools of one reader."""

    silent: Sequence[SilentPair]
    lost_offers: Sequence[LostOffer]
    late_stages: Sequence[LateStage]
    waiting: Sequence[LongWaiting]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.silent or self.lost_offers or self.late_stages or self.waiting)


def terms_of(policy: MentoringPolicy, now: datetime, zone: ZoneInfo) -> Terms:
    """What is late at this moment for somebody who lives by the zone."""
    today = now.astimezone(zone).date()
    began = datetime.combine(today, time(), zone)
    return Terms(today, began, policy.silent_days, policy.tell_curator_days)


async def mentors(work: UnitOfWork, moment: Moment, policy: MentoringPolicy) -> Sequence[Reader]:
    """Mentors to be asked now about pairs that have gone silent."""
    return await work.pair_health.mentors_due(moment, _terms(moment, policy))


async def nudge(work: UnitOfWork, readers: Sequence[Reader], moment: Moment, policy: MentoringPolicy) -> None:
    """Owe these mentors one message each about all such pairs; they are not asked again for `silent_days`."""
    await work.pair_health.nudge(readers, moment, _terms(moment, policy))


async def digest_of(work: UnitOfWork, reader_id: int, terms: Terms, consent: str) -> Digest:
    """What the reader of a digest hears now."""
    store = work.pair_health
    return Digest(
        await store.silent_of(reader_id, terms, consent),
        await store.lost_offers_of(reader_id, terms, consent),
        await store.late_stages_of(reader_id, terms, consent),
        await store.waiting_of(reader_id, terms.began - timedelta(days=WAITING_DAYS), consent),
    )


def year_began(today: date) -> date:
    """The first day of the day's school year."""
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)


def _terms(moment: Moment, policy: MentoringPolicy) -> Terms:
    return Terms(moment.today, moment.began, policy.silent_days, policy.tell_curator_days)
