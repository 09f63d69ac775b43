"""What charts show of a statement, found without drawing it: by it one knows which charts there are."""

from collections.abc import Sequence

from services.reporting.facts import Taking
from services.reporting.groups.model import GroupResults
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Point, Statement

BURNOUT = "boyko"
NEEDS = "deficits"
COVERAGE = ("deficits.coverage", "boyko.coverage", "courses.coverage")
ROUTES = ("iom.developed",)
MENTORED = ("early.mentored",)
"""Codes of shares to rank schools by, of which the first is taken that the schools have."""
MOVING = (
    "teachers.early_share",
    "mentors.count",
    "deficits.coverage",
    "deficits.found",
    "iom.developed",
    "iom.took_part",
    "early.mentored",
    "pairs.worked",
    "meetings.per_pair",
    "boyko.exhaustion",
)
"""Codes to be compared from period to period, the most telling of each part of a report."""
MOST_MOVING = 6
MOST_PERIODS = 6
"""The latest ones: more names would not fit side by side."""
FUNNEL = (
    ("funnel.requests", "Заявки на наставника"),
    ("funnel.proposed", "Предложенные пары"),
    ("funnel.approved", "Пары с согласием обеих сторон"),
    ("funnel.met", "Пары, которые начали встречаться"),
    ("funnel.completed", "Пары, завершившие программу"),
)
"""Facts of a pair's life, in their order."""
_LEAST_SCHOOLS = 2


def taken(statement: Statement, instrument: str) -> tuple[Taking, GroupResults] | None:
    """The taking of the instrument with what is published of the whole; None where nothing is."""
    for taking in statement.takings:
        if taking.instrument == instrument and taking.results is not None and taking.results.people:
            return taking, taking.results
    return None


def opinions(statement: Statement) -> Sequence[tuple[Taking, GroupResults]]:
    """Takings of all other instruments with levels, and what is published of them."""
    return [
        (taking, taking.results)
        for taking in statement.takings
        if taking.instrument not in (BURNOUT, NEEDS)
        and taking.results is not None
        and any(factor.people for factor in taking.results.factors)
    ]


def symptoms_by_school(statement: Statement) -> Taking | None:
    """The taking of the burnout test where a school has published symptoms."""
    found = taken(statement, BURNOUT)
    if found is None or not any(results.symptoms for results in found[0].schools.values()):
        return None
    return found[0]


def ranked(statement: Statement, codes: Sequence[str]) -> str | None:
    """The first of the codes that at least two schools have a value of; None where there is none."""
    return next((code for code in codes if len(valued(statement, code)) >= _LEAST_SCHOOLS), None)


def valued(statement: Statement, code: str) -> list[tuple[PlaceFigures, Amount]]:
    """Schools with a share of an indicator."""
    found = [(school, school.figures.get(code)) for school in statement.schools]
    return [
        (school, figure.amount)
        for school, figure in found
        if figure is not None and figure.amount is not None and figure.amount.denominator
    ]


def planned(statement: Statement) -> list[tuple[Figure, Amount, float]]:
    """Figures of the whole with a plan and a value, and which part of the plan is done (1 is all of it)."""
    found = []
    for figure in statement.whole.figures.values():
        done = done_part(figure)
        if done is not None and figure.amount is not None and figure.code in registry():
            found.append((figure, figure.amount, done))
    return found


def done_part(figure: Figure) -> float | None:
    """Which part of its plan is done; None without a value or a plan of more than nothing."""
    plan, amount = figure.plan, figure.amount
    if plan is None or amount is None:
        return None
    if plan.number is not None:
        return amount.numerator / plan.number if plan.number else None
    return amount.value / (plan.share / 1000) if plan.share and amount.denominator else None


def points(statement: Statement) -> Sequence[Point]:
    """The latest periods before, and this one; amounts that are of nobody are left out."""
    here = {code: figure.amount for code, figure in statement.whole.figures.items() if figure.amount is not None}
    all_points = [*statement.dynamics, Point(statement.period, here)][-MOST_PERIODS:]
    return [
        Point(point.period, {code: amount for code, amount in point.amounts.items() if amount.denominator != 0})
        for point in all_points
    ]


def moving(statement: Statement) -> list[str]:
    """Codes that at least two periods have a value of, at most `MOST_MOVING`."""
    periods = points(statement)
    return [code for code in MOVING if sum(code in point.amounts for point in periods) > 1][:MOST_MOVING]


def funnel(statement: Statement) -> list[tuple[str, int]]:
    """Stages of a pair's life in words with their counts; empty where nothing has happened."""
    found = [(title, round(statement.facts[code])) for code, title in FUNNEL if code in statement.facts]
    return found if any(count for _, count in found) else []
