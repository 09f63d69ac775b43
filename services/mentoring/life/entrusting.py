"""What a pair means for the mentee's school and route: its mentor is a mentor there, and looks after the route."""

from dataclasses import replace
from datetime import datetime

from services.iom import belonging
from services.iom.model import Event, Happening
from services.mentoring.pair import Pair, PairEvent, PairHappening
from services.people.model import Role
from services.work import UnitOfWork

_ROLE = (PairHappening.ROLE_GIVEN, PairHappening.ROLE_TAKEN)


async def entrust(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """The pair's mentor is one in the mentee's school from now on, and of the mentee's route if it has none."""
    if await work.people.grant(pair.mentor_id, Role.MENTOR, pair.school_id, now):
        await _note(work, pair, PairHappening.ROLE_GIVEN, now)
    while (route := await work.iom.open_of(pair.mentee_id)) is not None:
        if route.mentor_id is not None or route.school_id != pair.school_id:
            return
        if await work.iom.save(replace(route, mentor_id=pair.mentor_id)) is not None:
            await work.iom.note(Event(route.id, now, None, Happening.MENTOR_CHANGED))
            return


async def release(work: UnitOfWork, pair: Pair, now: datetime) -> None:
    """The pair has ended: its mentor looks after the mentee's route no more.

    One from another school whom a pair has made a mentor here is none any more, unless another live pair of theirs
    is here. A role that was given by hand stays.
    """
    await belonging.pair_ended(work, pair.mentor_id, pair.mentee_id, now)
    card = await work.mentor_cards.get(pair.mentor_id)
    others = [each for each in await work.pairs.of_mentor(pair.mentor_id) if each.live and each.id != pair.id]
    is_own_school = card is None or card.school_id == pair.school_id
    given = await _given(work, pair)
    if is_own_school or given is None:
        return
    here = next((each for each in others if each.school_id == pair.school_id), None)
    if here is not None:
        if given.pair_id == pair.id:
            # The role goes with the other pair from now on: this one may be deleted with its mentee.
            await _note(work, here, PairHappening.ROLE_GIVEN, now)
        return
    await _note(work, pair, PairHappening.ROLE_TAKEN, now)
    if await work.people.revoke_role(pair.mentor_id, Role.MENTOR, pair.school_id):
        await belonging.mentor_left(work, pair.mentor_id, pair.school_id, now)


async def _given(work: UnitOfWork, pair: Pair) -> PairEvent | None:
    """How a pair of the mentor, this one or another, has given them the role in the school of this one.

    None where none has, or it was taken since.
    """
    told = [
        event
        for each in await work.pairs.of_mentor(pair.mentor_id)
        for event in await work.pairs.history(each.id)
        if event.what in _ROLE and event.before == {"school_id": pair.school_id}
    ]
    last = max(told, key=lambda event: event.id, default=None)
    return last if last is not None and last.what is PairHappening.ROLE_GIVEN else None


async def _note(work: UnitOfWork, pair: Pair, what: PairHappening, now: datetime) -> None:
    await work.pairs.note(PairEvent(pair.id, now, None, what, before={"school_id": pair.school_id}))
