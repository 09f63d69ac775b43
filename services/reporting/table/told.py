"""The indicators of a place in the order of the registry, and the lines over each sheet."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from services.reporting.indicators.indicator import Form, Indicator
from services.reporting.indicators.registry import SECTIONS, registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Statement


def told(place: PlaceFigures) -> Iterator[tuple[str, Indicator, Figure]]:
    """Figures of the place with the titles of their sections."""
    for indicator in registry().all:
        figure = place.figures.get(indicator.code)
        if figure is not None:
            yield SECTIONS[indicator.section], indicator, figure


def over(statement: Statement, title: str, note: str = "") -> Sequence[str]:
    """What stands over a sheet: what it is, whose and when, a note."""
    made = f"данные на {statement.made_at:%d.%m.%Y}"
    return (title, f"{statement.name}, {statement.period.title}, {made}", note)


def change(indicator: Indicator, figure: Figure) -> float | None:
    """The difference to the period before, of the values as they are printed; a share's is in points."""
    now, then = figure.amount, figure.before
    if now is None or then is None or now.denominator == 0 or then.denominator == 0:
        return None
    return float(_printed(indicator, now) - _printed(indicator, then))


def _printed(indicator: Indicator, amount: Amount) -> Decimal:
    if indicator.form is Form.COUNT:
        return Decimal(str(amount.value))
    value = Decimal(str(amount.numerator)) / Decimal(str(amount.denominator))
    return (value * (100 if indicator.form is Form.SHARE else 1)).quantize(Decimal("0.1"), ROUND_HALF_UP)
