"""What matching knows of mentors and mentees, as plain values that can be pickled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Aim(StrEnum):
    """What a matching is to reach: the best total, or the fewest without a mentor and then the best total."""

    TOTAL = "total"
    EVERYONE = "everyone"


class Bar(StrEnum):
    """Why two people are kept apart, as it is known from before.

    `CONFLICT` is anything private between the two, such as a psychological result shown: nobody is told what.
    """

    REFUSED = "refused"
    EXCLUDED = "excluded"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class MentorSide:
    """A mentor of the bank. Open pairs are in `taken_seats`; `free_seats` are left for this matching.

    `strengths` are codes of domains of deficits, `formats` codes of ways to meet. `reaches_out`: takes mentees of
    other schools of the municipality. `chief_of`: the schools where they are the curator.
    """

    id: int
    school_id: int
    municipality_id: int | None = None
    subject: str = ""
    years_of_work: int | None = None
    category: str = ""
    strengths: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    free_seats: int = 1
    taken_seats: int = 0
    reaches_out: bool = False
    prefers_early: bool = False
    chief_of: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MenteeSide:
    """Somebody who asks for a mentor.

    `domains` are those that the teacher has named or that are steps of their submitted route, and nothing else.
    `choices`: the mentors they would like, the dearest first, three at most. `waits_days`: whole days of waiting.
    """

    id: int
    request_id: int
    school_id: int
    municipality_id: int | None = None
    subject: str = ""
    years_of_work: int | None = None
    is_early: bool = False
    domains: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    choices: tuple[int, ...] = ()
    waits_days: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about pairs: `bars` by (mentor, mentee); whether a mentee's curator may be their mentor."""

    bars: Mapping[tuple[int, int], Bar] = field(default_factory=dict)
    chief_may_mentor: bool = True
