"""Which drafts their author may still look at: whoever has taken their consent back is shown in none."""

from collections.abc import Sequence

from services.mentoring.meetings.draft import Draft
from services.work import UnitOfWork


async def may_look(work: UnitOfWork, draft: Draft, consent: str) -> bool:
    """Whether all whom the draft is about agree; of those it may be about, whether anybody does."""
    whom = draft.fields.whom
    groups = [whom.value] if whom.value else whom.candidates
    for pair_ids in groups:
        if await _agree(work, pair_ids, consent):
            return True
    return not groups


async def _agree(work: UnitOfWork, pair_ids: Sequence[int], consent: str) -> bool:
    for pair_id in pair_ids:
        pair = await work.pairs.get(pair_id)
        if pair is None or not await work.people.agrees(pair.mentee_id, consent):
            return False
    return True
