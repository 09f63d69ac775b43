"""What is owed to people about a pair that is proposed. Nobody is told the same thing twice."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from services.delivery.model import Kind
from services.mentoring.life.overseers import overseers
from services.mentoring.pair import Pair
from services.people.model import Role
from services.work import UnitOfWork


class Told(IntEnum):
    """What a parcel about a proposed pair tells, as its payload has it."""

    OFFER = 0
    REMINDER = 1
    OVER = 2
    NOBODY_LEFT = 3


async def owe_offer(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """To both: the pair is proposed."""
    await _owe(work, pair, (pair.mentor_id, pair.mentee_id), Told.OFFER, now)


async def owe_reminder(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """To whoever has not answered yet."""
    answered = {pair.mentor_id: pair.mentor_agreed_at, pair.mentee_id: pair.mentee_agreed_at}
    await _owe(work, pair, [one for one, at in answered.items() if at is None], Told.REMINDER, now)


async def owe_over(work: UnitOfWork, pair: Pair, readers: Iterable[int], now: datetime) -> None:
    """To these of the two: the pair has not come about."""
    await _owe(work, pair, readers, Told.OVER, now)


async def owe_nobody_left(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """To whoever proposed the pair, or looks after it: it has not come about, and there is no next choice."""
    school = await work.organisations.get(pair.school_id)
    author = pair.proposed_by
    readers = []
    if author is not None and author not in (pair.mentee_id, pair.mentor_id) and school is not None:
        is_curator = await work.people.holds(author, Role.CURATOR, school.id)
        above = school.parent_id
        if is_curator or (above is not None and await work.people.holds(author, Role.METHODIST, above)):
            readers = [author]
    await _owe(work, pair, readers or await overseers(work, pair), Told.NOBODY_LEFT, now)


async def _owe(work: UnitOfWork, pair: Pair, readers: Iterable[int], told: Told, now: datetime) -> None:
    payload = {"pair_id": pair.id, "told": told.value}
    for person_id in readers:
        for account in await work.directory.account_ids(person_id):
            key = f"pair-offer:{pair.id}:{told.value}:{account}"
            await work.outbox.owe(account, Kind.PAIR_OFFER, key, payload, now)
