"""No published figure, nor the difference of two, speaks of fewer people than the threshold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.groups.suppression import Figures, Measure, publishable, published, together


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


def people(*sizes: int) -> list[Figures]:
    return [Figures(size, {"all": Measure(size, (size,))}) for size in sizes]


@pytest.mark.parametrize(
    ("sizes", "min_group", "shown"),
    [
        ((5, 5, 5), 5, 15),
        ((), 5, None),
        ((5,), 7, None),
        # Older portions of five are shown in pairs once seven are needed.
        ((5, 5, 5), 7, 10),
        ((5, 5, 5, 5), 7, 20),
        # What is shown together under 7 is not divided under 13: else the third portion could be subtracted.
        ((5, 7, 5), 7, 12),
        ((5, 7, 5), 13, None),
        ((5, 7, 5, 5, 5, 5), 13, 32),
    ],
)
def test_smaller_portions_wait_for_others_when_the_threshold_is_raised(
    sizes: tuple[int, ...], min_group: int, shown: int | None
) -> None:
    figures = published(people(*sizes), min_group)
    assert (figures.people if figures else None) == shown


def test_a_figure_that_few_people_have_waits_for_later_portions() -> None:
    portions = [
        Figures(5, {"known": Measure(5, (2, 3)), "partly": Measure(4, (1, 3))}),
        Figures(5, {"known": Measure(5, (0, 5)), "partly": Measure(0, (0, 0))}),
    ]
    early = published(portions, 5)
    assert early == Figures(10, {"known": Measure(10, (2, 8))})
    later = published([*portions, Figures(5, {"known": Measure(5, (5, 0)), "partly": Measure(4, (4, 0))})], 5)
    assert later == Figures(15, {"known": Measure(15, (7, 8)), "partly": Measure(8, (5, 3))})


def test_a_district_is_the_sum_of_its_schools() -> None:
    assert together([]) is None
    assert together(people(5, 8)) == Figures(13, {"all": Measure(13, (13,))})
