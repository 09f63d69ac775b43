"""A draft is saved as meetings, dropped, or taken up again."""

from dataclasses import replace

from handlers.mentoring.meeting.mending import OVER
from handlers.mentoring.meeting.showing import CHANGED, shown
from handlers.mentoring.meeting.taps import DraftTap, DropTap, RestoreTap, SaveTap
from handlers.mentoring.meeting.view import circle_now
from handlers.mentoring.meeting.within import draft_of, own_draft
from handlers.mentoring.taps import MeetingTap
from handlers.menu.screens import to_menu
from handlers.routes import Access, Routes
from handlers.ui.screen import Declined, Reply, Row, Screen, button
from handlers.visit import Visit
from services.mentoring.meetings import asking, changing
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, Outcome, Purpose, missing, told_of
from services.mentoring.meetings.logging import OvertakenError, log
from services.mentoring.meetings.meeting import Meeting

routes = Routes()

SAVED = "Записано."
SAVED_BEFORE = "Уже записано."
NOT_WHOLE = "Не хватает ответа: он отмечен в записи."
LOOK_AGAIN = "Из записи убрано то, что уже не подходит. Посмотрите и сохраните ещё раз."
AGAIN = "В эту минуту пару изменили. Ничего не потеряно: нажмите «Сохранить» ещё раз."
RESTORED = "Запись снова открыта."
MEANWHILE = "Эту запись за это время уже изменили или на неё ответили. Откройте её: если нужно, исправьте ещё раз."
TOO_LATE = "Срок изменений вышел: запись осталась как была."


@routes.tap(SaveTap, Access.REGISTERED, within=own_draft)
async def save(visit: Visit, tap: SaveTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn or draft.fields.purpose is not Purpose.MEETING:
        return await _not_so(visit, draft)
    circle = await circle_now(visit)
    try:
        if draft.meeting_id is not None:
            return await _changed(visit, draft, circle)
        return await _logged(visit, draft, circle)
    except (OvertakenError, changing.OvertakenError):
        # Whatever has been written already is rolled back.
        raise Declined(Screen(AGAIN, _again(draft))) from None


@routes.tap(DropTap, Access.REGISTERED, within=own_draft)
async def drop(visit: Visit, tap: DropTap) -> Reply:
    draft = await draft_of(visit, tap)
    if not draft.open or draft.turn != tap.turn:
        return await _not_so(visit, draft)
    fields = replace(draft.fields, outcome=Outcome.DROPPED, asking=None)
    saved = await visit.work.meeting_drafts.save(replace(draft, fields=fields, closed_at=visit.now))
    return Reply(await shown(visit, saved or await draft_of(visit, tap)))


@routes.tap(RestoreTap, Access.REGISTERED, within=own_draft)
async def restore(visit: Visit, tap: RestoreTap) -> Reply:
    draft = await draft_of(visit, tap)
    if draft.fields.outcome is not Outcome.DROPPED or draft.turn != tap.turn:
        return await _not_so(visit, draft)
    fields = replace(draft.fields, outcome=None)
    saved = await visit.work.meeting_drafts.save(replace(draft, fields=fields, closed_at=None))
    return Reply(await shown(visit, saved or await draft_of(visit, tap)), toast=RESTORED)


async def _logged(visit: Visit, draft: Draft, circle: Circle) -> Reply:
    fitting = replace(draft, fields=asking.still_fitting(draft.fields, circle))
    if fitting.fields != draft.fields or missing(fitting.fields):
        kept = await visit.work.meeting_drafts.save(fitting)
        toast = NOT_WHOLE if missing(fitting.fields) else LOOK_AGAIN
        return Reply(await shown(visit, kept or draft, circle=circle), toast=toast)
    made = await log(visit.work, fitting, visit.member.id, visit.desk.quiet, visit.today, visit.now)
    present = await visit.work.meeting_drafts.get(draft.id) or draft
    return Reply(await shown(visit, present, circle=circle), toast=SAVED if made else CHANGED)


async def _changed(visit: Visit, draft: Draft, circle: Circle) -> Reply:
    assert draft.meeting_id is not None
    meeting = await visit.work.meetings.get(draft.meeting_id)
    if meeting is None or missing(draft.fields):
        return Reply(await shown(visit, draft, circle=circle), toast=NOT_WHOLE)
    if not changing.may_change(meeting, visit.desk.mentoring, visit.now):
        return Reply(await shown(visit, draft, circle=circle), toast=TOO_LATE)
    if meeting.turn != draft.fields.of_turn:
        # What was changed or objected to meanwhile is not written over.
        return Reply(Screen(MEANWHILE, _to_meeting(meeting)))
    fields = replace(draft.fields, outcome=Outcome.SAVED, asking=None)
    closed = await visit.work.meeting_drafts.save(replace(draft, fields=fields, closed_at=visit.now))
    if closed is None:
        return await _not_so(visit, await visit.work.meeting_drafts.get(draft.id) or draft)
    changed = await changing.apply(
        visit.work, meeting, told_of(fields), visit.member.id, visit.desk.quiet, visit.today, visit.now
    )
    if changed is None:
        raise OvertakenError
    return Reply(await shown(visit, closed, circle=circle), toast=SAVED)


async def _not_so(visit: Visit, draft: Draft) -> Reply:
    """A button of an earlier state, or a second tap: nothing is done."""
    if draft.open:
        return Reply(await shown(visit, draft), toast=CHANGED)
    return Reply(await shown(visit, draft), toast=SAVED_BEFORE if draft.fields.outcome is Outcome.SAVED else OVER)


def _again(draft: Draft) -> tuple[Row, ...]:
    return ((button("Открыть запись", DraftTap(draft=draft.id)),), (to_menu(),))


def _to_meeting(meeting: Meeting) -> tuple[Row, ...]:
    return ((button("Открыть встречу", MeetingTap(meeting=meeting.id)),), (to_menu(),))
