"""The mentee confirms a meeting, or says what was otherwise."""

from dataclasses import replace

from handlers.long_words import TOO_LONG, is_part, stand_again
from handlers.mentoring.confirming import answer_screens as screens
from handlers.mentoring.confirming.card import card_screen
from handlers.mentoring.confirming.taps import ConfirmMeetingTap, ObjectTap, SeenTap
from handlers.mentoring.taps import MeetingTap
from handlers.mentoring.within import meeting_of, mentee_meeting
from handlers.menu.conversation import menu_now
from handlers.otherwise import NOT_HERE, with_note
from handlers.routes import Access, Effect, Routes
from handlers.ui.russian import form, plural
from handlers.ui.screen import Reply, Screen, button
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear, parsed_text
from services.diagnostics.instrument import TextBounds
from services.mentoring.meetings import confirming, waiting
from services.mentoring.meetings.meeting import TOPIC_LIMIT, Meeting, MeetingState
from services.mentoring.pair import Pair

routes = Routes()

OBJECTION = "meeting_objection"
"""The step at which it is written what was otherwise."""
CONFIRMED = "Спасибо, встреча подтверждена."
CONFIRMED_ALREADY = "Эта встреча уже подтверждена."
TOLD = "Передано наставнику."
CHANGED = "Запись изменилась, посмотрите ещё раз."
TOO_LATE = "Срок, когда можно было возразить, прошёл."
SEE_YOU = "Хорошо, до встречи!"


@routes.tap(ConfirmMeetingTap, Access.REGISTERED, within=mentee_meeting)
async def confirm(visit: Visit, tap: ConfirmMeetingTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    if meeting.state is MeetingState.CONFIRMED:
        return Reply(await card_screen(visit, pair, meeting), toast=CONFIRMED_ALREADY)
    saved = await confirming.confirm(visit.work, pair, meeting, tap.turn, visit.member.id, visit.now)
    if saved is None:
        return await _otherwise(visit, pair, meeting)
    return Reply(await _onward(visit, pair, saved), toast=CONFIRMED)


@routes.tap(ObjectTap, Access.REGISTERED, within=mentee_meeting)
async def object_to(visit: Visit, tap: ObjectTap) -> Reply:
    pair, meeting = await meeting_of(visit, tap)
    if tap.turn != meeting.turn or not _may_object(visit, meeting):
        return await _otherwise(visit, pair, meeting)
    if 1 <= tap.ready <= len(screens.READY):
        return await _disputed(visit, pair, meeting, tap.turn, screens.READY[tap.ready - 1])
    await visit.stand(OBJECTION, {"meeting": meeting.id, "turn": meeting.turn})
    return Reply(screens.objecting(meeting, visit.today))


@routes.step(OBJECTION, Access.REGISTERED)
async def write_objection(visit: Visit, text: str) -> Reply:
    data = visit.conversation.data if visit.conversation else {}
    asked = MeetingTap.model_construct(meeting=int(data.get("meeting") or 0))
    if await mentee_meeting(visit, asked) is None:
        return Reply(await menu_now(visit, NOT_HERE))
    pair, meeting = await meeting_of(visit, asked)
    turn = int(data.get("turn") or 0)
    if turn != meeting.turn or not _may_object(visit, meeting):
        return _in_words(await _otherwise(visit, pair, meeting), "Ваши слова не отправлены.")
    if is_part(visit, text):
        await stand_again(visit, text, OBJECTION, {"meeting": meeting.id, "turn": turn})
        return Reply(screens.objecting(meeting, visit.today, TOO_LONG))
    try:
        objection = parsed_text(text, TextBounds(TOPIC_LIMIT))
    except Unclear as unclear:
        return Reply(screens.objecting(meeting, visit.today, str(unclear)))
    if not any(sign.isalnum() for sign in objection):
        return Reply(screens.objecting(meeting, visit.today, "Напишите, пожалуйста, словами, что было иначе."))
    return _in_words(await _disputed(visit, pair, meeting, turn, objection))


@routes.tap(SeenTap, Access.REGISTERED, Effect.READS, within=mentee_meeting)
async def read_reminder(visit: Visit, tap: SeenTap) -> Reply:
    return Reply(toast=SEE_YOU)


async def _disputed(visit: Visit, pair: Pair, meeting: Meeting, turn: int, objection: str) -> Reply:
    saved = await confirming.dispute(
        visit.work, pair, meeting, turn, objection, visit.member.id, visit.desk.mentoring, visit.now
    )
    if saved is None:
        return await _otherwise(visit, pair, meeting)
    return Reply(await _onward(visit, pair, saved), toast=TOLD)


async def _onward(visit: Visit, pair: Pair, meeting: Meeting) -> Screen:
    """The meeting as it is answered to, and the next one that waits for the visitor."""
    screen = await card_screen(visit, pair, meeting)
    left = await waiting.unconfirmed(visit.work, visit.member.id, visit.desk.consent.version)
    if not left:
        return screen
    verb = form(len(left), "ждёт", "ждут", "ждут")
    text = f"{screen.text}\n\nВашего ответа {verb} ещё {plural(len(left), 'встреча', 'встречи', 'встреч')}."
    onward = button(f"Дальше: встреча {left[0][1].told.held_on:%d.%m}", MeetingTap(meeting=left[0][1].id))
    return replace(screen, text=text, rows=((onward,), *screen.rows))


async def _otherwise(visit: Visit, pair: Pair, meeting: Meeting) -> Reply:
    """The mentor has changed it, or the button is of long ago: how it stands now."""
    present = await visit.work.meetings.get(meeting.id) or meeting
    toast = CHANGED if _may_object(visit, present) else TOO_LATE
    return Reply(await card_screen(visit, pair, present), toast=toast)


def _may_object(visit: Visit, meeting: Meeting) -> bool:
    return confirming.may_object(meeting, visit.desk.mentoring, visit.now)


def _in_words(reply: Reply, more: str = "") -> Reply:
    """The reply to written words, which has no toast: the screen says it."""
    if reply.screen is None or reply.toast is None:
        return reply
    return Reply(with_note(reply.screen, f"{reply.toast} {more}".strip()))
