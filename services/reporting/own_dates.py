"""Days of one's own, read from what people write: «с 1 сентября по 15 ноября», «01.09 – 15.11.2026»."""

import re
from datetime import date, timedelta

from services.diagnostics.answer_parsing import Unclear, parsed_day
from services.diagnostics.instrument import DateBounds
from services.reporting.periods import Period, days

LONGEST_AGO = timedelta(days=365 * 10)
"""A report may begin so long ago."""
ASK = "Напишите даты так: 01.09.2026 – 15.11.2026, или словами: с 1 сентября по 15 ноября."

_BETWEEN = re.compile(r"\s*[—–]\s*|\s+-\s+|(?<=\d)-(?=\d{1,2}\.)|\s+(?:по|до)\s+")
_FROM = re.compile(r"^(?:с|со|от)\s+")
_DAY_ALONE = re.compile(r"\d{1,2}")
_AFTER_DAY = re.compile(r"\d{1,2}(?P<rest>\D.*)")
_TWO = 2


def earliest(today: date) -> date:
    """The first day that a report may be about."""
    return today - LONGEST_AGO


def parsed_days(text: str, today: date, first: date | None = None) -> tuple[date, date | None]:
    """The first and the last day that the words name; None where they name only the first.

    With `first` given before, one day is the last one. Raises Unclear.
    """
    parts = _BETWEEN.split(_FROM.sub("", " ".join(text.casefold().split()).strip(" .!")))
    if len(parts) > _TWO:
        raise Unclear(ASK)
    if len(parts) == 1:
        day = _day(parts[0], today, today)
        return (day, None) if first is None else (first, day)
    last = _day(parts[1], today, today)
    rest = _AFTER_DAY.fullmatch(parts[1])
    alone = _DAY_ALONE.fullmatch(parts[0]) and rest is not None
    return _day(f"{parts[0]}{rest['rest']}" if alone and rest else parts[0], last, today), last


def period_of(first: date, last: date) -> Period:
    """The period of those days. Raises Unclear."""
    if last < first:
        raise Unclear(f"Последний день раньше первого, {first:%d.%m.%Y}. Выберите, пожалуйста, другой.")
    try:
        return days(first, last)
    except ValueError:
        raise Unclear("За один отчёт помещается не больше пяти лет. Выберите, пожалуйста, дни ближе.") from None


def _day(words: str, latest: date, today: date) -> date:
    """A day not after `latest`; without a year the nearest one before it."""
    # «Вчера» is about today; a day and month are the nearest before the latest.
    return parsed_day(words, DateBounds(earliest(today), latest), today if words.isalpha() else latest)
