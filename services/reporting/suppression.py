"""How many people of a group may be shown, so that no figure, nor the difference of two, speaks of too few.

A group of fewer than `min_group` is withheld. A larger one is shown in whole portions of `min_group`, in the
order in which people finished: whoever reads the report before and after somebody's test learns nothing, for the
figures change only when a whole portion has been added. A total is the sum of what is shown, so that nothing can
be recovered by subtraction either.

Not covered yet: a repeated test, a move or a revoked consent changes who is in a portion.
"""

SMALLEST_ALLOWED = 3
"""No setting may make a published group smaller than this."""


def publishable(size: int, min_group: int) -> int:
    """How many of a group's people, those who finished first, the published figures count; 0 withholds them.

    Raises ValueError for a `min_group` under `SMALLEST_ALLOWED`.
    """
    if min_group < SMALLEST_ALLOWED:
        raise ValueError(f"min_group is {min_group}, the least allowed is {SMALLEST_ALLOWED}")
    return size - size % min_group
