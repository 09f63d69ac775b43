"""Which marks of an event are told by school and by municipality: of enough people, and so is what is left."""

from collections.abc import Collection, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def told(
    marks: Mapping[int, int], above: Mapping[int, int], min_group: int
) -> tuple[Collection[int], Collection[int]]:
    """The municipalities and the schools whose marks of one event may be told of.

    `marks` is how many were given by school, `above` has the municipality of each school. All marks of an event
    are told on its card, those of a municipality in its report: what is left of either beside those that are told
    is of nobody, or of `min_group` people at least.
    """
    by_municipality: dict[int, dict[int, int]] = {}
    for school, count in marks.items():
        by_municipality.setdefault(above[school], {})[school] = count
    municipalities = _enough({place: sum(counts.values()) for place, counts in by_municipality.items()}, min_group)
    schools = {school for place in municipalities for school in _enough(by_municipality[place], min_group)}
    return municipalities, schools


def _enough(counts: Mapping[Key, int], min_group: int) -> Collection[Key]:
    """Those with enough marks; none while the others have some together, but too few."""
    large = {key for key, count in counts.items() if count >= min_group}
    rest = sum(count for key, count in counts.items() if key not in large)
    return large if not rest or rest >= min_group else set()
