"""A pair that both have agreed to begins to work."""

from dataclasses import replace
from datetime import date, datetime

from services.mentoring.life.news import pair_news
from services.mentoring.pair import Pair, PairEvent, PairHappening, PairState
from services.mentoring.programs.beginning import begin
from services.work import UnitOfWork


async def start(work: UnitOfWork, pair: Pair, actor_id: int | None, today: date, now: datetime) -> Pair | None:
    """The pair as it works from today on, with its program; None when it does not wait for that any more.

    `actor_id`: whoever signed the order, or the mentor whose first meeting has begun it.
    """
    if pair.state is not PairState.APPROVED:
        return None
    saved = await work.pairs.save(replace(pair, state=PairState.ACTIVE, started_on=today))
    if saved is None:
        return None
    noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.STARTED))
    await pair_news(work, saved, actor_id, now, noted)
    await begin(work, saved, today, now)
    return saved
