"""What a place can plan, and which plans hold in it."""

from collections.abc import Mapping
from datetime import date, timedelta

from services.people.model import Kind, Organisation
from services.reporting.indicators.indicator import Indicator, Level
from services.reporting.indicators.registry import registry
from services.reporting.periods import year_of
from services.reporting.target import Target
from services.work import UnitOfWork


def level_of(place: Organisation) -> Level:
    """What a place is to indicators."""
    return Level.SCHOOL if place.kind is Kind.SCHOOL else Level.MUNICIPALITY


def plannable(place: Organisation) -> tuple[Indicator, ...]:
    """Indicators that a plan can be set for there."""
    return tuple(indicator for indicator in registry().planned if level_of(place) in indicator.levels)


def latest_planned(today: date) -> date:
    """Periods that begin later are planned for by nobody yet: the next school year is."""
    return year_of(today).ends + timedelta(days=365)


async def held_above(work: UnitOfWork, place: Organisation, period: str) -> Mapping[str, Target]:
    """Plans of the municipality that hold in its school, too: shares."""
    if place.kind is not Kind.SCHOOL or place.parent_id is None:
        return {}
    found = await work.plans.of(place.parent_id, period)
    return {code: target for code, target in found.items() if target.share is not None}
