"""Another day for the agreed next meeting, and the question before a meeting is deleted."""

from datetime import date, timedelta

from handlers.mentoring.confirming.taps import CallOffTap, DeleteMeetingTap, MoveDayTap, MoveTap
from handlers.mentoring.confirming.words import fields_lines, next_words
from handlers.mentoring.taps import MeetingTap
from handlers.menu.screens import to_menu
from handlers.ui.date_picker import calendar
from handlers.ui.screen import Row, Screen, button
from services.mentoring.meetings.meeting import Meeting, MeetingState

FURTHEST = timedelta(days=183)
"""How far ahead a next meeting can be agreed on."""


def moving(meeting: Meeting, shown: date, today: date) -> Screen:
    """Asks for the day; the hour stays."""
    hour = (
        f" Время останется прежним: {meeting.told.next_at}; другое — кнопкой «Изменить» в записи."
        if meeting.told.next_at
        else ""
    )
    days = calendar(
        shown,
        today,
        today,
        today + FURTHEST,
        lambda day: MoveDayTap(meeting=meeting.id, turn=meeting.turn, day=day.toordinal()),
        lambda day: MoveTap(meeting=meeting.id, month=day.toordinal()),
        meeting.told.next_on,
    )
    off = (button("Встречи не будет", CallOffTap(meeting=meeting.id, turn=meeting.turn)),)
    return Screen(
        f"<b>Новый день встречи</b>\nСейчас: {next_words(meeting.told, today)}.{hour}\n\n"
        "Выберите день. Наставляемый узнает об этом сразу.",
        (*days, off, _back(meeting)),
    )


def deleting(meeting: Meeting, today: date) -> Screen:
    """Asks once more."""
    lines = ["<b>Удалить эту запись?</b>", "", *fields_lines(meeting.told, today), ""]
    lines.append("Вернуть её будет нельзя, в истории пары останется строка об удалении.")
    if meeting.state is not MeetingState.LOGGED:
        lines.append("Наставляемый узнает об удалении.")
    sure = DeleteMeetingTap(meeting=meeting.id, turn=meeting.turn, sure=True)
    return Screen("\n".join(lines), ((button("Удалить навсегда", sure),), _back(meeting)))


def _back(meeting: Meeting) -> Row:
    return (button("‹ К встрече", MeetingTap(meeting=meeting.id)), to_menu())
