"""Statements made of a few figures, for tests of what follows from them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from services.people.model import Kind
from services.reporting.periods import Period, before, previous, year_of
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Point, Silence, Statement
from services.reporting.target import Target

YEAR = year_of(date(2025, 10, 1))
"""It is over when statements are made."""
AFTER = datetime(2026, 11, 24, 7, tzinfo=UTC)


def share(value: float, of: float = 100) -> Amount:
    """A share of so many."""
    return Amount(value * of, of)


def figure(
    code: str,
    amount: Amount | None,
    *,
    then: Amount | None = None,
    plan: Target | None = None,
    silence: Silence | None = None,
) -> Figure:
    return Figure(code, amount, silence if amount is None else None, before=then, plan=plan)


def school(number: int, figures: Mapping[str, Figure | Amount | None]) -> PlaceFigures:
    """«Школа № …»; a plain amount is a figure without plan and past, None one that is hidden."""
    told = {
        code: each if isinstance(each, Figure) else figure(code, each, silence=Silence.TOO_FEW)
        for code, each in figures.items()
    }
    return PlaceFigures(100 + number, f"Школа № {number}", told)


def statement(
    figures: Sequence[Figure] = (),
    schools: Sequence[PlaceFigures] = (),
    *,
    kind: Kind = Kind.MUNICIPALITY,
    made_at: datetime = AFTER,
    period: Period = YEAR,
    dynamics: Sequence[Mapping[str, Amount]] = (),
) -> Statement:
    past = before(period, len(dynamics))
    return Statement(
        organisation_id=2,
        name="Приозёрный район",
        kind=kind,
        period=period,
        previous=previous(period),
        made_at=made_at,
        min_group=5,
        kept_on=None,
        whole=PlaceFigures(2, "Приозёрный район", {each.code: each for each in figures}),
        schools=tuple(schools),
        dynamics=tuple(Point(one, amounts) for one, amounts in zip(past, dynamics, strict=True)),
    )
