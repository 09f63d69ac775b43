"""Takings that two periods or two statements have in common."""

from collections.abc import Collection, Iterable

from services.reporting.facts import Taking
from services.reporting.indicators.indicator import Rule
from services.reporting.indicators.registry import registry


def same_taking(takings: Iterable[Taking], earlier: Iterable[Taking]) -> Collection[str]:
    """Indicators that are from one and the same taking in both: what has come since is no change between them."""

    def named(found: Iterable[Taking]) -> set[tuple[str, str, str]]:
        return {(taking.instrument, taking.version, taking.wave) for taking in found}

    tests = {instrument for instrument, _, _ in named(takings) & named(earlier)}
    return {
        one.code for one in registry().all if one.rule is Rule.TAKING and one.numerator.partition(".")[0] in tests
    }
