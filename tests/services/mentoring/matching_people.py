"""People to be matched: single ones, small random cases, large ones."""

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from services.mentoring.bank.card import DOMAINS, MeetFormat
from services.mentoring.rules import forbidding
from services.mentoring.scoring import LOAD, SCORING, load_points
from services.mentoring.sides import Bar, Facts, MenteeSide, MentorSide
from services.mentoring.weights import weights_of

SUBJECTS = ("", "математика", "Физика и математика", "русский язык", "литература", "химия")
CATEGORIES = ("", "первая", "высшая")
MENTEE_IDS = 100
"""Ids of mentees are larger."""

T = TypeVar("T")
Case = tuple[list[MentorSide], list[MenteeSide], Facts]


def mentor(number: int = 1, **fields: object) -> MentorSide:
    return MentorSide(**{"id": number, "school_id": 1, "municipality_id": 9, "free_seats": 1} | fields)  # type: ignore[arg-type]


def mentee(number: int = MENTEE_IDS + 1, **fields: object) -> MenteeSide:
    given = {"id": number, "request_id": number + 1000, "school_id": 1, "municipality_id": 9}
    return MenteeSide(**given | fields)  # type: ignore[arg-type]


def small_case(seed: int, most: int) -> Case:
    """At most so many mentors and mentees; in half of the cases people are so alike that scores often tie."""
    chance = random.Random(seed)
    alike = chance.random() < 0.5

    def one_of(values: Sequence[T]) -> T:
        return values[0] if alike and chance.random() < 0.8 else chance.choice(values)

    def some(values: Iterable[str]) -> frozenset[str]:
        return frozenset() if alike else frozenset(chance.sample(list(values), chance.randrange(4)))

    mentors = [
        MentorSide(
            id=number,
            school_id=one_of((1, 2)),
            municipality_id=one_of((9, 9, 8, None)),
            subject=one_of(SUBJECTS),
            years_of_work=one_of((None, 0, 3, 30)),
            category=one_of(CATEGORIES),
            strengths=some(DOMAINS),
            formats=some(MeetFormat),
            free_seats=one_of((1, 0, 1, 2, 3)),
            taken_seats=one_of((0, 1, 3)),
            reaches_out=one_of((True, False)),
            prefers_early=one_of((False, True)),
            chief_of=frozenset({1}) if chance.random() < 0.1 else frozenset(),
        )
        for number in range(1, chance.randrange(most + 1) + 1)
    ]
    mentees = [
        MenteeSide(
            # Some are mentors, too.
            id=number + (0 if chance.random() < 0.1 else MENTEE_IDS),
            request_id=number + 1000,
            school_id=one_of((1, 2, 3)),
            municipality_id=one_of((9, 9, 8, None)),
            subject=one_of(SUBJECTS),
            years_of_work=one_of((None, 0, 2, 6)),
            is_early=one_of((False, True)),
            domains=some(DOMAINS),
            formats=some(MeetFormat),
            choices=() if alike else tuple(chance.sample(range(1, most + 2), chance.randrange(min(4, most + 2)))),
            waits_days=chance.choice((0, 3, 3, 40, 70, 80)),
        )
        for number in range(1, chance.randrange(most + 1) + 1)
    ]
    pairs = [(one.id, other.id) for one in mentors for other in mentees]
    bars = {pair: chance.choice(list(Bar)) for pair in pairs if chance.random() < 0.15}
    return mentors, mentees, Facts(bars, chance.random() < 0.5)


def cases(most: int = 4) -> st.SearchStrategy[Case]:
    """Small random cases."""
    return st.builds(small_case, st.integers(0, 2**32), st.just(most))


def base_score(one: MentorSide, other: MenteeSide) -> int:
    """The score of a pair but for the mentor's load, one rule at a time."""
    weights = weights_of()
    return sum(weights.points(rule.code, rule.points(one, other)) for rule in SCORING)


def seat_score(others: int) -> int:
    return weights_of().points(LOAD, load_points(others))


def allowed(one: MentorSide, other: MenteeSide, facts: Facts) -> bool:
    return forbidding(one, other, facts) is None
