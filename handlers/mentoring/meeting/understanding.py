"""What a mentor writes for one field of a meeting."""

import re
from dataclasses import replace
from datetime import date, time

from handlers.mentoring.meeting.telling import understood_of
from handlers.ui.russian import long_date
from handlers.visit import Visit
from services.diagnostics.answer_parsing import Unclear, parsed_day, parsed_text
from services.diagnostics.instrument import DateBounds, TextBounds
from services.mentoring.meetings.asking import FURTHEST, LONGEST_AGO
from services.mentoring.meetings.circle import Circle
from services.mentoring.meetings.draft import Draft, Field, Fields
from services.mentoring.meetings.meeting import LONGEST_MINUTES, TOPIC_LIMIT
from services.mentoring.messages.understood import Guess, Understood
from services.terms import parsed_term

ASK_WHOM = "Такого имени среди ваших наставляемых не нашлось. Выберите, пожалуйста, кнопкой."
ASK_WHICH = "Подходят несколько человек. Выберите, пожалуйста, кнопкой."
ASK_FORM = "Выберите, пожалуйста, форму кнопкой."
ASK_STEP = "Выберите, пожалуйста, шаг кнопкой."
ASK_MINUTES = (
    f"Напишите, сколько длилась встреча: «40 минут» или «полтора часа», не больше {LONGEST_MINUTES // 60} часов."
)
ASK_NEXT = "Напишите день, например «в четверг в 15:00» или «3 декабря», или выберите его кнопкой."
_AS_TOLD = {
    Field.WHOM: "Провели встречу, были: {}",
    Field.DAY: "Провели встречу {}",
    Field.FORM: "Провели встречу: {}",
    Field.MINUTES: "Провели встречу {}",
    Field.NEXT: "Провели встречу сегодня. Договорились встретиться {}",
}
"""An answer as a part of a message about a meeting, which is what is understood."""
_HOUR = re.compile(r"(?:^|\s)(?:в|к)?\s*([01]?\d|2[0-3])[:.\-]([0-5]\d)(?:\s*(?:ч|час[а-я]*))?$")
_NOTHING = re.compile(r"(?:[-–—]+|нет|пока нет|не договаривались|ни о ч[её]м)[.!]?", re.IGNORECASE)


async def written(visit: Visit, draft: Draft, field: Field, text: str, circle: Circle) -> Fields:
    """The draft's fields with what is written for one of them. Raises Unclear, which says how to mend it."""
    fields = draft.fields
    if field is Field.TOPIC:
        return replace(fields, topic=Guess(_own_words(text) or None))
    if field is Field.AGREEMENT:
        return replace(fields, agreement=Guess(_own_words(text) or None))
    if field is Field.NEXT and _NOTHING.fullmatch(text.strip()):
        return replace(fields, next_on=Guess(), next_at=Guess())
    understood = await understood_of(visit, _AS_TOLD.get(field, "{}").format(_one_line(text)), circle)
    match field:
        case Field.WHOM:
            return replace(fields, whom=_whom(understood, circle), stranger="")
        case Field.DAY:
            return replace(fields, held_on=Guess(_day(understood, text, visit.today)), planned=False)
        case Field.FORM:
            if understood.form.value is None:
                raise Unclear(ASK_FORM)
            return replace(fields, form=understood.form)
        case Field.MINUTES:
            return replace(fields, minutes=Guess(_minutes(understood, text)))
        case Field.NEXT:
            return _next(fields, understood, text, visit.today)
        case _:
            raise Unclear(ASK_STEP)


def _own_words(text: str) -> str:
    """What is written, empty for «нет» and dashes."""
    words = parsed_text(text, TextBounds(TOPIC_LIMIT))
    return "" if _NOTHING.fullmatch(words) else words


def _whom(understood: Understood, circle: Circle) -> Guess[tuple[int, ...]]:
    pairs = circle.of(understood.whom.value or ())
    if pairs and not understood.unknown_names:
        return Guess(pairs)
    raise Unclear(ASK_WHICH if understood.whom.candidates else ASK_WHOM)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(understood: Understood, text: str, today: date) -> date:
    earliest = today - LONGEST_AGO
    if understood.held_on.value is not None and earliest <= understood.held_on.value <= today:
        return understood.held_on.value
    days = [day for day in understood.held_on.candidates if earliest <= day <= today]
    if len(days) > 1:
        maybe = " или ".join(long_date(day) for day in days)
        raise Unclear(f"Это могло быть {maybe}. Напишите, пожалуйста, дату или выберите день.")
    return parsed_day(text, DateBounds(earliest, today), today)


def _minutes(understood: Understood, text: str) -> int:
    minutes = int(text) if text.strip().isdecimal() and len(text.strip()) < 5 else understood.minutes.value
    if minutes is None or not 0 < minutes <= LONGEST_MINUTES:
        raise Unclear(ASK_MINUTES)
    return minutes


def _next(fields: Fields, understood: Understood, text: str, today: date) -> Fields:
    """The day of the next meeting, its hour, or both."""
    try:
        return _next_as_written(fields, text, today)
    except Unclear:
        day, hour = understood.next_on.value, understood.next_at
        if day is not None and today <= day <= today + FURTHEST:
            return replace(fields, next_on=Guess(day), next_at=hour)
        if day is None and hour.is_sure and fields.next_on.value is not None:
            return replace(fields, next_at=hour)
        raise


def _next_as_written(fields: Fields, text: str, today: date) -> Fields:
    words = text.strip().rstrip(".!")
    found = _HOUR.search(words)
    hour = Guess(f"{time(int(found[1]), int(found[2])):%H:%M}" if found else None)
    # «12.11» alone is a day, however much it looks like an hour.
    if found and not words[: found.start()].strip() and (":" in found[0] or "-" in found[0]):
        if fields.next_on.value is None:
            raise Unclear(ASK_NEXT)
        return replace(fields, next_at=hour)
    if found and words[: found.start()].strip():
        words = words[: found.start()].strip().removesuffix(",")
    else:
        hour = Guess()
    day = parsed_term(words, today, FURTHEST.days)
    return replace(fields, next_on=Guess(day), next_at=hour)
