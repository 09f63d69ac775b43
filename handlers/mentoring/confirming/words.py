"""Phrases about meetings that several screens share. Everything that people wrote is escaped here."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.iom.words import cut, near_date
from handlers.mentoring.meeting.words import day_words, minutes_words
from handlers.mentoring.meeting.words import next_words as agreed_words
from services.mentoring.meetings.meeting import FORM_TITLES, FileKind, Meeting, MeetingFile, MeetingState, Told

NAMELESS = "Без имени"
TITLE_SHOWN = 120
MARKS = {MeetingState.CONFIRMED: "✓", MeetingState.LOGGED: "…", MeetingState.DISPUTED: "!"}
STATES = {
    MeetingState.CONFIRMED: "✓ подтверждена",
    MeetingState.LOGGED: "ждёт подтверждения",
    MeetingState.DISPUTED: "есть возражение",
}
_FILES = {FileKind.PHOTO: "Фото", FileKind.VOICE: "Голосовое", FileKind.DOCUMENT: "Файл"}


def length_words(minutes: int | None) -> str:
    """«40 минут», «1 ч 30 мин», «не указана»."""
    return "не указана" if minutes is None else minutes_words(minutes)


def next_words(told: Told, today: date) -> str:
    """The agreed next meeting with its hour; empty for none."""
    return agreed_words(told.next_on, told.next_at, today) if told.next_on is not None else ""


def fields_lines(told: Told, today: date, step: str = "") -> list[str]:
    """What is told of a meeting, a line for each field that is known; `step` is the route's step it served."""
    lines = [
        f"День: <b>{day_words(told.held_on, today)}</b>",
        f"Форма: {FORM_TITLES[told.form]}",
        f"Длительность: {length_words(told.minutes)}",
        f"Тема: {escape(told.topic)}" if told.topic else "",
        f"Договорились: {escape(told.agreement)}" if told.agreement else "",
        f"Следующая встреча: {next_words(told, today)}" if told.next_on is not None else "",
        f"Шаг маршрута: «{escape(cut(step, TITLE_SHOWN))}»" if step else "",
    ]
    return [line for line in lines if line]


def brief(meeting: Meeting, today: date) -> str:
    """The meeting in a line of a message."""
    told = meeting.told
    length = f", {length_words(told.minutes)}" if told.minutes is not None else ""
    topic = f": {escape(cut(told.topic, 60))}" if told.topic else ""
    return f"{near_date(told.held_on, today)}, {FORM_TITLES[told.form].lower()}{length}{topic}"


def button_title(meeting: Meeting) -> str:
    """The meeting on a button."""
    return f"{MARKS[meeting.state]} {meeting.told.held_on:%d.%m} {FORM_TITLES[meeting.told.form]}"


def file_titles(files: Sequence[MeetingFile]) -> list[str]:
    """What stands on the buttons of files: what it is with its name, numbered where there is none."""
    titles = []
    for number, file in enumerate(files, 1):
        name = cut(file.file_name, 28) if file.kind is FileKind.DOCUMENT and file.file_name else f"№ {number}"
        titles.append(f"{_FILES[file.kind]}: {name}" if ":" not in name else name)
    return titles
