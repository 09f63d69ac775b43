"""Weekdays and weeks that a message names: «в прошлую среду», «на той неделе в четверг»."""

import re
from datetime import date, timedelta

from services.mentoring.messages.day_found import DayFound, Days, shifted
from services.mentoring.messages.spans import Span

_WEEKDAYS = (
    ("понедельник[ауе]?", "пн"),
    ("вторник[ауе]?", "вт"),
    ("сред[уыае]", "ср"),
    ("четверг[ауе]?", "чт"),
    ("пятниц[уыае]", "пт"),
    ("суббот[уыае]", "сб"),
    ("воскресень[еяю]", "вс"),
)
_LAST = r"прошл\w{2,3}"
_JUST = r"прошедш\w{2,3}|минувш\w{2,3}"
_NEXT = r"следующ\w{2,3}|будущ\w{2,3}"
_THIS = r"эт(?:от|а|у|о|ой|ого|ом|ему)"
_NEAR = r"ближайш\w{2,3}"
_WEEK = rf"(?:на|в)\s+(?P<week>{_LAST}|той|{_JUST}|этой|{_NEXT})\s+недел[еюи]"
_BEFORE = r"(?:(?P<prep>во|в|на|до|ко|к|со|с|и|по)\s+)?"

WEEK_ALONE = re.compile(rf"\b{_WEEK}\b")
WEEKDAY = re.compile(
    rf"\b(?:{_WEEK}\s+)?{_BEFORE}(?:(?P<which>{_LAST}|{_JUST}|{_NEXT}|{_THIS}|{_NEAR})\s+)?"
    + "(?P<day>"
    + "|".join(full for full, _ in _WEEKDAYS)
    + "|"
    + "|".join(rf"{short}(?:\b|\.)" for _, short in _WEEKDAYS)
    + r")(?![а-я])"
    + rf"(?:\s+(?P<after>{_LAST}|{_JUST}|{_NEXT})(?!\s+(?:раз|встреч|урок|занят)))?"
    + rf"(?:\s+(?:на|в)\s+(?P<week_after>{_LAST}|той|{_JUST}|этой|{_NEXT})\s+недел[еюи])?"
)


def week_alone(match: re.Match[str], today: date) -> DayFound:
    """A match of `WEEK_ALONE`: some day of that week."""
    past, future = _weeks(match["week"])
    return DayFound(
        Span(*match.span()),
        tuple(day for shift in past for day in working_week(today, shift) if day <= today),
        tuple(day for shift in future for day in working_week(today, shift) if day >= today),
        vague=True,
    )


def _weeks(words: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which weeks from this one «на той неделе» may mean as a past and as a future one."""
    if words.startswith(("следующ", "будущ")):
        return (), (1,)
    if words == "этой":
        return (0,), (0,)
    return (-1,), (1,) if words == "той" else ()


def weekday(match: re.Match[str], today: date) -> DayFound | None:
    """A match of `WEEKDAY`; None when the word is none («развивающая среда»)."""
    word, prep, which = match["day"].rstrip("."), match["prep"], match["which"] or match["after"] or ""
    number = next(n for n, forms in enumerate(_WEEKDAYS) if any(re.fullmatch(form, word) for form in forms))
    alone = not (prep in ("в", "во", "на", "до", "к", "ко") or which or match["week"] or match["week_after"])
    starts = (
        re.search(r"(?:^|[\n.,;:!?(])\s*$", match.string[max(0, match.start("day") - 9) : match.start("day")])
        is not None
    )
    if alone and (len(word) == 2 or word.startswith("сред")) and not starts and prep != "и":
        return None  # «среда» is a setting too
    span = Span(match.start("day") if prep in ("и", "с", "со", "по") and not which else match.start(), match.end())
    every = re.search(r"\b(?:кажд\w+|по)\s+$", match.string[max(0, span.start - 9) : span.start]) is not None
    past, future, vague = _of_weekday(number, which, match["week"] or match["week_after"] or "", today)
    return DayFound(span, past, future, vague or every, is_deadline=prep in ("до", "к", "ко"), is_weekday=True)


def _of_weekday(number: int, which: str, week: str, today: date) -> tuple[Days, Days, bool]:
    here = today + timedelta(days=number - today.weekday())
    week_before, week_after = shifted(here, -7), shifted(here, 7)
    if week:
        pasts, futures = _weeks(week)
        past = tuple(shifted(here, 7 * shift) for shift in pasts if shifted(here, 7 * shift) <= today)
        future = tuple(shifted(here, 7 * shift) for shift in futures if shifted(here, 7 * shift) >= today)
        return past, future, False
    if which.startswith("прошл"):
        return ((week_before,) if here >= today else (here, week_before)), (), False
    if which.startswith(("прошедш", "минувш")):
        return (here if here < today else week_before,), (), False
    if which.startswith(("следующ", "будущ")):
        return (), ((week_after,) if here <= today else (week_after, here)), False
    if which.startswith("ближайш"):
        return (), (here if here > today else week_after,), False
    if which.startswith("эт"):
        return ((here,) if here <= today else ()), ((here,) if here >= today else ()), False
    if here == today:  # on the day itself one says «сегодня»: it may be either
        return (week_before, here), (week_after, here), False
    return (here if here < today else week_before,), (here if here > today else week_after,), False


def working_week(today: date, shift: int) -> Days:
    """Monday to Friday of the week so many weeks from this one."""
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * shift)
    return tuple(monday + timedelta(days=day) for day in range(5))
