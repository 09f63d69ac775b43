"""A message as it is searched, and the places found in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.mentoring.messages import morphology

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIXED = {
    "севодня": "сегодня",
    "сиводня": "сегодня",
    "сегодни": "сегодня",
    "сеодня": "сегодня",
    "седня": "сегодня",
    "сёдня": "сегодня",
    "седни": "сегодня",
    "сёдни": "сегодня",
    "сегодян": "сегодня",
    "вчира": "вчера",
    "вчерась": "вчера",
    "позавчерась": "позавчера",
    "чтверг": "четверг",
    "зафтра": "завтра",
}
_OFTEN_MISSPELT = (
    "сегодня вчера позавчера завтра послезавтра понедельник вторник четверг пятницу пятница субботу воскресенье "
    "сентября октября ноября декабря января февраля апреля минут консультация консультацию договорились "
    "разбирали обсуждали обсудили посетила посетил посещала следующий следующая прошлую прошлый"
).split()
_SHORTEST_MENDED = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the text, from `start` to before `end`."""

    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def within(self, other: "Span") -> bool:
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: as written, and in lower case with «е» for «ё»."""

    start: int
    end: int
    text: str
    low: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def word(self) -> morphology.Word:
        return morphology.word(self.text.lower())


@dataclass(frozen=True, slots=True)
class Text:
    """A message with the commonest slips of the pen mended. `low` has the same places as `text`."""

    text: str
    low: str
    tokens: tuple[Token, ...]
    is_shouted: bool
    """Written in capitals throughout: they tell nothing of names."""


def text_of(words: str, keep: frozenset[str] = frozenset()) -> Text:
    """A message made ready to be searched; words in `keep` (names, in lower case) are not mended."""
    plain = words.replace("\N{NO-BREAK SPACE}", " ").replace("\r", "\n").replace("\t", " ")
    mended = _WORD.sub(lambda found: _mended(found[0], keep), plain)
    low = lowered(mended)
    tokens = tuple(
        Token(found.start(), found.end(), found[0], low[found.start() : found.end()])
        for found in _WORD.finditer(mended)
    )
    letters = [char for char in mended if char.isalpha()]
    shouted = len(letters) > 8 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
    return Text(mended, low, tokens, shouted)


def lowered(text: str) -> str:
    """Lower case with «е» for «ё», as long as the text itself."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text).replace("ё", "е")


class Taken:
    """Places of a text that are read already."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        self._places = bytearray(length)
        for span in spans:
            self.take(span)

    def take(self, span: Span) -> None:
        self._places[span.start : span.end] = b"\1" * (span.end - span.start)

    def meets(self, span: Span) -> bool:
        return any(self._places[span.start : span.end])


def _mended(written: str, keep: frozenset[str]) -> str:
    low = written.lower()
    if low in _FIXED:
        return _in_case_of(written, _FIXED[low])
    if len(low) < _SHORTEST_MENDED or len(low) > 14 or lowered(low) in keep or morphology.word(low).is_known:
        return written
    near = [each for each in _OFTEN_MISSPELT if one_slip(low, each)]
    return _in_case_of(written, near[0]) if len(near) == 1 else written


def _in_case_of(written: str, word: str) -> str:
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[0].isupper() else word


def one_slip(one: str, other: str) -> bool:
    """Whether a letter more, less, other, or two swapped make one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    rest, others = one[head:], other[head:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    return rest[1:] == others if len(rest) > len(others) else rest == others[1:]


def tokens_in(tokens: Sequence[Token], span: Span) -> list[Token]:
    """The words that lie within the place; `tokens` in order."""
    first = bisect_left(tokens, span.start, key=lambda token: token.start)
    last = bisect_right(tokens, span.end, key=lambda token: token.end)
    return list(tokens[first:last])
