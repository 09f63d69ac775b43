"""The day of the meeting told of and of the next one, chosen from the days that a message names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.mentoring.messages.day_found import DayFound
from services.mentoring.messages.spans import Span
from services.mentoring.messages.understood import Guess

LONG_AGO_DAYS = 120
"""A day that was longer ago is asked about."""
FAR_AHEAD_DAYS = 180
_NEAR_FUTURE_DAYS = 14
_NOMINAL_NEAR_DAYS = 60
_DOUBTFUL = re.compile(
    r"\b(?:если|возможно|может|наверное|наверно|скорее\s+всего|постара\w+|попробу\w+|хотелось|либо|или|как-нибудь)\b"
)
"""Words by which a day to come is not settled."""
_SAME_DAY_GAP = 4
_OF_A_THING = re.compile(r"\b(?:за|от|про|о|об|к|ко)\s+$")
"""«Журнал за 12.11», «справка от 12.11»: not the day of the meeting, or not for sure."""
_WEEKDAY_OF_A_THING = re.compile(r"(?:понедельника|вторника|среды|четверга|пятницы|субботы|воскресенья)(?![а-я])")
"""«Урок четверга»: what was, or will be, on that day."""
_RELATIVE = re.compile(r"котор[а-я]+[^.;!?\n]{0,60}$")


def _joined(found: Sequence[DayFound]) -> list[DayFound]:
    """«во вторник 24.11» is one day: two side by side that agree are the exact one."""
    joined: list[DayFound] = []
    for day in found:
        last = joined[-1] if joined else None
        if last and day.span.start - last.span.end <= _SAME_DAY_GAP and not day.vague and not last.vague:
            one = _agreeing(last, day)
            if one is not None:
                joined[-1] = one
                continue
        joined.append(day)
    return joined


def _agreeing(one: DayFound, other: DayFound) -> DayFound | None:
    """The day that both name; None when they name different ones."""
    if one.is_weekday != other.is_weekday:
        weekday, exact = (one, other) if one.is_weekday else (other, one)
        number = (weekday.past or weekday.future)[0].weekday()
        past = tuple(each for each in exact.past if each.weekday() == number)
        future = tuple(each for each in exact.future if each.weekday() == number)
    else:
        exact = other
        past = tuple(each for each in one.past if each in other.past)
        future = tuple(each for each in one.future if each in other.future)
    return replace(exact, past=past, future=future) if past or future else None


def held_day(
    found: Sequence[DayFound], low: str, today: date, *, has_past_verb: bool, has_length: bool
) -> Guess[date]:
    """The day of a meeting that was held, from the days named in its report."""
    if not found:
        return Guess()
    main = [day for day in found if _RELATIVE.search(low[max(0, day.span.start - 80) : day.span.start]) is None]
    of_a_thing = not main or any(
        _OF_A_THING.search(low[max(0, day.span.start - 12) : day.span.start])
        or _WEEKDAY_OF_A_THING.match(low, day.span.start)
        for day in main
    )
    found = _joined(main or found)
    candidates = tuple(dict.fromkeys(each for day in found for each in day.past))
    ahead = tuple(dict.fromkeys(each for day in found for each in day.future if each <= today))
    candidates = candidates or ahead
    only = found[0]
    if len(candidates) != 1 or only.vague or of_a_thing or any(not day.past for day in found):
        return Guess(candidates=candidates)
    day = candidates[0]
    soon = bool(only.future) and only.future[0] - today <= timedelta(days=_NEAR_FUTURE_DAYS)
    if (today - day).days > LONG_AGO_DAYS or only.is_deadline:
        return Guess(candidates=candidates)
    if not has_past_verb and only.future and only.future[0] != day:
        nominal = has_length or ((today - day).days <= _NOMINAL_NEAR_DAYS and not soon)
        if not nominal:
            return Guess(candidates=candidates)
    return Guess(day)


def _sentence_around(low: str, place: Span) -> str:
    start = max(low.rfind(mark, 0, place.start) for mark in ".!?\n") + 1
    ends = [end for mark in ".!?\n" if (end := low.find(mark, place.end)) >= 0]
    return low[start : min(ends, default=len(low))]


def next_day(named: Sequence[DayFound], low: str, held_on: Guess[date], today: date) -> Guess[date]:
    """The day of the agreed next meeting, from the days named in what is planned."""
    of_topic = [day for day in named if day.is_of_topic]
    found = _joined([day for day in named if not day.only_past and not day.is_of_topic])
    if not found:
        return Guess(candidates=tuple(dict.fromkeys(each for day in of_topic for each in day.future)))
    candidates = tuple(dict.fromkeys(each for day in found for each in day.future))
    if any(_DOUBTFUL.search(_sentence_around(low, day.span)) for day in found):
        return Guess(candidates=candidates)
    first = found[0]
    if len(candidates) != 1 or first.vague or first.is_deadline or (candidates[0] - today).days > FAR_AHEAD_DAYS:
        return Guess(candidates=candidates)
    held = held_on.value
    if first.is_weekday and held and (candidates[0] - held).days > 7:
        return Guess(candidates=candidates)  # told late: «в четверг» may be gone by
    if first.is_counted and held and held != today:
        counted = candidates[0] - (today - held)  # «через неделю»: from that day or from today?
        return Guess(candidates=(candidates[0], counted) if counted >= today else candidates)
    return Guess(candidates[0])
