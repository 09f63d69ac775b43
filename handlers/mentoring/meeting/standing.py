"""What a mentor is writing about: the field of a draft, or a message that was too long."""

from handlers.visit import Visit
from services.mentoring.meetings.draft import Draft, Field
from services.mentoring.meetings.seeing import may_look

FIELD = "meeting_field"
"""The step at which a field is written."""
SHORTER = "meeting_words"
"""The step at which a message is told again, shorter."""


async def stand_at(visit: Visit, draft: Draft, field: Field) -> None:
    """What is written from now on is that field."""
    await visit.stand(FIELD, {"draft": draft.id, "field": field.value})


async def stand_aside(visit: Visit) -> None:
    """What is written from now on belongs to no draft; whatever else the visitor is in the middle of goes on."""
    if visit.conversation is not None and visit.conversation.step in (FIELD, SHORTER):
        await visit.leave()


async def written_about(visit: Visit) -> tuple[Draft, Field] | None:
    """The draft and the field that the words are for, if the draft is still the visitor's own."""
    data = visit.conversation.data if visit.conversation is not None else {}
    draft = await visit.work.meeting_drafts.get(int(data.get("draft") or 0))
    if draft is None or draft.author_id != visit.member.id or data.get("field") not in set(Field):
        return None
    if not await may_look(visit.work, draft, visit.desk.consent.version):
        return None
    return draft, Field(str(data["field"]))
