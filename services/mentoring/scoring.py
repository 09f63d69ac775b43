"""Rules of matching that give a pair points; those that forbid one are in `rules`."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from services.mentoring import reasons
from services.mentoring.bank.card import MeetFormat
from services.mentoring.grid import Table, numbers, reached, same_school
from services.mentoring.sides import MenteeSide, MentorSide
from services.mentoring.subjects import common, kindred

FULL = 100
"""Points of a rule that is met wholly; its weight says how many of them reach the score."""
KINDRED, OTHER_SCHOOL, FIRST_CATEGORY, NO_WISH = 60, 30, 60, 50
CHOICES = (FULL, 75, 50)
"""For the first, second and third mentor that the mentee would like."""
A_YEAR_MORE = 20
"""For every year by which the mentor has worked longer: five years are enough."""
LONG_WAIT = 60
"""After so many days waiting longer adds nothing."""
LOAD = "load"
"""The code of the rule whose points depend on the mentor's seat, not on the mentee."""
_LIGHTER = 25


@dataclass(frozen=True, slots=True)
class Scoring:
    """A rule that gives points, 0 to FULL; pairs whose `of_mentor` and `of_mentee` are alike get the same."""

    code: str

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        """How well the two meet the rule."""
        raise NotImplementedError

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        """Why there are points, where there are any."""
        raise NotImplementedError

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        """All that the rule looks at in a mentor."""
        return None

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        """All that the rule looks at in a mentee."""
        return None

    def table(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Table:
        """Points of all pairs: one call for each two kinds of people, not for each pair."""
        kinds_of_mentors = {self.of_mentor(each): each for each in mentors}
        kinds_of_mentees = {self.of_mentee(each): each for each in mentees}
        small = np.array(
            [
                [self.points(mentor, mentee) for mentor in kinds_of_mentors.values()]
                for mentee in kinds_of_mentees.values()
            ],
            dtype=np.int64,
        ).reshape(len(kinds_of_mentees), len(kinds_of_mentors))
        column = {kind: number for number, kind in enumerate(kinds_of_mentors)}
        row = {kind: number for number, kind in enumerate(kinds_of_mentees)}
        columns = numbers(column[self.of_mentor(each)] for each in mentors)
        rows = numbers(row[self.of_mentee(each)] for each in mentees)
        table: Table = small[np.ix_(rows, columns)]
        return table


class SameSubject(Scoring):
    """The same subject, or a kindred one."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        if common(mentor.subject, mentee.subject):
            return FULL
        return KINDRED if kindred(mentor.subject, mentee.subject) else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.subject(mentor, mentee)

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        return mentor.subject

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        return mentee.subject


class Strengths(Scoring):
    """The share of the domains asked for in which the mentor is strong."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        met = len(mentor.strengths & mentee.domains)
        return met * FULL // len(mentee.domains) if met else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.strengths(mentor, mentee)

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        return mentor.strengths

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        return mentee.domains


class Choice(Scoring):
    """The mentors whom the mentee would like."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        return CHOICES[mentee.choices.index(mentor.id)] if mentor.id in mentee.choices else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.choice(mentor, mentee)

    def table(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Table:
        columns = {mentor.id: column for column, mentor in enumerate(mentors)}
        table = np.zeros((len(mentees), len(mentors)), dtype=np.int64)
        for row, mentee in enumerate(mentees):
            for choice in mentee.choices:
                if choice in columns:
                    table[row, columns[choice]] = self.points(mentors[columns[choice]], mentee)
        return table


class Near(Scoring):
    """The same school, or another one that the mentor is ready to work with."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        if mentor.school_id == mentee.school_id:
            return FULL
        return OTHER_SCHOOL if mentor.reaches_out and mentor.municipality_id == mentee.municipality_id else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.school(mentor, mentee)

    def table(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Table:
        table: Table = np.where(
            same_school(mentors, mentees), FULL, np.where(reached(mentors, mentees), OTHER_SCHOOL, 0)
        )
        return table


class Experience(Scoring):
    """By how many years the mentor has worked longer; an early-career teacher who has not told is at the start."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        if mentor.years_of_work is None or (mentee.years_of_work is None and not mentee.is_early):
            return 0
        return min(FULL, max(0, A_YEAR_MORE * (mentor.years_of_work - (mentee.years_of_work or 0))))

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.experience(mentor, mentee)

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        return mentor.years_of_work

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        return mentee.years_of_work, mentee.is_early


class Category(Scoring):
    """The mentor's category: the highest one (or a mentor's or methodist's own), then the first."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        words = mentor.category.casefold()
        if any(part in words for part in ("высш", "наставник", "методист")):
            return FULL
        return FIRST_CATEGORY if "перв" in words else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.category(mentor, mentee)

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        return mentor.category


class Formats(Scoring):
    """A way to meet that suits both."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        return FULL if reasons.met_formats(mentor, mentee) else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.formats(mentor, mentee)

    def table(self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide]) -> Table:
        met = np.zeros((len(mentees), len(mentors)), dtype=np.bool_)
        for each in MeetFormat:
            both = np.logical_and.outer(
                np.array([each in mentee.formats for mentee in mentees], dtype=np.bool_),
                np.array([each in mentor.formats for mentor in mentors], dtype=np.bool_),
            )
            met |= both & same_school(mentors, mentees) if each is MeetFormat.SCHOOL else both
        return met * np.int64(FULL)


class EarlyWished(Scoring):
    """What the mentor wishes: an early-career teacher, or anybody."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        if not mentor.prefers_early:
            return NO_WISH
        return FULL if mentee.is_early else 0

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.early(mentor, mentee)

    def of_mentor(self, mentor: MentorSide) -> Hashable:
        return mentor.prefers_early

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        return mentee.is_early


class Waiting(Scoring):
    """How long the mentee has waited."""

    def points(self, mentor: MentorSide, mentee: MenteeSide) -> int:
        return min(FULL, max(0, mentee.waits_days) * FULL // LONG_WAIT)

    def words(self, mentor: MentorSide, mentee: MenteeSide) -> str:
        return reasons.waiting(mentor, mentee)

    def of_mentee(self, mentee: MenteeSide) -> Hashable:
        return mentee.waits_days


SCORING: tuple[Scoring, ...] = (
    Strengths("strengths"),
    SameSubject("subject"),
    Choice("choice"),
    Near("school"),
    Experience("experience"),
    Waiting("waiting"),
    Formats("formats"),
    EarlyWished("early"),
    Category("category"),
)
CODES = (*(rule.code for rule in SCORING), LOAD)
"""The codes that weights are given for."""


def load_points(others: int) -> int:
    """Points of a mentor's seat beside so many other mentees: they fall, so that mentees are spread evenly."""
    return max(0, FULL - _LIGHTER * others)
