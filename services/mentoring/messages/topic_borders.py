"""Where the words of a topic begin and end, and whether that is plain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.mentoring.messages import morphology
from services.mentoring.messages.spans import Span, Text, lowered

_STOP = re.compile(
    r"[.;!?\n(]|,\s*(?!как\b|котор|что\b|где\b|чтобы\b)|\s[—–-]\s|\s(?:тема|по\s+теме|на\s+тему|всего|длительность\w*|продолжительность\w*)\b"
)
_TIME_OF_DAY = re.compile(
    r"(?:^|\s+)(?:после\s+(?:уроков|занятий|\d+\s+урока)|на\s+перемене|утром|вечером|днем|по\s+телефону|по\s+видеосвязи)$"
)
EDGES = " \t,.;:!?—–-()«»\"'"
_WITH_THEM = re.compile(r"(?i)(?<![а-яё])(?:с ней|с ним|с ними|вместе)(?![а-яё])")
_LOOSE_END = re.compile(r"(?i)\s+(?:и|а|в|с|на|по|у|к|для|около|примерно|всего|за|где-то|затем|потом)$")
_PLAIN_END = re.compile(
    r"\s*(?:$|[,.;:!?()\n—–-]|(?:и|а|но)\s|(?:договор|решил|условил|порешил|планир|следующ|в\s+следующ|на\s+следующ))"
)
SMALL_WORDS = frozenset(
    "и а но в во с со у к ко на по за тема теме вместе всего примерно около мы я было была был".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words found, empty for none; `is_clear`: what stands around them is surely no part of them."""

    words: str
    is_clear: bool


NOTHING = Topic("", is_clear=False)


def is_removed(place: int, removed: Sequence[Span]) -> bool:
    return any(span.start <= place < span.end for span in removed)


def cleaned(text: Text, span: Span, removed: Sequence[Span]) -> Topic:
    """The words up to the end of the thought, without what stands in other fields."""
    stop = _STOP.search(text.low, span.start, span.end)
    while stop and is_removed(stop.start(), removed):
        stop = _STOP.search(text.low, stop.end(), span.end)
    end = stop.start() if stop else span.end
    is_clear = _is_clear_end(text, end, span.end, removed)
    pieces: list[str] = []
    at = span.start
    for hole in sorted(removed, key=lambda each: each.start):
        if hole.end <= at or hole.start >= end:
            continue
        pieces.append(text.text[at : max(at, hole.start)])
        at = hole.end
        if any(char.isdigit() for char in text.low[hole.start : hole.end]) and says_something(" ".join(pieces)):
            is_clear = is_clear and not _left_over(text, Span(at, max(at, end)), removed)
            at = end  # a length or a day after the words ends them
    pieces.append(text.text[at:end] if at < end else "")
    is_clear = is_clear and sum(says_something(piece) for piece in pieces) == 1
    whole = " ".join(" ".join(pieces).split())
    topic = re.sub(r"(?i)\s+котор[а-яё]+(?:\s.*)?$", "", whole)
    is_clear = is_clear and topic == whole
    topic = topic[: len(_TIME_OF_DAY.sub("", lowered(topic)))]
    if lowered(topic).split()[:1] != ["как"]:
        without = _WITH_THEM.sub(" ", topic)
        is_clear = is_clear and without == topic
        topic = without
    topic = " ".join(topic.split()).strip(EDGES)
    topic = _LOOSE_END.sub("", topic).strip(EDGES)
    return Topic(topic, is_clear) if says_something(topic) else NOTHING


def _is_clear_end(text: Text, end: int, part_end: int, removed: Sequence[Span]) -> bool:
    """Whether nothing more of the same sentence follows that might belong to the topic."""
    if end >= part_end:
        return bool(_PLAIN_END.match(text.low, end)) or text.low[:end].rstrip()[-1:] in tuple(",.;:!?()—–-")
    if text.low[end] in ".;!?\n":
        return True
    close = re.compile(r"[.!?;\n]").search(text.low, end + 1, part_end)
    return not _left_over(text, Span(end, close.start() if close else part_end), removed)


def _left_over(text: Text, place: Span, removed: Sequence[Span]) -> bool:
    """Whether words stand there that no other field has taken."""
    left = "".join(
        " " if is_removed(index, removed) else char
        for index, char in enumerate(text.low[place.start : place.end], start=place.start)
    )
    return any(word not in SMALL_WORDS for word in re.findall(r"[а-яa-z]+", left))


def says_something(topic: str) -> bool:
    words = re.findall(r"[а-яёa-z]{3,}", topic.lower())
    return any(
        re.fullmatch(r"[a-z]+", word)
        or set(morphology.word(word).parts[:1]) & {"NOUN", "ADJF", "INFN"}
        or not re.search(r"[аеиоуыэюя]", word)
        or word in ("егэ", "огэ", "фгос", "фоп", "овз")
        for word in words
    )
