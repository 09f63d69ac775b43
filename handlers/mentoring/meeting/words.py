"""How a meeting is put into words."""

from datetime import date, timedelta
from html import escape

from handlers.iom.words import cut, near_date
from handlers.ui.russian import plural
from services.mentoring.meetings.meeting import FileKind, MeetingFile

NOT_TOLD = "<i>не указано</i>"
SOMEBODY = "наставляемый"
"""Somebody who is shown to nobody any more."""
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_NEAR = {0: "сегодня", -1: "вчера", -2: "позавчера", 1: "завтра", 2: "послезавтра"}
_FILES = {FileKind.PHOTO: "фото", FileKind.VOICE: "голосовое", FileKind.DOCUMENT: "файл"}
NAME_SHOWN = 40


def day_words(day: date, today: date) -> str:
    """«сегодня, 24 ноября», «вторник, 17 ноября»."""
    return f"{_NEAR.get((day - today).days) or _WEEKDAYS[day.weekday()]}, {near_date(day, today)}"


def day_title(day: date, today: date) -> str:
    """A day on a button: «Сегодня», «Чт, 19 ноября»."""
    near = _NEAR.get((day - today).days)
    return near.capitalize() if near else f"{_SHORT[day.weekday()].capitalize()}, {near_date(day, today)}"


def minutes_words(minutes: int) -> str:
    """«40 минут», «1 ч 30 мин», «2 часа»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return plural(minutes, "минута", "минуты", "минут")
    if not rest:
        return plural(hours, "час", "часа", "часов")
    return f"{hours}\N{NO-BREAK SPACE}ч {rest}\N{NO-BREAK SPACE}мин"


def next_words(day: date, hour: str | None, today: date) -> str:
    """«четверг, 26 ноября, в 15:00»."""
    return day_words(day, today) + (f", в\N{NO-BREAK SPACE}{hour}" if hour else "")


def short_name(full_name: str) -> str:
    """Surname and first name, as buttons have room for."""
    return cut(" ".join(full_name.split()[:2]) or SOMEBODY.capitalize(), NAME_SHOWN)


def surname(full_name: str) -> str:
    """The first word of the name, where a button says more than whom it is about."""
    return cut((full_name.split() or [SOMEBODY.capitalize()])[0], NAME_SHOWN)


def files_words(files: list[MeetingFile]) -> str:
    """«фото, голосовое, файл План.docx»; escaped."""
    return ", ".join(
        f"файл {escape(cut(file.file_name, NAME_SHOWN))}" if file.kind is FileKind.DOCUMENT else _FILES[file.kind]
        for file in files
    )


def yesterday(today: date) -> date:
    return today - timedelta(days=1)
