"""No published figure, nor the difference of two, speaks of fewer people than the threshold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.suppression import publishable


@given(st.integers(0, 500), st.integers(3, 30))
def test_what_is_shown_is_nothing_or_large_enough(size: int, min_group: int) -> None:
    shown = publishable(size, min_group)
    assert shown == 0 or min_group <= shown <= size
    assert size - shown < min_group


@given(st.lists(st.integers(0, 9), max_size=40), st.integers(3, 10))
def test_reports_over_time_differ_by_nothing_or_a_large_enough_group(arrivals: list[int], min_group: int) -> None:
    size, shown = 0, [0]
    for arrived in arrivals:
        size += arrived
        shown.append(publishable(size, min_group))
    for earlier, later in pairwise(shown):
        assert later - earlier == 0 or later - earlier >= min_group


def test_a_threshold_under_three_is_refused() -> None:
    with pytest.raises(ValueError, match="least allowed is 3"):
        publishable(10, 2)
