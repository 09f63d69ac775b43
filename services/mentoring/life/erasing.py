"""One of a pair has their data deleted: the other one hears that the pair is no more, and who looks after it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.delivery.model import Kind
from services.mentoring import recipients
from services.mentoring.life.entrusting import release
from services.mentoring.pair import Pair
from services.work import UnitOfWork

MENTOR_GONE, MENTEE_GONE = 1, 2
"""Who of the two is gone, as payloads of the outbox name them."""


async def told_of_erasing(work: UnitOfWork, person_id: int, cause: int, now: datetime) -> None:
    """Owe what is told of the person's open pairs, and take from a mentor what such a pair has brought them.

    To be called while the pairs are there still. What is owed does not hang on them: it names nobody who is gone.
    `cause` is a number that no other erasing has.
    """
    for pair in [*await work.pairs.of_mentor(person_id), *await work.pairs.of_mentee(person_id)]:
        if not pair.open:
            continue
        payload = {
            "gone": MENTOR_GONE if pair.mentor_id == person_id else MENTEE_GONE,
            "live": int(pair.live),
            "school_id": pair.school_id,
            "mentee_id": pair.mentee_id,
        }
        readers = await work.directory.account_ids(pair.other(person_id))
        if pair.mentor_id == person_id:
            readers = [*readers, *await recipients.deciders(work, pair.school_id, but=person_id)]
        else:
            # Whoever gets the number of the deleted must not be taken for them.
            del payload["mentee_id"]
        await _owe(work, pair, readers, payload, cause, now)
        if pair.live:
            await release(work, pair, now)


async def _owe(
    work: UnitOfWork, pair: Pair, readers: Sequence[int], payload: Mapping[str, int], cause: int, now: datetime
) -> None:
    for account in dict.fromkeys(readers):
        key = f"pair-gone:{cause}:{pair.id}:{account}"
        await work.outbox.owe(account, Kind.PAIR_NEWS, key, payload, now)
