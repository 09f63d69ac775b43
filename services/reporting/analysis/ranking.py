"""Schools ranked by each indicator, means and medians over schools."""

from collections.abc import Sequence
from statistics import fmean, median

from services.reporting.analysis.values import comparable, in_order, value, values
from services.reporting.indicators.indicator import Better, Level
from services.reporting.indicators.registry import Registry
from services.reporting.statement.model import PlaceFigures

FEWEST = 2
"""Schools with a value, for a ranking or a mean."""


def ranked(schools: Sequence[PlaceFigures], registry: Registry) -> dict[str, tuple[tuple[str, float], ...]]:
    """Schools from the best to the worst with their values, by the codes of shares and means that have a best."""
    found = {}
    for each in comparable(registry):
        named = [(school.name, value(school.figures.get(each.code))) for school in in_order(schools)]
        there = [(name, known) for name, known in named if known is not None]
        if each.better is not Better.NEITHER and len(there) >= FEWEST:
            there.sort(key=lambda pair: pair[1], reverse=each.better is Better.UP)
            found[each.code] = tuple(there)
    return found


def centres(schools: Sequence[PlaceFigures], registry: Registry) -> tuple[dict[str, float], dict[str, float]]:
    """Means and medians over schools, each school counting once, by code."""
    found = {each.code: values(in_order(schools), each.code) for each in registry.at(Level.SCHOOL)}
    enough = {code: there for code, there in found.items() if len(there) >= FEWEST}
    return (
        {code: fmean(there) for code, there in enough.items()},
        {code: median(there) for code, there in enough.items()},
    )
