"""No published figure, nor the difference of two, speaks of fewer people than the threshold."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.suppression import publish

GROUPS = st.dictionaries(st.integers(1, 9), st.integers(0, 12), max_size=7)


@given(GROUPS, st.integers(3, 8))
def test_nothing_small_is_left_after_any_subtraction(sizes: dict[int, int], min_group: int) -> None:
    publication = publish(sizes, min_group)
    published = [frozenset({group}) for group in publication.shown] + [publication.counted]
    for first, second in [(frozenset(), one) for one in published] + list(combinations(published, 2)):
        for rest in (first - second, second - first):
            people = sum(sizes[group] for group in rest)
            assert people == 0 or people >= min_group


@given(GROUPS, st.integers(3, 8))
def test_total_minus_any_shown_groups_is_nothing_or_large_enough(sizes: dict[int, int], min_group: int) -> None:
    publication = publish(sizes, min_group)
    for count in range(len(publication.shown) + 1):
        for taken in combinations(publication.shown, count):
            people = sum(sizes[group] for group in publication.counted - set(taken))
            assert people == 0 or people >= min_group


@given(GROUPS, st.integers(3, 8))
def test_whatever_is_large_enough_is_shown(sizes: dict[int, int], min_group: int) -> None:
    publication = publish(sizes, min_group)
    assert publication.shown == {group for group, size in sizes.items() if size >= min_group}
    assert publication.shown <= publication.counted


def test_a_threshold_under_three_is_refused() -> None:
    with pytest.raises(ValueError, match="least allowed is 3"):
        publish({1: 10}, 2)
