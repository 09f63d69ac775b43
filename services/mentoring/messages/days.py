"""Days that a message names: «вчера», «12.11», «двенадцатого ноября», «через неделю», weekdays."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from services.mentoring.messages import morphology
from services.mentoring.messages.day_found import DayFound, Days, shifted
from services.mentoring.messages.days_meant import with_what_is_meant
from services.mentoring.messages.numbers import NUMBER, number_of
from services.mentoring.messages.spans import Span, Taken
from services.mentoring.messages.weekdays import WEEK_ALONE, WEEKDAY, week_alone, weekday, working_week

_MONTHS = tuple(
    "январ|янв феврал|фев март|мар апрел|апр ма[йяе] июн июл август|авг сентябр|сент|сен октябр|окт "
    "ноябр|нояб|ноя декабр|дек".split()
)
_MONTH = rf"(?:{'|'.join(_MONTHS)})(?:[аяьеу]|ем)?\.?(?![а-я])"
_ORDINALS = {
    stem: number
    for number, stem in enumerate(
        "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат "
        "пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат".split(),
        start=1,
    )
} | {"тридцат": 30}
_YEAR = r"(?:\s+(\d{4}))?(?:\s*(?:года?\b|г\.|г\b))?"
_NEAR_DAYS = re.compile(r"\b(позавчера|вчера|сегодня|только что|послезавтра|завтра)\b")
_IN_DIGITS = re.compile(
    r"(?:\b(во|в|на|до|к|с|около)\s+)?(?<![\d.,:/])(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}|\d{2}))?(?:\s*г(?:ода|\.|\b))?"
    r"(?![\d/]|[.,:]\d|\s*(?:балл|час|ч\b|класс|%|пункт))"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NO_DAY_BEFORE = re.compile(
    r"(?:§|№|(?<![а-я]\.)(?<![а-я]\.\s)\bп|\bпп|пункт\w*|номер\w*|задани\w*|упражнени\w*|параграф\w*|стр)\.?\s*$"
)
_SEVERAL = re.compile(
    rf"\b(?:с\s+)?(\d{{1,2}})(?:-?го)?\s*(?:,|и|по|[-–—])\s*(\d{{1,2}})(?:-?го)?\s+(?:({_MONTH})|числ)"
)
_OF_MONTH = re.compile(rf"(?:\b(до|к|ко)\s+)?\b(\d{{1,2}})(?:\s*-?\s*(?:го|е|му))?\s+({_MONTH}){_YEAR}")
_ORDINAL = re.compile(
    rf"(?:\b(до|к|ко)\s+)?\b(?:(двадцать|тридцать)\s+)?({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    rf"(?:ого|ому|ое|ьего|ьему|ье)\b(?:\s+({_MONTH}){_YEAR}|(\s+числ[аоу]))?"
)
_NUMBER_OF_DAY = re.compile(
    r"(?:\b(до|к|ко)\s+)?\b(\d{1,2})(?:(\s*-?(?:го|му)\b)(?:\s+числ[аоу])?|\s+числ[аоу]\b)"
)
_AGO = re.compile(
    rf"\b(?:(?:({NUMBER}|пар[уы])\s+)?(дней|дня|день|недел[июь]|месяц\w*)|(дня|недели)\s+(два|три))\s+(?:тому\s+)?назад"
)
_AHEAD = re.compile(rf"\bчерез\s+(?:({NUMBER}|пару)\s+)?(дней|дня|день|недел[июь]|месяц\w*)")
_END_OF_WEEK = re.compile(r"\b(?:до\s+конца|к\s+концу|в\s+конце)\s+(?:этой\s+)?недели\b")
_VAGUE_PAST = re.compile(
    r"\b(?:на\s+днях|недавно|в\s+начале\s+(?:прошлой\s+)?недели|в\s+конце\s+прошлой\s+недели|"
    r"(?:на|в)\s+(?:прошл\w+\s+)?выходн\w+)\b"
)


def days_in(low: str, today: date, taken: Sequence[Span] = ()) -> list[DayFound]:
    """Every day that the text (lower case, «е» for «ё») names outside the taken places, in order."""
    found: list[DayFound] = []
    places = Taken(len(low), taken)
    readers: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], DayFound | None]]] = [
        (_ISO, _iso),
        (_AGO, _ago),
        (_AHEAD, _ahead),
        (_NEAR_DAYS, _near_day),
        (_SEVERAL, _several),
        (_OF_MONTH, _of_month),
        (_ORDINAL, _ordinal),
        (_NUMBER_OF_DAY, _number_of_day),
        (_IN_DIGITS, _in_digits),
        (WEEKDAY, weekday),
        (WEEK_ALONE, week_alone),
        (_VAGUE_PAST, _vague_past),
        (_END_OF_WEEK, _end_of_week),
    ]
    for pattern, reader in readers:
        for match in pattern.finditer(low):
            span = Span(*match.span())
            if places.meets(span):
                continue
            day = reader(match, today)
            if day is not None:
                found.append(day)
                places.take(span)
    return with_what_is_meant(sorted(found, key=lambda each: each.span.start), low)


def _near_day(match: re.Match[str], today: date) -> DayFound:
    shift = {"позавчера": -2, "вчера": -1, "завтра": 1, "послезавтра": 2}.get(match[1], 0)
    day = (today + timedelta(days=shift),)
    return DayFound(Span(*match.span()), past=day if shift <= 0 else (), future=day if shift >= 0 else ())


def _iso(match: re.Match[str], today: date) -> DayFound | None:
    return _calendar(match, today, int(match[3]), int(match[2]), int(match[1]))


def _in_digits(match: re.Match[str], today: date) -> DayFound | None:
    if _NO_DAY_BEFORE.search(match.string[max(0, match.start(2) - 20) : match.start(2)]):
        return None
    if match[1] in ("в", "во", "с", "около") and match[3] == "." and not match[5] and int(match[2]) < 24:
        return None  # «в 14.30», «в 10.12»: an hour
    year = int(match[5]) + (2000 if len(match[5]) == 2 else 0) if match[5] else None
    return _calendar(match, today, int(match[2]), int(match[4]), year, by=match[1] in ("до", "к"))


def _several(match: re.Match[str], today: date) -> DayFound | None:
    if match[3]:
        month = _month_number(match[3])
        days = [_nearest(today, int(day), month) for day in (match[1], match[2])]
    else:
        days = [_near_of_any_month(today, int(day)) for day in (match[1], match[2])]
    past = tuple(past for past, _ in days if past)
    future = tuple(future for _, future in days if future)
    return DayFound(Span(*match.span()), past, future, vague=True) if past and future else None


def _of_month(match: re.Match[str], today: date) -> DayFound | None:
    year = int(match[4]) if match[4] else None
    return _calendar(match, today, int(match[2]), _month_number(match[3]), year, by=bool(match[1]))


def _ordinal(match: re.Match[str], today: date) -> DayFound | None:
    day = ({"двадцать": 20, "тридцать": 30}[match[2]] if match[2] else 0) + _ORDINALS[match[3]]
    if match[4]:
        year = int(match[5]) if match[5] else None
        return _calendar(match, today, day, _month_number(match[4]), year, by=bool(match[1]))
    if not match[6] and _names_a_thing(match.string[match.end() :]):
        return None
    return _of_any_month(match, today, day, by=bool(match[1]))


def _number_of_day(match: re.Match[str], today: date) -> DayFound | None:
    if match[3] and _names_a_thing(match.string[match.end() :]):
        return None
    return _of_any_month(match, today, int(match[2]), by=bool(match[1]))


def _names_a_thing(rest: str) -> bool:
    """Whether what follows «третьего», «5-го» is what is counted: a lesson, a form, a question."""
    following = re.match(r"\s*[«\"]?([а-я]+)", rest)
    if following is None or re.match(r"\s*[,.;:!?—–-]", rest):
        return False
    return bool({"NOUN", "ADJF"} & set(morphology.word(following[1]).parts[:1])) and not following[1].startswith(
        ("консультац", "посещен", "встреч", "взаимопосещ", "мастер")
    )


def _ago(match: re.Match[str], today: date) -> DayFound:
    unit = match[2] or match[3]
    count = 2 if match[1] in ("пару", "пары") else number_of(match[4] or match[1]) if match[4] or match[1] else 1
    days = count * (1 if unit.startswith("д") else 7 if unit.startswith("н") else 30)
    vague = not unit.startswith("д") or match[3] is not None or match[1] in ("пару", "пары")
    return DayFound(Span(*match.span()), (shifted(today, -days),), (), vague=vague)


def _ahead(match: re.Match[str], today: date) -> DayFound:
    count = 2 if match[1] == "пару" else number_of(match[1]) if match[1] else 1
    days = count * (1 if match[2].startswith("д") else 7 if match[2].startswith("н") else 30)
    vague = match[1] == "пару" or match[2].startswith("м")
    return DayFound(Span(*match.span()), (), (shifted(today, days),), vague=vague, is_counted=True)


def _vague_past(match: re.Match[str], today: date) -> DayFound:
    if "недел" in match[0]:
        days = working_week(today, -1)
        return DayFound(Span(*match.span()), days[:2] if "начал" in match[0] else days[:-3:-1], (), vague=True)
    if "выходн" in match[0]:
        saturday = today - timedelta(days=(today.weekday() - 5) % 7 or 7)
        return DayFound(Span(*match.span()), (saturday, saturday + timedelta(days=1)), (), vague=True)
    return DayFound(Span(*match.span()), tuple(today - timedelta(days=day) for day in (1, 2, 3)), (), vague=True)


def _end_of_week(match: re.Match[str], today: date) -> DayFound:
    sunday = today + timedelta(days=6 - today.weekday())
    friday = sunday - timedelta(days=2)
    return DayFound(Span(*match.span()), (), (max(friday, today), sunday), vague=True, is_deadline=True)


def _month_number(written: str) -> int:
    return next(number for number, start in enumerate(_MONTHS, start=1) if re.match(start, written))


def _calendar(
    match: re.Match[str], today: date, day: int, month: int, year: int | None, *, by: bool = False
) -> DayFound | None:
    span = Span(*match.span())
    if year is not None:
        exact = _day(year, month, day)
        if exact is None:
            return None
        past: Days = (exact,) if exact <= today else ()
        return DayFound(span, past, (exact,) if exact >= today else (), is_deadline=by)
    before, after = _nearest(today, day, month)
    if before is None or after is None:
        return None
    return DayFound(span, (before,), (after,), is_deadline=by)


def _nearest(today: date, day: int, month: int) -> tuple[date | None, date | None]:
    """The nearest such days that are not later and not earlier than today."""
    years = [today.year + shift for shift in range(-4, 5)]
    days = [each for year in years if (each := _day(year, month, day))]
    return (
        max((each for each in days if each <= today), default=None),
        min((each for each in days if each >= today), default=None),
    )


def _of_any_month(match: re.Match[str], today: date, day: int, *, by: bool) -> DayFound | None:
    past, future = _near_of_any_month(today, day)
    if past is None or future is None:
        return None
    return DayFound(Span(*match.span()), (past,), (future,), is_deadline=by)


def _near_of_any_month(today: date, day: int) -> tuple[date | None, date | None]:
    """Such a day of this month or the ones next to it, not later and not earlier than today."""
    months = [
        (today.year + (today.month - 1 + shift) // 12, (today.month - 1 + shift) % 12 + 1)
        for shift in range(-2, 3)
    ]
    days = [each for year, month in months if (each := _day(year, month, day))]
    return (
        max((each for each in days if each <= today), default=None),
        min((each for each in days if each >= today), default=None),
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
