"""Days that something is meant for, on which nothing was held: «планы на пятницу», «готовились к 12.11»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.mentoring.messages import morphology
from services.mentoring.messages.day_found import DayFound

_FOR = re.compile(r"(?:на|ко?)\s+(?!(?:[а-я]+\s+){0,2}(?:недел[еи]|днях|выходных)\b)")
_FOR_BEFORE = re.compile(r"\b(?:на|ко?)\s+$")
_SAME_DAYS = re.compile(r"\s*(?:,|\(|и|или)?\s*")
_WORD_BEFORE = re.compile(r"([а-я]+)[»\"”]?\s+$")
_OF_A_MEETING = re.compile(
    r"встреч\w*|консультац\w*|посещени\w*|взаимопосещ\w*|заняти\w*|бесед\w*|разговор\w*|созвон\w*|звон\w*|врем\w+|дат\w+|"
    r"минут\w*|час\w{0,3}"
)
"""After these «на пятницу» tells when they are to be."""


def with_what_is_meant(found: Sequence[DayFound], low: str) -> list[DayFound]:
    """The days in order, those said with «на» or «к» marked so; «на прошлой неделе» is only a time."""
    marked: list[DayFound] = []
    for day in found:
        last = marked[-1] if marked else None
        if last and last.is_for and _SAME_DAYS.fullmatch(low[last.span.end : day.span.start]):
            marked.append(replace(day, is_for=True, is_of_topic=last.is_of_topic))
            continue
        inside = _FOR.match(low, day.span.start, day.span.end)
        before = _FOR_BEFORE.search(low[max(0, day.span.start - 6) : day.span.start])
        if not (inside or before):
            marked.append(day)
            continue
        start = day.span.start if inside else day.span.start - len(before[0] if before else "")
        marked.append(replace(day, is_for=True, is_of_topic=_follows_a_thing(low[max(0, start - 40) : start])))
    return marked


def _follows_a_thing(before: str) -> bool:
    match = _WORD_BEFORE.search(before)
    if match is None or _OF_A_MEETING.fullmatch(match[1]):
        return False
    word = morphology.word(match[1])
    return word.part in ("NOUN", "ADJF") and not word.is_name
