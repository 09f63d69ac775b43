"""Who is proposed to whom: an exact optimum.

A pair that no rule forbids has a score of whole points: what the rules of scoring give it, weighted, and what the
mentor's seat gives, the less the more mentees sit there already (so that mentees are spread evenly). The aim TOTAL
asks for the largest sum of scores; EVERYONE for the fewest mentees without a mentor, then for the largest sum. Of
all answers that are best, the one is taken in which those who have waited longer have the higher scores (the
largest sum of a mentee's place in the queue times score); what is still equal is settled by the solver, which gets
everybody in the order of waiting and of ids: the order in which they come in changes nothing.
"""

from collections.abc import Sequence

import numpy as np

from services.mentoring import reasons
from services.mentoring.grid import Marks, Table, numbers
from services.mentoring.proposals import Alternative, Cause, Matching, Proposal, Reason
from services.mentoring.rules import DISQUALIFYING
from services.mentoring.scoring import CODES, FULL, LOAD, SCORING, load_points
from services.mentoring.sides import Aim, Facts, MenteeSide, MentorSide
from services.mentoring.weights import Weights

ALTERNATIVES = 5
WITHOUT_SEAT = 2
"""At most so many of the alternatives have no seat left, where enough others have."""
_PLACES = 1000
"""Places in the queue that are told apart when the best answers are compared: more would not fit into a float."""
_NOBODY = -1


def match(
    mentors: Sequence[MentorSide],
    mentees: Sequence[MenteeSide],
    facts: Facts,
    weights: Weights,
    aim: Aim = Aim.TOTAL,
) -> Matching:
    """A proposal for every mentee. Raises ValueError when somebody is given twice on one side."""
    board = _Board(mentors, mentees, facts, weights)
    return board.proposals(board.solved(aim))


class _Board:
    """Everybody in their order, with what the rules say of all pairs."""

    def __init__(
        self, mentors: Sequence[MentorSide], mentees: Sequence[MenteeSide], facts: Facts, weights: Weights
    ) -> None:
        for side in (mentors, mentees):
            if len({each.id for each in side}) < len(side):
                raise ValueError("somebody is given twice")
        self.mentors = sorted(mentors, key=lambda each: each.id)
        self.mentees = sorted(mentees, key=lambda each: (-each.waits_days, each.request_id, each.id))
        self.free = numbers(max(0, each.free_seats) for each in self.mentors)
        self.taken = numbers(each.taken_seats for each in self.mentors)
        self.forbidden = [rule.marks(self.mentors, self.mentees, facts) for rule in DISQUALIFYING]
        self.allowed: Marks = ~np.logical_or.reduce(self.forbidden)
        # A layer for each rule, in points of the score; small numbers, as there are many.
        self.points = np.empty((len(SCORING), *self.allowed.shape), dtype=np.int16)
        for layer, rule in zip(self.points, SCORING, strict=True):
            layer[:] = (weights.of[rule.code] * rule.table(self.mentors, self.mentees) + FULL // 2) // FULL
        self.scores: Table = self.points.sum(axis=0, dtype=np.int64)
        most = int((self.taken + self.free).max(initial=0))
        self.load = numbers(weights.points(LOAD, load_points(others)) for others in range(most + 1))

    def solved(self, aim: Aim) -> Table:
        """The columns of the best mentors, by rows; _NOBODY for whoever is left without one."""
        count = len(self.mentees)
        seats = np.minimum(self.free, count)
        columns = np.repeat(np.arange(len(self.mentors)), seats)
        if not len(columns) or not count:
            return np.full(count, _NOBODY, dtype=np.int64)
        # A column for each free seat: `others` sit there before it.
        first = np.repeat(np.cumsum(seats) - seats, seats)
        others = self.taken[columns] + np.arange(len(columns)) - first
        allowed = self.allowed[:, columns]
        scores = self.scores[:, columns] + self.load[others]
        # Whole numbers below 2 ** 53, which a float holds exactly: a point outweighs all places in the queue, and
        # with the aim EVERYONE one more pair outweighs all points. What is forbidden is worth nothing.
        place = -(-np.arange(count, 0, -1)[:, None] * min(count, _PLACES) // count)
        matched = min(count, len(columns))
        point = matched * _PLACES * (FULL + 1) + 1
        pair = matched * FULL + 1 if aim is Aim.EVERYONE else 0
        worth = np.where(allowed, (pair + scores) * point + place * (scores + 1), 0)

        from scipy.optimize import linear_sum_assignment  # Loads slowly; only the worker process needs it.

        seated, taken = linear_sum_assignment(worth.astype(np.float64), maximize=True)
        chosen = np.full(count, _NOBODY, dtype=np.int64)
        fits = allowed[seated, taken]
        chosen[seated[fits]] = columns[taken[fits]]
        return chosen

    def proposals(self, chosen: Table) -> Matching:
        """The answer in words. Of one mentor's mentees those sit first who have waited longest."""
        after = self.taken + np.bincount(chosen[chosen != _NOBODY], minlength=len(self.mentors))
        left = self.taken + self.free - after
        others = dict[int, int]()
        sitting = self.taken.copy()
        for row in np.flatnonzero(chosen != _NOBODY).tolist():
            others[row] = int(sitting[chosen[row]])
            sitting[chosen[row]] += 1
        # Whoever has no seat left would have to lose a mentee first: no points for their load.
        next_scores = self.scores + np.where(left > 0, self.load[np.minimum(after, len(self.load) - 1)], 0)
        order = np.argsort(np.where(self.allowed, -next_scores, 1), axis=1, kind="stable")
        made = []
        for row, mentee in enumerate(self.mentees):
            column = int(chosen[row])
            alternatives = tuple(
                self._alternative(row, other, int(after[other]) if left[other] > 0 else None)
                for other in self._best(row, order[row], left, column)
            )
            if column == _NOBODY:
                cause, words = self._cause(row)
                made.append(Proposal(mentee.id, mentee.request_id, None, 0, (), alternatives, cause, words))
                continue
            found = self._reasons(row, column, others[row])
            score = sum(reason.points for reason in found)
            mentor_id = self.mentors[column].id
            made.append(Proposal(mentee.id, mentee.request_id, mentor_id, score, found, alternatives))
        return Matching(sum(each.score for each in made), tuple(made))

    def _best(self, row: int, order: Table, left: Table, chosen: int) -> list[int]:
        """The columns of the alternatives, the best score first."""
        ordered = order[: int(self.allowed[row].sum())]
        ordered = ordered[ordered != chosen]
        seated = left[ordered] > 0
        with_seat = np.flatnonzero(seated)[:ALTERNATIVES]
        without = np.flatnonzero(~seated)[: max(WITHOUT_SEAT, ALTERNATIVES - len(with_seat))]
        places = sorted((*with_seat[: ALTERNATIVES - len(without)], *without))
        return [int(ordered[place]) for place in places]

    def _alternative(self, row: int, column: int, others: int | None) -> Alternative:
        found = self._reasons(row, column, others)
        score = sum(reason.points for reason in found)
        return Alternative(self.mentors[column].id, score, found)

    def _reasons(self, row: int, column: int, others: int | None) -> tuple[Reason, ...]:
        """The strongest first; `others`: how many mentees the mentor has then, None where there is no seat."""
        mentor, mentee = self.mentors[column], self.mentees[row]
        found = [
            Reason(rule.code, points, rule.words(mentor, mentee))
            for rule, points in zip(SCORING, self.points[:, row, column].tolist(), strict=True)
            if points
        ]
        if others is not None and (points := int(self.load[others])):
            found.append(Reason(LOAD, points, reasons.load(others)))
        return tuple(sorted(found, key=lambda reason: (-reason.points, CODES.index(reason.code))))

    def _cause(self, row: int) -> tuple[Cause, str]:
        if not self.mentors:
            return Cause.EMPTY_BANK, reasons.EMPTY_BANK
        if not self.free.any():
            return Cause.NO_SEATS, reasons.NO_SEATS
        if self.allowed[row].any():
            return Cause.TAKEN, reasons.TAKEN
        first = np.argmax([marks[row] for marks in self.forbidden], axis=0)
        causes = reasons.commonest(DISQUALIFYING[int(rule)].words for rule in first)
        return Cause.BARRED, reasons.barred(len(self.mentors), causes)
