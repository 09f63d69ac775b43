"""Whether a message tells of several doings, or of one that came to nothing: then what it says is not sure."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from services.mentoring.messages.parts import Part
from services.mentoring.messages.people import People
from services.mentoring.messages.understood import Guess

T = TypeVar("T")

_VISITED = re.compile(r"\b(?:посе[тщ]\w+|на\s+(?:\w+\s+){0,2}урок\w{0,2}|урок\w{0,2})\b")
_TALKED = re.compile(
    r"\b(?:обсу[жд]\w+|разобра\w+|разбирал\w*|разбор\w*|поговор\w+|побеседов\w+|анализ\w*|проанализ\w+)\b"
)
_VISIT_VERB = re.compile(
    r"\b(?:посе[тщ]\w+|был[аи]?|сидел\w*|посидел\w*|смотрел\w*|посмотрел\w*|сходил\w*|зашл\w+)\b"
)

_TROUBLED = re.compile(
    r"\bс\s+(?:мам|пап|бабушк|дедушк|муж|жен)[а-я]*\s|"
    r"\bне\s+[а-я]+(?:л|ла|ло|ли|лся|лась|лись)\b|"
    r"\b(?:боле[ею]\w*|заболе\w+|больничн\w+|карантин\w*|пропус[тк]\w+|прогул\w+|забыл\w*|сорвал\w*|отмен\w+|перенес\w*|"
    r"перенос\w*|отпросил\w*|замен[яи]л\w*|про[сш][иу]\w{0,2})\b"
)


def is_troubled(held: str) -> bool:
    """Whether the held part tells of something missed or not done: then it may be that nothing was held."""
    return _TROUBLED.search(held) is not None


def asked(guess: Guess[T]) -> Guess[T]:
    """The same, no longer sure."""
    return Guess(candidates=(guess.value,)) if guess.value is not None else guess


def are_apart(people: People, plans: Sequence[Part]) -> bool:
    """Whether different mentees are named each in a place of their own: «с Анной говорили, Петру показала»."""
    mentions = [each for each in people.mentions if not any(each.span.within(part.span) for part in plans)]
    return any(not each.joined and not set(each.pairs) & set(before.pairs) for before, each in pairwise(mentions))


def tells_of_talk_after_visit(low: str, lengths: Sequence[int]) -> bool:
    """«Была на уроке, потом 20 минут разобрали»: a length (by its place) that may be of the talk alone."""
    then = re.search(r"\b(?:потом|затем)\b", low)
    if then and any(place > then.end() for place in lengths):
        return True
    visit = _VISITED.search(low) and _VISIT_VERB.search(low)
    if not visit:
        return False
    talk = _TALKED.search(low, visit.end())
    return (
        talk is not None
        and any(place > visit.end() for place in lengths)
        and not any(
            place < talk.start() and not re.search(r"\b(?:потом|затем|после)\b", low[visit.end() : place])
            for place in lengths
        )
    )
