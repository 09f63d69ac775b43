"""One of the two asks to end the pair; whoever looks after it ends it or asks them to go on."""

from datetime import datetime

from services.mentoring.life.news import pair_news
from services.mentoring.life.unanswered import has_asked, unanswered
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.work import UnitOfWork

WORDS_LIMIT = 500
"""Characters of what is said with it."""


async def ask_to_end(work: UnitOfWork, pair: Pair, actor_id: int, words: str, now: datetime) -> Pair | None:
    """Ask those who look after the pair to end it; None when it is not as it was read, or they have asked already.

    Raises PermissionError for somebody who is not one of the two.
    """
    if not pair.holds(actor_id):
        raise PermissionError(f"person {actor_id} is not of pair {pair.id}")
    if not pair.live or has_asked(await work.pairs.history(pair.id), actor_id):
        return None
    saved = await work.pairs.save(pair)
    if saved is not None:
        noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.END_ASKED, words))
        await pair_news(work, saved, actor_id, now, noted)
    return saved


async def keep_on(work: UnitOfWork, pair: Pair, actor_id: int, now: datetime) -> Pair | None:
    """Ask the pair to go on after all; None when it is not as it was read, or nobody has asked to end it."""
    if not pair.live or not unanswered(await work.pairs.history(pair.id)):
        return None
    saved = await work.pairs.save(pair)
    if saved is not None:
        noted = await work.pairs.note(PairEvent(pair.id, now, actor_id, PairHappening.END_REFUSED))
        await pair_news(work, saved, actor_id, now, noted)
    return saved
