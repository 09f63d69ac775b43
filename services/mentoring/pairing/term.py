"""Until when both answer to a proposed pair, and when whoever has not is reminded."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.delivery.quiet import USUAL_HOUR, Quiet

ONE_DAY = timedelta(days=1)


def answer_by(now: datetime, days: int, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """The midnight after that many days on which people are written to."""
    day = now.astimezone(zone).date()
    for _ in range(max(1, days)):
        day = quiet.open_day(day + ONE_DAY)
    return datetime.combine(day + ONE_DAY, time(), zone)


def last_day(term: datetime, zone: ZoneInfo) -> date:
    """The last day on which an answer is in time."""
    return (term.astimezone(zone) - timedelta(microseconds=1)).date()


def remind_at(proposed_at: datetime, term: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """A morning at least a day before the term; where the term is too near for that, the last morning."""
    last = last_day(term, zone)
    before = datetime.combine(quiet.open_day_before(last - ONE_DAY), time(USUAL_HOUR), zone)
    return before if before > proposed_at else datetime.combine(last, time(USUAL_HOUR), zone)
