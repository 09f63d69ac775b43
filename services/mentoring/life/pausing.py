"""A pair rests for a while and goes on: at rest it is reminded of nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from services.delivery.quiet import Quiet
from services.mentoring.life.news import pair_news
from services.mentoring.life.wording import PAUSE_REASONS
from services.mentoring.pair import Pair, PairEvent, PairHappening, PairState, PauseReason
from services.mentoring.programs.staging import shift
from services.work import UnitOfWork

LONGEST = 366
"""Days that a pause lasts at most when its last day is told."""


async def pause(
    work: UnitOfWork,
    pair: Pair,
    reason: PauseReason,
    until: date | None,
    actor_id: int,
    today: date,
    now: datetime,
) -> Pair | None:
    """The pair at rest from today to `until`, its last day; None there: until somebody resumes it.

    None when the pair does not work now. Raises ValueError for a day that no pause ends on.
    """
    if until is not None and not may_end(until, today):
        raise ValueError(f"no pause ends on {until}")
    if pair.state is not PairState.ACTIVE:
        return None
    resting = replace(
        pair, state=PairState.PAUSED, paused_on=today, paused_until=until, pause_reason=reason, nudged_on=None
    )
    saved = await work.pairs.save(resting)
    if saved is not None:
        words = PAUSE_REASONS[reason] + (f", по {until:%d.%m.%Y}" if until is not None else "")
        noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.PAUSED, words))
        await pair_news(work, saved, actor_id, now, noted)
    return saved


def may_end(until: date, today: date) -> bool:
    """Whether a pause that begins today may have that last day."""
    return today <= until < today + timedelta(days=LONGEST)


async def resume(
    work: UnitOfWork, pair: Pair, actor_id: int | None, today: date, now: datetime, quiet: Quiet
) -> Pair | None:
    """The pair as it goes on from today; its stages end as many days later. None when it does not rest.

    `actor_id` None: the last day of the pause has passed.
    """
    if pair.state is not PairState.PAUSED:
        return None
    going_on = replace(
        pair, state=PairState.ACTIVE, paused_on=None, paused_until=None, pause_reason=None, nudged_on=None
    )
    saved = await work.pairs.save(going_on)
    if saved is not None:
        noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.RESUMED))
        await pair_news(work, saved, actor_id, now, noted)
        if pair.paused_on is not None:
            await shift(work, pair.id, (today - pair.paused_on).days, quiet)
    return saved
