"""The day and hour of an event as people write them."""

import re
from datetime import date, timedelta

from services.diagnostics.answer_parsing import ASK_FOR_DAY, Unclear, parsed_day
from services.diagnostics.instrument import DateBounds
from services.terms import parsed_term

PAST_DAYS, AHEAD_DAYS = 400, 730
"""How far back and ahead a plan goes."""
_ASK = "Напишите дату так: ДД.ММ.ГГГГ, или словами: 12 декабря."
_WITH_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_HOUR = re.compile(
    r"(?:в|к|с)?\s*(\d{1,2})(?:\s*[:.\-]\s*(\d{2})(?::\d{2})?|\s*(?:часов|часа|час|ч\.?)(?:\s*(\d{2})\s*(?:мин\w*\.?)?)?)?",
    re.IGNORECASE,
)
EARLIEST = 7
"""The hour before which nothing is held: «в 3» is meant for the afternoon, and is asked about."""
ASK_FOR_HOUR = "Напишите время цифрами, например 14:30."


def event_day(text: str, today: date) -> date:
    """The day that is meant: without a year the nearest one ahead. Raises Unclear, which says how to mend it."""
    if _WITH_YEAR.search(text):
        bounds = DateBounds(today - timedelta(days=PAST_DAYS), today + timedelta(days=AHEAD_DAYS))
        try:
            return parsed_day(text, bounds, today)
        except Unclear as unclear:
            raise Unclear(str(unclear).replace(ASK_FOR_DAY, _ASK)) from None
    return parsed_term(text, today, AHEAD_DAYS)


def event_hour(text: str) -> str:
    """ "HH:MM". Raises Unclear."""
    found = _HOUR.fullmatch(" ".join(text.split()).strip(" .!"))
    if found is None:
        raise Unclear(ASK_FOR_HOUR)
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if hour > 23 or minute > 59:
        raise Unclear(f"Такого времени не бывает. {ASK_FOR_HOUR}")
    if hour < EARLIEST:
        raise Unclear(f"Это ночное время. Если нужно днём, напишите {hour + 12}:{minute:02}.")
    return f"{hour:02}:{minute:02}"
