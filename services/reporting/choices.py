"""What somebody asks for as usual: a period by its kind, so that «учебный год» stays the present one."""

from datetime import date

from services.reporting.periods import Period, PeriodKind, by_key, present
from services.reporting.ports import Choice


def chosen(organisation_id: int, period: Period, today: date) -> Choice:
    """The choice to remember."""
    goes_on = period.kind is not PeriodKind.DAYS and present(period.kind, today) == period
    return Choice(organisation_id, period.kind.value if goes_on else period.key)


def usual_period(choice: Choice, today: date) -> Period | None:
    """The period that the choice means today; None for a word of nothing."""
    kinds = {kind.value: kind for kind in PeriodKind if kind is not PeriodKind.DAYS}
    kind = kinds.get(choice.period)
    return present(kind, today) if kind is not None else by_key(choice.period)
