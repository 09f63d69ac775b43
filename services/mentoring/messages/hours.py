"""The hour of an agreed meeting: «в 15:00», «в 14 часов», «в полтретьего», «в 9 утра»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.mentoring.messages.numbers import number_of
from services.mentoring.messages.spans import Span, Taken

_FIRST_SURE, _LAST_MORNING = 8, 12
_SMALL = "один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать"
_PART = r"(?:\s*(утра|дня|вечера))?"
_AT = r"(?:в|во|к|ко|на|около|с|после|до)"

_CLOCK = re.compile(
    rf"(?:\b({_AT})\s+)?(?<![\d.:/])(\d{{1,2}})(?:(:)|[.-])(\d{{2}})(?!\d|[.:/]\d|\s*(?:мин|класс|балл)){_PART}"
)
_SPACED = re.compile(
    rf"\b(?:в|к|на|с)\s+(\d{{1,2}})\s(00|[0-5][05])(?!\d|\s*(?:мин|час|класс|балл|[.:/]\d)){_PART}"
)
_HOURS = re.compile(
    rf"(?:\b{_AT}\s+)?(?<![\d.:])\b(\d{{1,2}}|{_SMALL})\s*(?:часов|часам|часа|час|ч\b\.?)(?:\s*(\d{{2}})\s*(?:минут\w*|мин\b))?{_PART}"
)
_PART_ALONE = re.compile(rf"\b{_AT}\s+(\d{{1,2}}|{_SMALL})\s+(утра|дня|вечера)\b")
_HALF_ORDER = "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат".split()
_HALF = re.compile(rf"\b(?:в|к|на)\s+(?:половин[еу]\s+|пол[- ]?)({'|'.join(_HALF_ORDER)})(?:ого|его)")
_ONE = re.compile(r"\b(?:в|к)\s+час(?:у)?(?:\s+дня)?\b")
_BARE = re.compile(
    rf"\bв\s+(\d{{1,2}}|{_SMALL})(?=\s*(?:$|[,.;!?\n)]|\s(?:у|на|в|ко|к|и|приду|прийду|встреч\w+|зайду|жду)\b))(?![.:]\d)"
)


@dataclass(frozen=True, slots=True)
class Hour:
    """ "HH:MM" values that the words may mean, the likeliest first; several: to be asked about."""

    span: Span
    values: tuple[str, ...]


def hours_in(low: str, taken: Sequence[Span] = ()) -> list[Hour]:
    """Every hour that the text (lower case, «е» for «ё») names outside the taken places, in order."""
    found: list[Hour] = []
    places = Taken(len(low), taken)

    def note(match: re.Match[str], values: tuple[str, ...]) -> None:
        span = Span(*match.span())
        if values and not places.meets(span):
            found.append(Hour(span, values))
            places.take(span)

    for match in _CLOCK.finditer(low):
        if match[3] or match[1]:
            note(match, _values(int(match[2]), int(match[4]), match[5], written_whole=True))
    for match in _SPACED.finditer(low):
        note(match, _values(int(match[1]), int(match[2]), match[3], written_whole=True))
    for match in _HALF.finditer(low):
        note(match, _values(_HALF_ORDER.index(match[1]) or 12, 30, None))
    for match in _HOURS.finditer(low):
        if match[3] or re.match(rf"{_AT}\s", match[0]):
            note(match, _values(number_of(match[1]), int(match[2] or 0), match[3]))
    for match in _PART_ALONE.finditer(low):
        note(match, _values(number_of(match[1]), 0, match[2]))
    for match in _ONE.finditer(low):
        note(match, ("13:00",))
    for match in _BARE.finditer(low):
        note(match, _values(number_of(match[1]), 0, None, bare=True))
    return sorted(found, key=lambda each: each.span.start)


def _values(
    hour: int, minute: int, part: str | None, *, written_whole: bool = False, bare: bool = False
) -> tuple[str, ...]:
    if hour > 23 or minute > 59:
        return ()
    if part in ("дня", "вечера"):
        return (_clock(hour + 12 if hour < 12 else hour, minute),)
    if part == "утра" or hour >= _FIRST_SURE:
        return (_clock(hour, minute),)
    if 1 <= hour <= 6:  # nobody meets at a school before seven
        values = (_clock(hour + 12, minute),)
        return (*values, _clock(hour, minute)) if bare else values
    return (
        (_clock(hour, minute), _clock(hour + 12, minute))
        if hour == 7 and not written_whole
        else (_clock(hour, minute),)
    )


def _clock(hour: int, minute: int) -> str:
    return f"{hour % 24:02}:{minute:02}"
