"""Which groups may be shown, so that no figure, nor the difference of two, speaks of too few people.

A group of fewer than `min_group` is withheld. The total would give it away by subtraction, so groups
withheld are pooled: a pool of at least `min_group` joins the total as one, a smaller pool is left out of the
total. What one school sees of itself is thus the same whoever asks, and total minus shown groups is either
nothing or a pool that is large enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST_ALLOWED = 3
"""No setting may make a published group smaller than this."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Ids of the groups shown by themselves, and of all those that the total counts."""

    shown: frozenset[int]
    counted: frozenset[int]


def publish(sizes: Mapping[int, int], min_group: int) -> Publication:
    """Decide about disjoint groups of the given sizes (people by group id).

    Raises ValueError for a `min_group` under `SMALLEST_ALLOWED`.
    """
    if min_group < SMALLEST_ALLOWED:
        raise ValueError(f"min_group is {min_group}, the least allowed is {SMALLEST_ALLOWED}")
    shown = frozenset(group for group, size in sizes.items() if size >= min_group)
    pool = frozenset(sizes) - shown
    large_enough = sum(sizes[group] for group in pool) >= min_group
    return Publication(shown, shown | pool if large_enough else shown)
