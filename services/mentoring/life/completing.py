"""A pair reaches its end: the mentor evaluates, the pair is completed, both are asked how it was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from services.mentoring.life.entrusting import release
from services.mentoring.life.news import pair_news
from services.mentoring.life.surveys import owe_last
from services.mentoring.pair import EndReason, Pair, PairEvent, PairHappening, PairState
from services.work import UnitOfWork

WORKING = (PairState.ACTIVE, PairState.PAUSED)


async def evaluate(
    work: UnitOfWork, pair: Pair, levels: Mapping[str, int], words: str, actor_id: int, now: datetime
) -> Pair | None:
    """Keep the mentor's evaluation, in place of a former one; None when the pair is not as it was read.

    Nobody hears of it before the pair is completed. Raises PermissionError for anybody else.
    """
    if pair.mentor_id != actor_id:
        raise PermissionError(f"person {actor_id} does not lead pair {pair.id}")
    if pair.state not in WORKING:
        return None
    saved = await work.pairs.save(replace(pair, readiness=dict(levels), readiness_words=words))
    if saved is not None:
        await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.EVALUATED))
    return saved


async def complete(work: UnitOfWork, pair: Pair, actor_id: int, today: date, now: datetime) -> Pair | None:
    """The pair as it is completed, both asked how it was; None when it is not as it was read."""
    if pair.state not in WORKING:
        return None
    saved = await work.pairs.save(
        replace(
            pair,
            state=PairState.COMPLETED,
            ended_on=today,
            end_reason=EndReason.GOAL_REACHED,
            paused_on=None,
            paused_until=None,
            pause_reason=None,
        )
    )
    if saved is None:
        return None
    noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.COMPLETED))
    await pair_news(work, saved, actor_id, now, noted)
    await owe_last(work, saved, now)
    await release(work, saved, now)
    return saved
