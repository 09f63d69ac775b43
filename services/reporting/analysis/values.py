"""Values of schools, in an order that does not depend on the statement's."""

from collections.abc import Iterable

from services.natural_order import natural
from services.reporting.indicators.indicator import Form, Indicator, Level, Unit
from services.reporting.indicators.registry import Registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures


def known(amount: Amount | None) -> float | None:
    """Its value; None where there is none, of an empty group too."""
    return None if amount is None or amount.denominator == 0 else amount.value


def value(figure: Figure | None) -> float | None:
    """The figure's value; None where it is silent."""
    return known(figure.amount) if figure is not None else None


def in_order(schools: Iterable[PlaceFigures]) -> list[PlaceFigures]:
    """Schools as people expect them: «№ 2» before «№ 10»."""
    return sorted(schools, key=lambda school: (natural(school.name), school.organisation_id))


def values(schools: Iterable[PlaceFigures], code: str) -> list[float]:
    """What is known of the indicator."""
    return [found for school in schools if (found := value(school.figures.get(code))) is not None]


def comparable(registry: Registry) -> list[Indicator]:
    """Shares and means: they do not grow with the school. Shares of schools say only yes or no of a single one."""
    of_schools = registry.at(Level.SCHOOL)
    return [each for each in of_schools if each.form is not Form.COUNT and each.unit is not Unit.SCHOOLS]
