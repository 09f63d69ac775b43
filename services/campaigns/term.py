"""When a campaign ends, read from what people write."""

import re
from datetime import date, timedelta

from services.campaigns.launching import LONGEST_DAYS
from services.diagnostics.answer_parsing import Unclear, parsed_day
from services.diagnostics.instrument import DateBounds

_UNTIL = re.compile(r"(?:до|по)\s+(?:конца\s+)?", re.IGNORECASE)
_DAYS = re.compile(r"(?:через\s+|на\s+)?(\d+)\s+(?:день|дня|дней|дн\.?)", re.IGNORECASE)


def parsed_term(text: str, today: date) -> date:
    """The last day: «до 15 декабря», «15.12», «10 дней». Raises Unclear, which says how to mend it."""
    words = _UNTIL.sub("", text.strip().rstrip(".!"), count=1) if _UNTIL.match(text.strip()) else text.strip()
    latest = today + timedelta(days=LONGEST_DAYS)
    if found := _DAYS.fullmatch(words.rstrip(".!")):
        days = int(found[1])
        if not 1 <= days <= LONGEST_DAYS:
            raise Unclear(f"Срок бывает от 1 до {LONGEST_DAYS} дней.")
        return today + timedelta(days=days)
    try:
        return parsed_day(words, DateBounds(today, latest), today)
    except Unclear:
        day = _any_day(words, today)
        if day is None or today <= day <= latest:
            raise
        if day < today:
            raise Unclear("Этот день уже прошёл. Выберите, пожалуйста, другой.") from None
        raise Unclear(f"Это слишком далеко: срок бывает не больше {LONGEST_DAYS} дней.") from None


def _any_day(words: str, today: date) -> date | None:
    """The day that the words name, whenever it is."""
    try:
        return parsed_day(words, DateBounds(), today)
    except Unclear:
        return None
