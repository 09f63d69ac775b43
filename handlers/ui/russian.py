"""Russian forms of words, dates and names."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def plural(number: int, one: str, few: str, many: str) -> str:
    """The number with the word in its form: «1 вопрос», «22 вопроса», «11 вопросов»."""
    return f"{number}\N{NO-BREAK SPACE}{form(number, one, few, many)}"


def form(number: int, one: str, few: str, many: str) -> str:
    """The form of the word that goes with the number."""
    if 11 <= number % 100 <= 14:
        return many
    last = number % 10
    if last == 1:
        return one
    return few if 2 <= last <= 4 else many


def long_date(day: date) -> str:
    """«21 ноября 2026 г.»"""
    return f"{day.day}\N{NO-BREAK SPACE}{_MONTHS[day.month - 1]} {day.year}\N{NO-BREAK SPACE}г."


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of a moment where the users live."""
    return moment.astimezone(zone).date()
