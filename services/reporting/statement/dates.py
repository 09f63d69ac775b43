"""Which day the figures of a statement are as of."""

from datetime import date

from services.reporting.facts import STATE
from services.reporting.indicators.indicator import Indicator
from services.reporting.statement.model import Statement


def last_day(statement: Statement) -> date:
    """The last day of the period that has come."""
    return max(min(statement.period.last_day, statement.made_at.date()), statement.period.begins)


def day_of(statement: Statement, indicator: Indicator) -> date:
    """The day of what is told as of one: of facts that only their own day can tell, when they were kept."""
    kept = statement.kept_on if {indicator.numerator, indicator.denominator} & STATE else None
    return kept or last_day(statement)
