"""The sheet «Из чего»: the numerator, denominator and days of every figure, and who was left out."""

from services.reporting.facts import STATE
from services.reporting.indicators.fact_codes import test_of
from services.reporting.indicators.indicator import Indicator, Rule
from services.reporting.statement.dates import day_of, last_day
from services.reporting.statement.model import Figure, Statement
from services.reporting.statement.wording import number_words
from services.reporting.table.paper import NOTES, Column, Paper
from services.reporting.table.told import told

COLUMNS = (
    Column("Где", 24),
    Column("Показатель", 40),
    Column("Значение", 12),
    Column("Числитель", 11),
    Column("Что в числителе", 30),
    Column("Знаменатель", 12),
    Column("Что в знаменателе", 30),
    Column("За какие дни", 30),
    Column("Не вошли", 44),
)
BY_HAND = "введено вручную"


def write(paper: Paper, statement: Statement) -> None:
    """Fill the sheet: the whole, then each school."""
    paper.head(COLUMNS, frozen=2)
    row = NOTES
    for place in (statement.whole, *statement.schools):
        for _, indicator, figure in told(place):
            row += 1
            paper.put(row, 0, place.name)
            paper.put(row, 1, indicator.title)
            paper.put(row, 2, figure, indicator, align="right", bold=True)
            if figure.amount is not None:
                paper.put(row, 3, figure.amount.numerator)
                paper.put(row, 5, figure.amount.denominator)
            paper.put(row, 4, indicator.numerator_words, indent=1)
            paper.put(row, 6, indicator.denominator_words, indent=1)
            paper.put(row, 7, dated(statement, indicator, figure))
            out = (f"{number_words(one.count)}: {one.words}" for one in figure.left_out if one.count)
            paper.put(row, 8, "; ".join(out))
    paper.filter(NOTES, row, len(COLUMNS))


def dated(statement: Statement, indicator: Indicator, figure: Figure) -> str:
    """The days that a figure is of, in words."""
    if figure.amount is not None and figure.amount.given:
        return BY_HAND
    match indicator.rule:
        case Rule.DURING:
            days = f"{statement.period.begins:%d.%m.%Y} – {last_day(statement):%d.%m.%Y}"
            if indicator.denominator in STATE:
                days += f"; {indicator.denominator_words} на {day_of(statement, indicator):%d.%m.%Y}"
            return days
        case Rule.AT_END:
            return f"на {day_of(statement, indicator):%d.%m.%Y}"
        case Rule.TAKING:
            instrument = test_of(indicator.numerator)
            for taking in statement.takings:
                if taking.instrument == instrument:
                    return f"{taking.wave_title}, с {taking.began_on:%d.%m.%Y}"
            return ""
