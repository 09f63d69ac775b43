"""Reminders: only to those who have not finished, at sensible hours, at most one a day."""

from datetime import date, datetime, time, timedelta, tzinfo

from services.campaigns.model import Campaign
from services.work import UnitOfWork

EVERY_DAYS = 3
MORNING, EVENING = 9, 19
"""Reminders go out from the first hour until the second, where the users live."""
SUNDAY = 6


def good_time(local: datetime) -> bool:
    """Whether a reminder disturbs nobody at that moment, told in the users' time."""
    return MORNING <= local.hour < EVENING and local.weekday() != SUNDAY


def is_due(campaign: Campaign, today: date, zone: tzinfo) -> bool:
    """Whether the campaign reminds today: every third day, and on the last day but one.

    What falls on a Sunday is done on the Monday after it.
    """
    if campaign.launched_at is None or today > campaign.ends_on:
        return False
    began = campaign.launched_at.astimezone(zone).date()
    days = [today]
    if today.weekday() == 0:
        days.append(today - timedelta(days=1))
    return any(_falls_on(day, began, campaign.ends_on) for day in days)


async def remind_due(work: UnitOfWork, consent: str, now: datetime, zone: tzinfo) -> int:
    """Owe today's reminders of all running campaigns; how many are new."""
    local = now.astimezone(zone)
    if not good_time(local):
        return 0
    due = [campaign.id for campaign in await work.campaigns.running() if is_due(campaign, local.date(), zone)]
    if not due:
        return 0
    return await work.campaigns.remind(due, local.date(), _midnight(local), consent, now)


async def remind_now(work: UnitOfWork, campaign: Campaign, consent: str, now: datetime, zone: tzinfo) -> int:
    """Owe a reminder of one campaign today; to how many it goes, 0 when all have been reminded today.

    The caller asks `good_time` first.
    """
    local = now.astimezone(zone)
    return await work.campaigns.remind([campaign.id], local.date(), _midnight(local), consent, now)


def _falls_on(day: date, began: date, ends_on: date) -> bool:
    passed = (day - began).days
    return passed > 0 and (passed % EVERY_DAYS == 0 or day == ends_on - timedelta(days=1))


def _midnight(local: datetime) -> datetime:
    return datetime.combine(local.date(), time(), local.tzinfo)
