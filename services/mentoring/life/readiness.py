"""What a mentor evaluates at the end: how ready the mentee is to work on their own.

Our own criteria: none of them is a measure of the person, and none is compared with anybody else's.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """`title` as it stands in a list, `question` as the mentor is asked."""

    code: str
    title: str
    question: str


CRITERIA = (
    Criterion("planning", "Планирование урока", "Планирует урок: цели, этапы, материалы, время"),
    Criterion("teaching", "Проведение урока", "Проводит урок: объясняет понятно, включает в работу весь класс"),
    Criterion("assessment", "Оценивание", "Оценивает результаты и понятно рассказывает о них ученикам"),
    Criterion("class", "Работа с классом", "Держит контакт с классом и спокойно решает трудные ситуации"),
    Criterion("communication", "Общение с родителями и коллегами", "Общается с родителями и коллегами"),
    Criterion("documents", "Документация", "Ведёт журнал, рабочую программу и другую документацию"),
)
LEVELS = (
    "Пока нужна помощь",
    "Справляется с подсказкой",
    "Справляется самостоятельно",
    "Может делиться опытом",
)
"""By their numbers, 0 to 3."""
_KIND = (
    "здесь пока нужна поддержка коллег",
    "получается с небольшой подсказкой",
    "получается самостоятельно",
    "есть чем поделиться с коллегами",
)
WORDS_LIMIT = 1000
"""Characters of what the mentor adds in their own words."""


def levels_of(digits: str) -> dict[str, int] | None:
    """Levels by codes of criteria from digits in the order of the criteria; None for what is not whole."""
    if len(digits) != len(CRITERIA) or not may_be(digits):
        return None
    return {criterion.code: int(digit) for criterion, digit in zip(CRITERIA, digits, strict=True)}


def may_be(digits: str) -> bool:
    """Whether these may be the levels of the first criteria."""
    return len(digits) <= len(CRITERIA) and all(digit in "0123"[: len(LEVELS)] for digit in digits)


def for_mentor(levels: Mapping[str, int]) -> list[str]:
    """Lines of the evaluation as its author reads it."""
    return [f"{each.title}: {LEVELS[levels[each.code]].lower()}" for each in _known(levels)]


def for_mentee(levels: Mapping[str, int]) -> list[str]:
    """The same lines in kind words, what goes well first."""
    known = sorted(_known(levels), key=lambda each: -levels[each.code])
    return [f"{each.title}: {_KIND[levels[each.code]]}" for each in known]


def _known(levels: Mapping[str, int]) -> list[Criterion]:
    """The criteria with a level; those that have gone from the list since are left out."""
    return [each for each in CRITERIA if 0 <= levels.get(each.code, -1) < len(LEVELS)]
