"""A draft with everything that its card and its questions show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.mentoring.meeting.words import SOMEBODY
from handlers.visit import Visit
from services.mentoring.meetings.circle import Circle, circle_of
from services.mentoring.meetings.draft import Draft
from services.mentoring.meetings.meeting import Meeting, MeetingFile


@dataclass(frozen=True, slots=True)
class View:
    """`meetings` are those that the draft has become; `objection` is to the meeting that it changes."""

    draft: Draft
    circle: Circle
    today: date
    files: Sequence[MeetingFile] = ()
    meetings: Sequence[Meeting] = ()
    objection: str = ""

    def name(self, pair_id: int) -> str:
        """The mentee's name; of somebody who is shown to nobody, what stands for it."""
        return self.circle.names.get(pair_id) or SOMEBODY

    def names(self, pair_ids: Sequence[int]) -> str:
        """All the names after one another."""
        return ", ".join(self.name(each) for each in pair_ids)

    def step_title(self, step_id: int) -> str:
        """The step of a route; empty for one that the mentor does not see."""
        return next((step.title for step in self.circle.steps if step.step_id == step_id), "")


async def circle_now(visit: Visit) -> Circle:
    """The visitor's mentees as they are now."""
    return await circle_of(visit.work, visit.member.id, visit.desk.consent.version)


async def view_of(visit: Visit, draft: Draft, circle: Circle | None = None) -> View:
    """The draft as it is now."""
    home = draft.id
    meetings: list[Meeting] = []
    objection = ""
    if draft.meeting_id is not None:
        meeting = await visit.work.meetings.get(draft.meeting_id)
        home = (meeting.draft_id if meeting is not None else None) or draft.id
        objection = meeting.objection if meeting is not None else ""
    elif not draft.open:
        for pair_id in draft.fields.whom.value or ():
            of_pair = await visit.work.meetings.of_pair(pair_id)
            meetings += [meeting for meeting in of_pair if meeting.draft_id == draft.id]
    return View(
        draft,
        circle or await circle_now(visit),
        visit.today,
        await visit.work.meetings.files(home),
        meetings,
        objection,
    )
