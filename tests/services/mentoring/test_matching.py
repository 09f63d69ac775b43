"""Matching: the optimum against brute force, and what must hold of every answer."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mentors import many
from services.mentoring.matching import match
from services.mentoring.proposals import Matching
from services.mentoring.rules import forbidding
from services.mentoring.sides import Aim, Facts
from services.mentoring.weights import weights_of
from tests.services.mentoring.matching_people import (
    Case,
    allowed,
    base_score,
    cases,
    mentee,
    mentor,
    seat_score,
)

Figures = tuple[int, int, int]
"""Pairs, the sum of scores, and the sum of scores by places in the queue."""


def every_answer(case: Case) -> Iterator[Figures]:
    """Figures of every way to seat the mentees, those who wait longest on the lightest seats."""
    mentors, mentees, facts = case
    queue = sorted(mentees, key=lambda each: (-each.waits_days, each.request_id))
    for chosen in itertools.product((None, *mentors), repeat=len(queue)):
        sitting: Counter[int] = Counter()
        pairs = total = by_place = 0
        for place, (one, other) in enumerate(zip(chosen, queue, strict=True)):
            if one is None:
                continue
            if not allowed(one, other, facts) or sitting[one.id] == one.free_seats:
                break
            score = base_score(one, other) + seat_score(one.taken_seats + sitting[one.id])
            sitting[one.id] += 1
            pairs, total, by_place = pairs + 1, total + score, by_place + (len(queue) - place) * (score + 1)
        else:
            yield pairs, total, by_place


def figures(matching: Matching) -> Figures:
    queue = len(matching.proposals)
    by_place = sum(
        (queue - place) * (each.score + 1)
        for place, each in enumerate(matching.proposals)
        if each.mentor_id is not None
    )
    return queue - matching.unmatched, matching.total, by_place


def solve(case: Case, aim: Aim = Aim.TOTAL) -> Matching:
    return match(*case, weights_of(), aim)


@settings(max_examples=800, deadline=None)
@given(case=cases())
def test_no_other_answer_has_a_better_total_or_lets_those_who_wait_longest_do_better(case: Case) -> None:
    best = max((total, by_place) for _, total, by_place in every_answer(case))
    assert figures(solve(case, Aim.TOTAL))[1:] == best


@settings(max_examples=800, deadline=None)
@given(case=cases())
def test_no_other_answer_leaves_fewer_alone_and_of_those_none_has_a_better_total(case: Case) -> None:
    assert figures(solve(case, Aim.EVERYONE)) == max(every_answer(case))


def test_the_two_aims_differ_where_the_best_pair_would_leave_somebody_alone() -> None:
    # The first mentor alone may take the second mentee, and suits the first one best.
    mentors = [
        mentor(1, subject="химия", strengths=frozenset({"digital"}), reaches_out=True),
        mentor(2, school_id=3, reaches_out=False),
    ]
    mentees = [
        mentee(101, school_id=3, subject="химия", domains=frozenset({"digital"}), choices=(1,)),
        mentee(102, school_id=1),
    ]
    total, everyone = (solve((mentors, mentees, Facts()), aim) for aim in (Aim.TOTAL, Aim.EVERYONE))
    assert [each.mentor_id for each in total.proposals] == [1, None]
    assert [each.mentor_id for each in everyone.proposals] == [2, 1]
    assert total.total > everyone.total


@settings(max_examples=300, deadline=None)
@given(case=cases(6), aim=st.sampled_from(Aim))
def test_nobody_is_given_more_than_their_seats_nor_anybody_forbidden(case: Case, aim: Aim) -> None:
    mentors, mentees, facts = case
    matching = solve(case, aim)
    by_id = {each.id: each for each in mentors}
    sides = {each.id: each for each in mentees}
    taken = Counter(each.mentor_id for each in matching.proposals if each.mentor_id is not None)
    assert all(count <= by_id[mentor_id].free_seats for mentor_id, count in taken.items())
    assert [each.mentee_id for each in matching.proposals if each.mentee_id in sides] == [
        each.id for each in sorted(mentees, key=lambda each: (-each.waits_days, each.request_id))
    ]
    for proposal in matching.proposals:
        offered = [each.mentor_id for each in proposal.alternatives]
        if proposal.mentor_id is not None:
            offered.append(proposal.mentor_id)
        for mentor_id in offered:
            assert forbidding(by_id[mentor_id], sides[proposal.mentee_id], facts) is None
        assert len(set(offered)) == len(offered)


@settings(max_examples=300, deadline=None)
@given(case=cases(6), aim=st.sampled_from(Aim))
def test_points_of_the_reasons_are_the_score(case: Case, aim: Aim) -> None:
    matching = solve(case, aim)
    assert matching.total == sum(each.score for each in matching.proposals)
    for proposal in matching.proposals:
        for each in (proposal, *proposal.alternatives):
            points = [reason.points for reason in each.reasons]
            assert sum(points) == each.score <= 100
            assert points == sorted(points, reverse=True)
            assert all(reason.words and reason.points > 0 for reason in each.reasons)
        scores = [each.score for each in proposal.alternatives]
        assert scores == sorted(scores, reverse=True)
        assert (proposal.mentor_id is None) == (proposal.cause is not None) == bool(proposal.cause_words)


@settings(max_examples=300, deadline=None)
@given(case=cases(6), aim=st.sampled_from(Aim), order=st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_given_changes_nothing(case: Case, aim: Aim, order: random.Random) -> None:
    mentors, mentees, facts = case
    shuffled = (order.sample(mentors, len(mentors)), order.sample(mentees, len(mentees)), facts)
    assert solve(case, aim) == solve(shuffled, aim)


def test_of_equal_people_those_who_wait_longest_get_the_seats() -> None:
    mentees = [mentee(100 + days, waits_days=days) for days in range(60, 80)]
    matching = solve(([mentor(1, free_seats=3), mentor(2, free_seats=2)], mentees, Facts()))
    assert [each.mentee_id for each in matching.proposals if each.mentor_id] == [179, 178, 177, 176, 175]


def test_mentees_are_spread_evenly_over_equal_mentors() -> None:
    mentors = [mentor(1, free_seats=3), mentor(2, free_seats=3), mentor(3, free_seats=3, taken_seats=1)]
    matching = solve((mentors, [mentee(number) for number in range(101, 106)], Facts()))
    assert Counter(each.mentor_id for each in matching.proposals) == {1: 2, 2: 2, 3: 1}


def test_somebody_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        solve(([mentor(1), mentor(1)], [mentee()], Facts()))


@pytest.mark.parametrize("capacity", [1, 3])
@pytest.mark.parametrize("aim", Aim)
def test_another_solver_finds_nothing_better_in_a_large_case(aim: Aim, capacity: int) -> None:
    case = many(7, 240, 100, capacity)
    matching = solve(case, aim)
    assert (len(case[1]) - matching.unmatched, matching.total) == _by_linear_programming(case, aim)


def _by_linear_programming(case: Case, aim: Aim) -> tuple[int, int]:
    """Pairs and total that HiGHS finds, with a variable for every allowed pair and every seat."""
    import numpy as np
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import coo_array

    mentors, mentees, facts = case
    pairs = [
        (row, column)
        for row, other in enumerate(mentees)
        for column, one in enumerate(mentors)
        if allowed(one, other, facts)
    ]
    seats = [(column, others) for column, one in enumerate(mentors) for others in range(one.free_seats)]
    worth = np.array(
        [base_score(mentors[column], mentees[row]) for row, column in pairs]
        + [seat_score(mentors[column].taken_seats + others) for column, others in seats]
    )
    size = len(worth)
    once = coo_array((np.ones(len(pairs)), ([row for row, _ in pairs], range(len(pairs)))), (len(mentees), size))
    seated = coo_array(
        (
            np.concatenate([np.ones(len(pairs)), -np.ones(len(seats))]),
            ([column for _, column in pairs] + [column for column, _ in seats], range(size)),
        ),
        (len(mentors), size),
    )
    number = np.concatenate([np.ones(len(pairs)), np.zeros(len(seats))])
    rules = [LinearConstraint(once.tocsr(), 0, 1), LinearConstraint(seated.tocsr(), 0, 0)]
    whole = {"integrality": np.ones(size), "bounds": (0, 1)}
    if aim is Aim.EVERYONE:
        most = round(-milp(-number, constraints=rules, **whole).fun)
        rules.append(LinearConstraint(number[None, :], most, most))
    found = milp(-worth, constraints=rules, options={"mip_rel_gap": 0}, **whole)
    assert found.success
    return round(float(number @ found.x)), round(-found.fun)
