"""The rules by which no published figure, nor any difference of published figures, speaks of too few people.

What people gave is added into *portions* of at least the smallest group allowed when each was made; a portion is
never changed, divided or made again, and nobody is in two of them. What is published is always the sum of a
portion and all before it, cut where `published` says, so two publications differ by whole cuts.

A cut for a threshold is also a cut for every lower one: the portions are merged into groups of at least 3, those
into groups of at least 4, and so on. A publication made before the threshold was raised, one after it and one
after it was raised again can be subtracted in any way, and still leave no group under the lowest of the thresholds
that they were made with. For the same reason a figure that part of a portion has no value for (a scale that some
have left out) is published only together with later portions, until enough people stand behind it, too. The price:
some people wait a little longer than the present threshold alone would ask for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SMALLEST_ALLOWED = 3
"""No setting may make a published group smaller than this."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How many people chose or reached each of several things, and how many people that is in all."""

    people: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is known of a group of `people`: measures by code, in each only those who have a value."""

    people: int
    measures: Mapping[str, Measure] = field(default_factory=dict)


def publishable(waiting: int, min_group: int) -> int:
    """How many of the people who wait, those who finished first, make a portion; 0 when they are too few.

    Raises ValueError for a `min_group` under `SMALLEST_ALLOWED`.
    """
    _check(min_group)
    return waiting - waiting % min_group


def published(portions: Sequence[Figures], min_group: int) -> Figures | None:
    """The sum of as many portions, from the first on, as may be shown; None when that is none at all.

    A measure that fewer people have is summed over fewer portions; it is absent while they are too few.
    Raises ValueError for a `min_group` under `SMALLEST_ALLOWED`.
    """
    _check(min_group)
    shown = portions[: _last_cut([portion.people for portion in portions], min_group)]
    if not shown:
        return None
    measures: dict[str, Measure] = {}
    for code in dict.fromkeys(code for portion in shown for code in portion.measures):
        parts = [portion.measures.get(code) for portion in shown]
        enough = _last_cut([part.people if part else 0 for part in parts], min_group)
        known = [part for part in parts[:enough] if part is not None]
        if known:
            measures[code] = _sum(known)
    return Figures(sum(portion.people for portion in shown), measures)


def together(groups: Iterable[Figures]) -> Figures | None:
    """The sum of groups without a person in common; None when there are none."""
    parts = list(groups)
    if not parts:
        return None
    codes = dict.fromkeys(code for part in parts for code in part.measures)
    return Figures(
        sum(part.people for part in parts),
        {code: _sum([part.measures[code] for part in parts if code in part.measures]) for code in codes},
    )


def _check(min_group: int) -> None:
    if min_group < SMALLEST_ALLOWED:
        raise ValueError(f"min_group is {min_group}, the least allowed is {SMALLEST_ALLOWED}")


def _last_cut(sizes: Sequence[int], min_group: int) -> int:
    """How many of the leading parts may be shown together: each cut leaves at least `min_group` since the last.

    Parts that come later never move a cut.
    """
    ends, totals = list(range(1, len(sizes) + 1)), list(sizes)
    for threshold in range(SMALLEST_ALLOWED, min_group + 1):
        merged_ends, merged_totals, pending = [], [], 0
        for end, total in zip(ends, totals, strict=True):
            pending += total
            if pending >= threshold:
                merged_ends.append(end)
                merged_totals.append(pending)
                pending = 0
        ends, totals = merged_ends, merged_totals
    return ends[-1] if ends else 0


def _sum(measures: Sequence[Measure]) -> Measure:
    return Measure(
        sum(measure.people for measure in measures),
        tuple(map(sum, zip(*(measure.counts for measure in measures), strict=True))),
    )
