"""What a mentee is asked when a meeting was otherwise."""

from datetime import date
from html import escape

from handlers.mentoring.confirming.taps import ObjectTap
from handlers.mentoring.confirming.words import fields_lines
from handlers.mentoring.taps import MeetingTap
from handlers.menu.screens import to_menu
from handlers.ui.screen import Row, Screen, button
from services.mentoring.meetings.meeting import Meeting

READY = ("Встречи не было", "Встреча была в другой день", "Длительность другая")


def objecting(meeting: Meeting, today: date, note: str = "") -> Screen:
    """Asks what was otherwise."""
    before = f"{escape(note)}\n\n" if note else ""
    lines = [f"{before}<b>Что было иначе?</b>", "", *fields_lines(meeting.told, today), ""]
    lines.append(
        "Выберите или напишите словами, например: «Встреча была 20 ноября, полчаса». Наставник увидит это и "
        "поправит запись."
    )
    rows: list[Row] = [
        (button(words, ObjectTap(meeting=meeting.id, turn=meeting.turn, ready=number)),)
        for number, words in enumerate(READY, 1)
    ]
    return Screen("\n".join(lines), (*rows, (button("‹ К встрече", MeetingTap(meeting=meeting.id)), to_menu())))
