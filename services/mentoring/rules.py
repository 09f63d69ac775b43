"""Rules of matching that forbid a pair; those that give points are in `scoring`."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.mentoring.grid import Marks, numbers, reached, same_school
from services.mentoring.sides import Bar, Facts, MenteeSide, MentorSide

_APART = "такая пара уже не состоялась или есть личное ограничение"


@dataclass(frozen=True, slots=True)
class Disqualifying:
    """A rule that forbids pairs. `words` say it of one mentor."""

    code: str
    words: str

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        """Whether the two cannot be proposed to each other."""
        raise NotImplementedError

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        """The same of all pairs at once."""
        raise NotImplementedError


class SamePerson(Disqualifying):
    """Nobody is their own mentor."""

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        return mentor.id == mentee.id

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        marks: Marks = np.equal.outer(numbers(each.id for each in mentees), numbers(each.id for each in mentors))
        return marks


@dataclass(frozen=True, slots=True)
class Barred(Disqualifying):
    """Two people who are kept apart for a reason known from before."""

    bar: Bar = Bar.EXCLUDED

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        return facts.bars.get((mentor.id, mentee.id)) is self.bar

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        columns = {mentor.id: column for column, mentor in enumerate(mentors)}
        rows = {mentee.id: row for row, mentee in enumerate(mentees)}
        marks = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
        for (mentor_id, mentee_id), bar in facts.bars.items():
            if bar is self.bar and mentor_id in columns and mentee_id in rows:
                marks[rows[mentee_id], columns[mentor_id]] = True
        return marks


class Chief(Disqualifying):
    """The mentee's own curator, where the policy says that a chief is no mentor."""

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        return not facts.chief_may_mentor and mentee.school_id in mentor.chief_of

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        marks = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
        if not facts.chief_may_mentor:
            schools = numbers(each.school_id for each in mentees)
            for column, mentor in enumerate(mentors):
                if mentor.chief_of:
                    marks[:, column] = np.isin(schools, sorted(mentor.chief_of))
        return marks


class Unreachable(Disqualifying):
    """A mentor of another school who does not take mentees of other schools, or of another municipality."""

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        if mentor.school_id == mentee.school_id:
            return False
        return not mentor.reaches_out or mentor.municipality_id != mentee.municipality_id

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        marks: Marks = ~(same_school(mentors, mentees) | reached(mentors, mentees))
        return marks


class NoSeat(Disqualifying):
    """A mentor without a free seat."""

    def forbids(self, mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> bool:
        return mentor.free_seats <= 0

    def marks(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts) -> Marks:
        full = numbers(each.free_seats for each in mentors) <= 0
        return np.tile(full, (len(mentees), 1))


DISQUALIFYING: tuple[Disqualifying, ...] = (
    SamePerson("same_person", "сам педагог"),
    Barred("excluded", "пара исключена куратором", bar=Bar.EXCLUDED),
    # The same words for both: what is private between two people must not show by its absence.
    Barred("refused", _APART, bar=Bar.REFUSED),
    Barred("conflict", _APART, bar=Bar.CONFLICT),
    Chief("chief", "руководитель этого педагога"),
    Unreachable("unreachable", "другая школа, готовности работать с ней в карточке нет"),
    NoSeat("no_seat", "нет свободных мест"),
)
"""Of a pair that several forbid the first one is told."""


def forbidding(mentor: MentorSide, mentee: MenteeSide, facts: Facts) -> Disqualifying | None:
    """The rule that forbids the pair, None when they may be proposed."""
    return next((rule for rule in DISQUALIFYING if rule.forbids(mentor, mentee, facts)), None)
