"""The card of a logged meeting, and what has become of it."""

from collections.abc import Mapping, Sequence
from html import escape
from zoneinfo import ZoneInfo

from handlers.iom.words import cut
from handlers.mentoring.confirming.taps import (
    ChangeMeetingTap,
    ConfirmMeetingTap,
    DeleteMeetingTap,
    MeetingFileTap,
    MeetingHistoryTap,
    MoveTap,
    ObjectTap,
)
from handlers.mentoring.confirming.view import Reader, View
from handlers.mentoring.confirming.words import STATES, fields_lines, file_titles
from handlers.mentoring.taps import MeetingListTap, MeetingTap
from handlers.menu.screens import to_menu
from handlers.ui.pages import page_of
from handlers.ui.screen import Row, Screen, button
from services.mentoring.meetings.meeting import Meeting, MeetingState
from services.mentoring.pair import PairEvent, PairHappening
from services.people.names import short_name

WORDS_SHOWN = 700
EVENT_SHOWN = 500
HISTORY_PAGE = 5
HAPPENINGS = {
    PairHappening.MEETING_LOGGED: "встреча записана",
    PairHappening.MEETING_CHANGED: "запись изменена",
    PairHappening.MEETING_DELETED: "запись удалена",
    PairHappening.MEETING_CONFIRMED: "встреча подтверждена",
    PairHappening.MEETING_DISPUTED: "есть возражение",
}
YES, OTHERWISE = "Да, всё так", "Было иначе"


def card(view: View) -> Screen:
    """The meeting with what the reader may do about it."""
    meeting = view.meeting
    lines = ["<b>Встреча</b>", _who(view), "", *fields_lines(meeting.told, view.today, view.step), ""]
    lines.append(f"Состояние: {STATES[meeting.state]}")
    if meeting.objection:
        lines.append(f"Возражение: «{escape(meeting.objection)}»")
    if view.reader is Reader.MENTOR and meeting.words:
        lines += ["", f"Ваше сообщение: <i>{escape(cut(meeting.words, WORDS_SHOWN))}</i>"]
    if hint := _hint(view):
        lines += ["", f"<i>{hint}</i>"]
    return Screen("\n".join(lines), (*_actions(view), *_more(view), back(meeting)))


def history(
    meeting: Meeting, events: Sequence[PairEvent], names: Mapping[int, str], zone: ZoneInfo, number: int
) -> Screen:
    """What has become of the meeting, the newest first."""
    page = page_of(list(reversed(events)), number, HISTORY_PAGE)
    lines = [f"<b>История встречи</b>{page.heading}"]
    for event in page.items:
        name = names.get(event.actor_id or 0, "")
        by = f" ({escape(short_name(name))})" if name else ""
        lines += ["", f"{event.at.astimezone(zone):%d.%m.%Y %H:%M}, {HAPPENINGS[event.what]}{by}"]
        if event.words:
            lines.append(escape(cut(event.words, EVENT_SHOWN)))
    turns = page.turns(lambda other: MeetingHistoryTap(meeting=meeting.id, page=other))
    return Screen("\n".join(lines), (*turns, (button("‹ К встрече", MeetingTap(meeting=meeting.id)), to_menu())))


def answer_row(meeting: Meeting) -> Row:
    """What a mentee says to a meeting that waits for them."""
    return (
        button(YES, ConfirmMeetingTap(meeting=meeting.id, turn=meeting.turn)),
        button(OTHERWISE, ObjectTap(meeting=meeting.id, turn=meeting.turn)),
    )


def back(meeting: Meeting) -> Row:
    """To the meetings of the pair."""
    return (button("‹ Встречи", MeetingListTap(pair=meeting.pair_id)), to_menu())


def _who(view: View) -> str:
    mentor, mentee = (escape(short_name(name)) for name in view.names)
    if view.reader is Reader.MENTOR:
        return f"Наставляемый: {mentee}"
    return f"Наставник: {mentor}" + (f"\nНаставляемый: {mentee}" if view.reader is Reader.OVERSEER else "")


def _hint(view: View) -> str:
    state = view.meeting.state
    if view.reader is Reader.MENTEE and state is MeetingState.LOGGED:
        return "Всё было так? Подтвердите, пожалуйста."
    if view.reader is Reader.MENTEE and state is MeetingState.DISPUTED:
        return "Наставник видит возражение. Когда запись поправят, бот спросит ещё раз."
    if view.reader is Reader.MENTOR and state is MeetingState.DISPUTED:
        return "Поправьте запись, и бот спросит ещё раз. Если всё верно, сохраните её без изменений."
    if view.reader is Reader.MENTOR and not view.may_change:
        return "Срок, когда запись можно было менять, прошёл."
    return ""


def _actions(view: View) -> list[Row]:
    meeting = view.meeting
    rows: list[Row] = []
    if view.reader is Reader.MENTEE and meeting.state is MeetingState.LOGGED:
        rows.append(answer_row(meeting))
    elif view.reader is Reader.MENTEE and meeting.state is MeetingState.DISPUTED:
        right = button("Всё-таки верно", ConfirmMeetingTap(meeting=meeting.id, turn=meeting.turn))
        rows.append((right, button("Написать иначе", ObjectTap(meeting=meeting.id, turn=meeting.turn))))
    elif view.may_object:
        rows.append((button(OTHERWISE, ObjectTap(meeting=meeting.id, turn=meeting.turn)),))
    if view.may_change:
        rows.append(
            (
                button("Изменить", ChangeMeetingTap(meeting=meeting.id)),
                button("Удалить", DeleteMeetingTap(meeting=meeting.id, turn=meeting.turn)),
            )
        )
    if view.reader is Reader.MENTOR and view.latest and view.pair.live and meeting.told.next_on is not None:
        rows.append((button("Перенести следующую", MoveTap(meeting=meeting.id)),))
    return rows


def _more(view: View) -> list[Row]:
    rows: list[Row] = [
        (button(title, MeetingFileTap(meeting=view.meeting.id, file=file.id)),)
        for file, title in zip(view.files, file_titles(view.files), strict=True)
    ]
    if view.told_of:
        rows.append((button("История", MeetingHistoryTap(meeting=view.meeting.id)),))
    return rows
