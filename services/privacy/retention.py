"""What is kept no longer than its term."""

from datetime import datetime

from services.privacy.erasing import erase
from services.work import UnitOfWork


def term_begins(now: datetime, years: int) -> datetime:
    """The same day and hour so many years ago: what is older has had its time."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February
        return now.replace(year=now.year - years, day=28)


async def forget_old(work: UnitOfWork, now: datetime, years: int) -> None:
    """Delete answers, results and entries of the log that are older than the term, and people who have gone.

    Gone is who has no role and has left no trace for as long. Figures of groups already counted stay.
    """
    before = term_begins(now, years)
    await work.personal.forget_answers(before)
    await work.audit.forget(before)
    for person_id in await work.personal.departed(before):
        await erase(work, person_id, now, by_themselves=False)
