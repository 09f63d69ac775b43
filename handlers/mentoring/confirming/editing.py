"""The mentor changes a logged meeting, deletes it, or moves the agreed next one."""

from datetime import date

from handlers.iom.words import near_date
from handlers.mentoring.confirming import moving_screens as screens
from handlers.mentoring.confirming.card import card_screen
from handlers.mentoring.confirming.listing import list_screen
from handlers.mentoring.confirming.taps import (
    CallOffTap,
    ChangeMeetingTap,
    DeleteMeetingTap,
    MoveDayTap,
    MoveTap,
)
from handlers.mentoring.meeting import card_screens as drafts
from handlers.mentoring.meeting.view import view_of as draft_view
from handlers.mentoring.within import led_meeting, meeting_of
from handlers.routes import Access, Routes
from handlers.ui.screen import Reply
from handlers.visit import Visit
from services.mentoring.meetings import changing
from services.mentoring.meetings.meeting import Meeting
from services.mentoring.pair import Pair

routes = Routes()

CHANGED = "Запись изменилась, посмотрите ещё раз."
TOO_LATE = "Срок, когда запись можно было менять, прошёл."
DELETED = "Запись удалена."
NOT_MOVED = "Переносить уже нечего: посмотрите, как сейчас."
MOVED = "Встреча перенесена: {}."
OTHER_DAY = "Этот день не подойдёт: выберите, пожалуйста, из календаря."
SAME_DAY = "Встреча и так назначена на этот день."
CALLED_OFF = "Встреча снята, напоминания не будет."


@routes.tap(ChangeMeetingTap, Access.REGISTERED, within=led_meeting)
async def change(visit: Visit, tap: ChangeMeetingTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    if not changing.may_change(meeting, visit.desk.mentoring, visit.now):
        return Reply(await card_screen(visit, pair, meeting), toast=TOO_LATE)
    draft = await changing.begin_change(visit.work, meeting, visit.member.id, visit.cause, visit.now)
    return Reply(drafts.card(await draft_view(visit, draft)))


@routes.tap(DeleteMeetingTap, Access.REGISTERED, within=led_meeting)
async def delete(visit: Visit, tap: DeleteMeetingTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    if not changing.may_change(meeting, visit.desk.mentoring, visit.now):
        return Reply(await card_screen(visit, pair, meeting), toast=TOO_LATE)
    if tap.turn != meeting.turn:
        return Reply(await card_screen(visit, pair, meeting), toast=CHANGED)
    if not tap.sure:
        return Reply(screens.deleting(meeting, visit.today))
    if not await changing.delete(visit.work, meeting, tap.turn, visit.member.id, visit.now):
        return Reply(await card_screen(visit, pair, meeting), toast=CHANGED)
    return Reply(await list_screen(visit, pair), toast=DELETED)


@routes.tap(MoveTap, Access.REGISTERED, within=led_meeting)
async def move(visit: Visit, tap: MoveTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    if not await _may_move(visit, pair, meeting):
        return Reply(await card_screen(visit, pair, meeting), toast=NOT_MOVED)
    month = 1 <= tap.month <= date.max.toordinal() and date.fromordinal(tap.month)
    return Reply(screens.moving(meeting, month or meeting.told.next_on or visit.today, visit.today))


@routes.tap(MoveDayTap, Access.REGISTERED, within=led_meeting)
async def move_to(visit: Visit, tap: MoveDayTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    day = date.fromordinal(tap.day)
    if not await _may_move(visit, pair, meeting):
        return Reply(await card_screen(visit, pair, meeting), toast=NOT_MOVED)
    if not visit.today <= day <= visit.today + screens.FURTHEST:
        return Reply(screens.moving(meeting, visit.today, visit.today), toast=OTHER_DAY)
    if day == meeting.told.next_on:
        return Reply(await card_screen(visit, pair, meeting), toast=SAME_DAY)
    return await _moved(visit, pair, meeting, tap.turn, day, MOVED.format(near_date(day, visit.today)))


@routes.tap(CallOffTap, Access.REGISTERED, within=led_meeting)
async def call_off(visit: Visit, tap: CallOffTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    return await _moved(visit, pair, meeting, tap.turn, None, CALLED_OFF)


async def _moved(visit: Visit, pair: Pair, meeting: Meeting, turn: int, day: date | None, news: str) -> Reply:
    if turn != meeting.turn:
        return Reply(await card_screen(visit, pair, meeting), toast=CHANGED)
    if not await _may_move(visit, pair, meeting):
        return Reply(await card_screen(visit, pair, meeting), toast=NOT_MOVED)
    hour = meeting.told.next_at if day is not None else None
    saved = await changing.move(
        visit.work, meeting, day, hour, visit.member.id, visit.desk.quiet, visit.today, visit.now
    )
    present = saved or await visit.work.meetings.get(meeting.id) or meeting
    return Reply(await card_screen(visit, pair, present), toast=news if saved is not None else CHANGED)


async def _may_move(visit: Visit, pair: Pair, meeting: Meeting) -> bool:
    """Whether the next meeting was agreed on in this one, the pair goes on and has not met since."""
    if not pair.live or meeting.told.next_on is None:
        return False
    return (await visit.work.meetings.of_pair(pair.id))[0].id == meeting.id
