"""What comparing schools and periods has shown: groups, ranking, dynamics, figures by school."""

from collections.abc import Sequence

from services.reporting.indicators.indicator import Indicator
from services.reporting.indicators.registry import registry
from services.reporting.note.model import Grid, Group, Ranked, Row
from services.reporting.note.parts import NOTHING
from services.reporting.period_names import briefly
from services.reporting.statement.headline import TELLING
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Statement
from services.reporting.statement.wording import amount_words, number_words

MOST_RANKED = 12
COLUMNS = 5
_SCHOOL_COLUMNS = (
    "teachers.count",
    "iom.developed",
    "early.mentored",
    "pairs.met",
    "deficits.coverage",
    "iom.took_part",
    "teachers.early_share",
    "boyko.coverage",
    "meetings.confirmed",
    "staffing.vacancies",
)
"""Indicators that schools are shown by, as many of the first ones as there is room and data for."""
_SHOWN_AT_EACH_END = 2


def telling_codes() -> frozenset[str]:
    """Indicators that short reports begin with."""
    return frozenset(code for codes in TELLING.values() for code in codes)


def groups(statement: Statement) -> tuple[Group, ...]:
    """Schools alike and what tells them apart."""
    return tuple(
        Group(group.title, ", ".join(group.schools), "\n".join(group.features))
        for group in statement.analysis.groups
    )


def ranking(statement: Statement) -> tuple[Ranked, ...]:
    """The planned indicators first, then those that a short report begins with."""
    ranked = statement.analysis.ranking
    telling = telling_codes()
    known = [indicator for indicator in registry().all if indicator.code in ranked]
    known.sort(key=lambda indicator: (indicator.code not in telling, not indicator.planned))
    return tuple(_ranked(statement, indicator) for indicator in known[:MOST_RANKED])


def dynamics(statement: Statement) -> Grid:
    """Earlier periods and this one in columns, for planned and telling indicators that were known before."""
    points = [point for point in statement.dynamics if point.amounts]
    rows = []
    telling = telling_codes()
    for indicator in registry().all:
        if not indicator.planned and indicator.code not in telling:
            continue
        figure = statement.whole.figures.get(indicator.code)
        past = [point.amounts.get(indicator.code) for point in points]
        if figure is None or figure.amount is None or not any(past):
            continue
        cells = tuple(_amount(indicator, amount) for amount in (*past, figure.amount))
        rows.append(Row(indicator.short, cells))
    periods = (*(point.period for point in points), statement.period)
    return Grid(
        tuple(briefly(period) for period in periods),
        tuple(rows),
        "Данных за прошлые периоды нет: сравнить пока не с чем.",
    )


def by_school(statement: Statement) -> Grid:
    """A row for each school: the share and what it is made of."""
    known = registry()
    columns = [
        known.of(code)
        for code in _SCHOOL_COLUMNS
        if code in known and any(_known(school, code) for school in statement.schools)
    ][:COLUMNS]
    return Grid(
        tuple(indicator.short for indicator in columns),
        tuple(
            Row(school.name, tuple(_cell(indicator, school.figures.get(indicator.code)) for indicator in columns))
            for school in statement.schools
        )
        if columns
        else (),
        "По школам нет данных.",
    )


def _ranked(statement: Statement, indicator: Indicator) -> Ranked:
    analysis = statement.analysis
    told = analysis.ranking[indicator.code]
    ends = min(_SHOWN_AT_EACH_END, len(told) // 2)
    top, bottom = told[0][1], told[-1][1]
    apart = ends and top != bottom
    # Whoever is level with the other end is none of the best, or of the worst.
    best = [each for each in told[:ends] if each[1] != bottom]
    worst = [each for each in told[-ends:] if each[1] != top]
    return Ranked(
        name=indicator.short,
        mean=_value(indicator, analysis.means.get(indicator.code)),
        median=_value(indicator, analysis.medians.get(indicator.code)),
        best=_named(indicator, best) if apart else "школы не отличаются",
        worst=_named(indicator, worst) if apart else NOTHING,
    )


def _named(indicator: Indicator, places: Sequence[tuple[str, float]]) -> str:
    return "\n".join(f"{name}: {_value(indicator, value)}" for name, value in places)


def _value(indicator: Indicator, value: float | None) -> str:
    """A mean of counts has a digit after the comma, a share is worded as one."""
    return NOTHING if value is None else amount_words(indicator, Amount(value, 1.0))


def _amount(indicator: Indicator, amount: Amount | None) -> str:
    return amount_words(indicator, amount) if amount is not None and amount.denominator != 0 else NOTHING


def _known(school: PlaceFigures, code: str) -> bool:
    figure = school.figures.get(code)
    return figure is not None and figure.amount is not None


def _cell(indicator: Indicator, figure: Figure | None) -> str:
    if figure is None or figure.amount is None:
        return "скрыто" if figure is not None and figure.hidden else NOTHING
    words = amount_words(indicator, figure.amount)
    if figure.amount.denominator is None:
        return words
    return f"{words}\n{number_words(figure.amount.numerator)} из {number_words(figure.amount.denominator)}"
