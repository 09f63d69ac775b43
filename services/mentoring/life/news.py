"""Whom an event of a pair's history is told to."""

from collections.abc import Sequence
from datetime import datetime

from services.delivery.model import Kind
from services.mentoring.life.overseers import overseers
from services.mentoring.life.unanswered import unanswered
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.work import UnitOfWork

_FOR_OVERSEERS = (PairHappening.APPROVED, PairHappening.END_ASKED, PairHappening.COMPLETED)
"""There is something to do then for whoever looks after the pair, or something is done."""


async def pair_news(work: UnitOfWork, pair: Pair, actor_id: int | None, now: datetime, event_id: int) -> None:
    """Owe both, but for the actor, the news of this event of the pair's history.

    Those who look after the pair hear of it too where there is something for them, or where the service itself
    has ended the pair. Raises LookupError when the pair has no such event.
    """
    history = await work.pairs.history(pair.id)
    place = next((place for place, event in enumerate(history) if event.id == event_id), None)
    if place is None:
        raise LookupError(f"pair {pair.id} has no event {event_id}")
    event = history[place]
    readers = _parties(pair, event, history[:place])
    by_itself = event.what in (PairHappening.CLOSED_EARLY, PairHappening.WITHDRAWN) and event.actor_id is None
    if event.what in _FOR_OVERSEERS or by_itself:
        readers += await overseers(work, pair)
    payload = {"pair_id": pair.id, "event": event_id}
    for person_id in dict.fromkeys(readers):
        if person_id == actor_id:
            continue
        for account in await work.directory.account_ids(person_id):
            key = f"pair-news:{pair.id}:{event_id}:{account}"
            await work.outbox.owe(account, Kind.PAIR_NEWS, key, payload, now)


def _parties(pair: Pair, event: PairEvent, before: Sequence[PairEvent]) -> list[int]:
    """Which of the two are told: of an asking to end neither, of the answer to it only who has asked."""
    if event.what is PairHappening.END_ASKED:
        return []
    if event.what is PairHappening.END_REFUSED:
        return [asking.actor_id for asking in unanswered(before) if asking.actor_id is not None]
    return [pair.mentor_id, pair.mentee_id]
