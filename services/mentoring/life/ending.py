"""A pair ends before its time; its mentee waits again where they still need a mentor."""

from dataclasses import replace
from datetime import date, datetime

from services.mentoring.life.entrusting import release
from services.mentoring.life.news import pair_news
from services.mentoring.pair import EndReason, Pair, PairEvent, PairHappening, PairState
from services.work import UnitOfWork

STILL_NEEDED = (EndReason.MENTOR_LEFT, EndReason.MENTOR_ASKED, EndReason.NO_FIT, EndReason.MENTOR_CHANGED)
"""After such an end the mentee is looked another mentor for, with the waiting time they had."""


async def end(
    work: UnitOfWork,
    pair: Pair,
    reason: EndReason,
    comment: str,
    actor_id: int | None,
    today: date,
    now: datetime,
) -> Pair | None:
    """The pair as it is closed early, a proposed one as not come about; None when it is not as it was read.

    `comment` is kept in the pair's history and shown to both. `actor_id` None: the service itself.
    """
    if not pair.open:
        return None
    proposed = pair.state is PairState.PROPOSED
    saved = await work.pairs.save(
        replace(
            pair,
            state=PairState.DECLINED if proposed else PairState.CLOSED_EARLY,
            ended_on=today,
            end_reason=reason,
            comment=comment,
            paused_on=None,
            paused_until=None,
            pause_reason=None,
        )
    )
    if saved is None:
        return None
    what = PairHappening.WITHDRAWN if proposed else PairHappening.CLOSED_EARLY
    noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, what, comment))
    await pair_news(work, saved, actor_id, now, noted)
    if not proposed:
        if reason in STILL_NEEDED and pair.request_id is not None:
            await work.mentee_requests.reopen(pair.request_id, now)
        await release(work, saved, now)
    return saved
