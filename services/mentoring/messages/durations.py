"""How long a meeting took, as people write it: «40 мин», «1 ч 20 м», «полтора часа», «с 14 до 15:30»."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from services.mentoring.meetings.meeting import LONGEST_MINUTES
from services.mentoring.messages.numbers import NUMBER, number_of
from services.mentoring.messages.spans import Span, Taken

LESSON_MINUTES = (45, 40)
"""What a lesson may last, the likelier first."""

_MINUTES = r"(?:минут[а-я]*|мин(?![а-я])\.?|м(?![а-я])\.?|')"
_HOURS = r"(?:час(?:а|ов|ик|ика|иков|ок|ка)?(?![а-я])|ч(?![а-я])\.?)"
_CLOCK = r"(\d{1,2})(?:[:. -](\d{2}))?"

_LESSONS_BY = re.compile(rf"\b({NUMBER})\s+урок\w*\s+по\s+({NUMBER})\s*{_MINUTES}")
_RANGE = re.compile(rf"(?<![\d.,:/])(\d{{1,3}})\s*(?:[-–—]|или)\s*(\d{{1,3}})\s*{_MINUTES}")
_FROM_TO = re.compile(rf"\bс\s+{_CLOCK}\s*(?:{_HOURS})?\s*(?:до|по)\s+{_CLOCK}(?![\d:])(?:\s*{_HOURS})?")
_DASHED = re.compile(r"(?<![\d.:])(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})(?!\d|[.:]\d)")
_DECIMAL = re.compile(rf"(?<![\d.,])(\d{{1,2}})[.,](\d{{1,2}})\s*{_HOURS}")
_AND_HALF = re.compile(rf"\b({NUMBER})\s+с\s+половиной\s+{_HOURS}")
_ONE_AND_HALF = re.compile(
    r"\b(?:полтора\s+(?:астрономических\s+)?час(?:а|ика)|полутора\s+часов|часа\s+полтора|полуторачасов\w+)"
)
_HOURS_MINUTES = re.compile(rf"(?<![\d.,])\b({NUMBER})\s*{_HOURS}\s*(?:и\s+)?({NUMBER})\s*{_MINUTES}")
_HOUR_MINUTES = re.compile(rf"\bчас\s+(?:и\s+)?({NUMBER})(?:\s*{_MINUTES}|(?=\s|$|[,.;]))")
_QUARTERS = re.compile(r"\bтри\s+четверти\s+часа\b")
_HALF = re.compile(r"\b(?:полчас(?:а|ика)|пол\s+часа|получас\w+|полчасика)\b")
_ACADEMIC = re.compile(rf"\b(?:({NUMBER})\s+)?(?:академическ\w+|ак\.?|учебн\w+)\s+(?:час\w*|ч\b)")
_NUMBER_HOURS = re.compile(rf"(?<![\d.,:])\b({NUMBER})\s*-?\s*{_HOURS}(?!\s*(?:дня|утра|вечера|ночи))")
_ABOUT = re.compile(rf"\b(минуток|минуточек|минут|часа|часов|часиков)\s+(?:(?:на|в)\s+)?({NUMBER})(?!\d|[.:]\d)\b")
_ADJECTIVE = re.compile(
    r"\b(\d{1,3})\s*-?\s*(?:ти)?\s*минутн\w+|\b([а-я]{5,12})минутн\w+|\b(двух|трех)?часов(?:ая|ую|ой)\b"
)
_NUMBER_MINUTES = re.compile(rf"(?<![\d.,:])({NUMBER})\s*{_MINUTES}")
_ONE_HOUR = re.compile(r"\b(?:час|часик|часок)\b(?!\s+(?:дня|ночи))")
_BY_HOUR = re.compile(r"\bпо\s+часу\b")
_SOME_LESSONS = re.compile(r"\b(2|3|4|два|три|четыре|пару)\s+(?:(?:ее|его|открыт\w+|подряд)\s+)?урок(?:а|ов)\b")
_WHOLE_LESSON = re.compile(r"\b(?:весь|целый)\s+урок\b")

_NO_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:через|опозда\w+\s+на|задерж\w+\s+на|перв\w+|последн\w+|кажд\w+|классн\w+|внеклассн\w+|воспитательн\w+|"
    r"информационн\w+|тих\w+|который|этот|вместо|из)|(?P<hour>\b(?:в|во|к|ко|до|после)))\s*$"
)
_SCHOOL_THINGS = re.compile(
    r"\s*(?:-?[йяе]\s+)?(?:класс|пункт|слайд|страниц|числ|урок|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|месяц)"
)
_BEFORE_SOMETHING = re.compile(r"\s*(?:до|перед)\s+")
_NUMBER_BEFORE = re.compile(rf"(?:^|[^\d.,:]){NUMBER}\s*$")
_PER_WEEK = re.compile(r"\s*(?:[а-я]+\s+){0,3}?(?:в|на)\s+(?:недел\w+|месяц|год|четверть|день)\b")
_ROUGH_BEFORE = re.compile(r"\b(?:почти|больше|более|меньше|менее|побольше|чуть\s+больше|до)\s*$")
_ROUGH_AFTER = re.compile(
    r"\s+(?:урока\b(?!\s*[,.;])|занятия\b|с\s+(?:лишним|небольшим|хвостиком|копейками)|или\s+больше|плюс)"
)


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes that the words may mean, the likeliest first; several or `vague`: to be asked about."""

    span: Span
    minutes: tuple[int, ...]
    vague: bool = False
    is_of_lessons: bool = False
    """Only counted in lessons: «два урока»."""


def lengths_in(low: str) -> list[Length]:
    """Every length that the text (lower case, «е» for «ё») names, in order."""
    found: list[Length] = []
    taken = Taken(len(low))
    readers: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, ...]]]] = [
        (_LESSONS_BY, lambda match: (number_of(match[1]) * number_of(match[2]), number_of(match[2]))),
        (_RANGE, lambda match: (int(match[2]), int(match[1]))),
        (_FROM_TO, _from_to),
        (_DASHED, _from_to),
        (_DECIMAL, lambda match: (round(60 * float(f"{match[1]}.{match[2]}")),)),
        (_AND_HALF, lambda match: (60 * number_of(match[1]) + 30,)),
        (_ONE_AND_HALF, lambda _: (90,)),
        (_HOURS_MINUTES, lambda match: (60 * number_of(match[1]) + number_of(match[2]),)),
        (_HOUR_MINUTES, lambda match: (60 + number_of(match[1]),)),
        (_QUARTERS, lambda _: (45,)),
        (_HALF, lambda _: (30,)),
        (_ACADEMIC, lambda match: _lessons(number_of(match[1]) if match[1] else 1)),
        (_ABOUT, _about),
        (_ADJECTIVE, _adjective),
        (_NUMBER_HOURS, lambda match: (60 * number_of(match[1]),)),
        (_NUMBER_MINUTES, lambda match: (number_of(match[1]),)),
        (_ONE_HOUR, lambda _: (60,)),
        (_BY_HOUR, lambda _: (60,)),
        (_SOME_LESSONS, lambda match: _lessons(2 if match[1] == "пару" else number_of(match[1]))),
        (_WHOLE_LESSON, lambda _: LESSON_MINUTES),
    ]
    for pattern, reader in readers:
        for match in pattern.finditer(low):
            span = Span(*match.span())
            if taken.meets(span) or not _is_length(pattern, match):
                continue
            minutes = tuple(dict.fromkeys(each for each in reader(match) if 0 < each <= LONGEST_MINUTES))
            if minutes:
                rough = _ROUGH_BEFORE.search(low[max(0, match.start() - 20) : match.start()])
                vague = bool(rough or _ROUGH_AFTER.match(low[match.end() :]) or pattern is _LESSONS_BY)
                of_lessons = pattern in (_SOME_LESSONS, _WHOLE_LESSON)
                found.append(Length(span, minutes, vague, of_lessons))
                taken.take(span)
    return sorted(found, key=lambda each: each.span.start)


def _is_length(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    before = _NO_LENGTH_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()])
    if pattern in (_SOME_LESSONS, _WHOLE_LESSON, _LESSONS_BY, _DASHED):
        return before is None or before["hour"] is None
    if pattern is _FROM_TO:
        return _SCHOOL_THINGS.match(match.string[match.end() :]) is None
    if _BEFORE_SOMETHING.match(match.string[match.end() :]) and re.search(
        r"\bза\s*$", match.string[max(0, match.start() - 9) : match.start()]
    ):
        return False
    if pattern is _ABOUT and _NUMBER_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()]):
        return False  # «сорок минут шесть человек»
    if pattern in (_NUMBER_HOURS, _ONE_HOUR, _AND_HALF) and _PER_WEEK.match(match.string[match.end() :]):
        return False
    if before is None:
        return True
    return before["hour"] is not None and pattern in (_NUMBER_MINUTES, _HALF, _RANGE) and before["hour"] == "до"


def _from_to(match: re.Match[str]) -> tuple[int, ...]:
    hour, minute, end_hour, end_minute = (int(part or 0) for part in match.groups()[:4])
    if hour > 23 or end_hour > 23 or minute > 59 or end_minute > 59:
        return ()
    return (60 * (end_hour - hour) + end_minute - minute,)


def _lessons(count: int) -> tuple[int, ...]:
    return tuple(count * minutes for minutes in LESSON_MINUTES)


def _about(match: re.Match[str]) -> tuple[int, ...]:
    return (number_of(match[2]) * (1 if match[1].startswith("мин") else 60),)


def _adjective(match: re.Match[str]) -> tuple[int, ...]:
    if match[1]:
        return (int(match[1]),)
    if match[2]:
        try:
            return (number_of(match[2]),)
        except KeyError:
            return ()
    return ({"двух": 120, "трех": 180}.get(match[3] or "", 60),)
