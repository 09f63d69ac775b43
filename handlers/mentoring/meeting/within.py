"""Where a draft of a meeting belongs: it is nowhere for anybody but its author."""

from typing import Protocol

from handlers.mentoring.within import led_pair
from handlers.visit import Visit
from services.mentoring.meetings.draft import Draft
from services.mentoring.meetings.seeing import may_look
from services.people.model import Organisation


class OfDraft(Protocol):
    """A tap that names a draft."""

    draft: int


class OfFile(Protocol):
    """A tap that names a file."""

    file: int


class MaybeOfPair(Protocol):
    """A tap that names a pair, or none (0)."""

    pair: int


async def own_draft(visit: Visit, tap: OfDraft) -> Organisation | None:
    """The school of the mentor whose draft it is; nowhere, once somebody whom it is about is shown to nobody."""
    return await _place(visit, await visit.work.meeting_drafts.get(tap.draft))


async def own_file(visit: Visit, tap: OfFile) -> Organisation | None:
    """The school of the mentor who has sent the file."""
    draft_id = await visit.work.meeting_drafts.draft_of_file(tap.file)
    draft = await visit.work.meeting_drafts.get(draft_id) if draft_id is not None else None
    return await _place(visit, draft)


async def led_pair_or_none_named(visit: Visit, tap: MaybeOfPair) -> Organisation | None:
    """The school of a pair that the visitor is the mentor of; where none is named, of whoever asks."""
    if tap.pair:
        return await led_pair(visit, tap)
    return next((grant.organisation for grant in visit.member.grants), None) if visit.person else None


async def draft_of(visit: Visit, tap: OfDraft) -> Draft:
    """The draft of a tap that the edge has let in. Raises LookupError when it is gone."""
    draft = await visit.work.meeting_drafts.get(tap.draft)
    if draft is None:
        raise LookupError("no such draft")
    return draft


async def _place(visit: Visit, draft: Draft | None) -> Organisation | None:
    if draft is None or visit.person is None or draft.author_id != visit.person.id:
        return None
    if not await may_look(visit.work, draft, visit.desk.consent.version):
        return None
    pairs = await visit.work.pairs.of_mentor(visit.person.id)
    return await visit.work.organisations.get(pairs[0].school_id) if pairs else None
