"""Invented mentors and mentees of one municipality, to be matched."""

import random
from collections.abc import Iterable

from services.mentoring.bank.card import DOMAINS, MeetFormat
from services.mentoring.sides import Bar, Facts, MenteeSide, MentorSide

SUBJECTS = (
    "математика", "физика", "информатика", "русский язык и литература", "английский язык", "история",
    "биология", "химия", "начальные классы", "физическая культура",
)  # fmt: skip
CATEGORIES = ("", "первая", "высшая")
MUNICIPALITY = 1
FIRST_MENTEE = 10_001
MOST_WAIT = 90
"""Days."""
A_SCHOOL = 12
"""Mentors of one school."""

Case = tuple[list[MentorSide], list[MenteeSide], Facts]


def many(seed: int, mentees: int, mentors: int, capacity: int) -> Case:
    """Mentors with so many free seats each, some with mentees already; a refusal for every mentee."""
    chance = random.Random(seed)
    schools = max(1, mentors // A_SCHOOL)

    def some(values: Iterable[str], most: int) -> frozenset[str]:
        return frozenset(chance.sample(list(values), chance.randint(1, most)))

    bank = [
        MentorSide(
            number,
            school_id=chance.randrange(schools),
            municipality_id=MUNICIPALITY,
            subject=chance.choice(SUBJECTS),
            years_of_work=chance.randrange(4, 40),
            category=chance.choice(CATEGORIES),
            strengths=some(DOMAINS, 3),
            formats=some(MeetFormat, 2),
            free_seats=capacity,
            taken_seats=chance.choice([0, 0, 1]),
            reaches_out=chance.random() < 0.6,
            prefers_early=chance.random() < 0.3,
        )
        for number in range(1, mentors + 1)
    ]
    queue = [
        MenteeSide(
            number,
            request_id=number,
            school_id=chance.randrange(schools),
            municipality_id=MUNICIPALITY,
            subject=chance.choice(SUBJECTS),
            years_of_work=chance.randrange(5),
            is_early=True,
            domains=some(DOMAINS, 3),
            formats=some(MeetFormat, 2),
            choices=tuple(chance.sample(range(1, mentors + 1), chance.randrange(4))),
            waits_days=chance.randrange(MOST_WAIT),
        )
        for number in range(FIRST_MENTEE, FIRST_MENTEE + mentees)
    ]
    bars = {(chance.randint(1, mentors), mentee.id): Bar.REFUSED for mentee in queue}
    return bank, queue, Facts(bars)
