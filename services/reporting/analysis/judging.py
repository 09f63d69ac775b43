"""What is bad or good about each indicator that a rule looks at: norms, plans, changes, schools. Figures only."""

from dataclasses import dataclass
from itertools import pairwise

from services.reporting.analysis import rule as ruled
from services.reporting.analysis.rule import Rule
from services.reporting.analysis.values import in_order, known, value
from services.reporting.indicators import indicator as indicators
from services.reporting.indicators.indicator import Better, Form, Indicator, Level, Privacy, Unit
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Silence, Statement
from services.reporting.target import Target

SHARE_CHANGE = 0.05
"""Five percentage points: smaller changes of a share are not told of."""
SHARE_LEAST = 10
"""Denominators, then and now, that a change of a share is told of from on."""
SHARE_FROM = 0.5
"""The part of a period that has to pass before a share of what happens in it is compared with a whole one."""
CHANGE = 0.2
"""The part of what was before: smaller changes of a count are not told of, nor those of a single thing."""
MEAN_CHANGE = 0.1
"""The same of a mean."""
PACE_FROM = 0.25
"""The part of a period that has to pass before a plan can be behind."""
PACE = 0.8
"""Behind is what has less than this part of the plan that the time passed would ask for."""
GOOD_LEAST = 3
"""Smaller denominators are nothing to be glad of, or to learn from; schools are counted one by one."""
ROW = 4
"""Periods in a row, this one too, that make a trend."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one indicator; it is bad when any of the bad ones is set.

    `changed` is a change beyond the norm for better (1), worse (-1), or none (0); `row` has the values of a trend.
    `schools` are bad by themselves, the worst first; `silent` ones have no data; `strong` reach what is good.
    `absent`: nobody has told what should be known.
    """

    rule: Rule
    indicator: Indicator
    figure: Figure
    beyond: bool = False
    reached: bool = False
    behind: bool = False
    fulfilled: bool = False
    changed: int = 0
    row: tuple[float, ...] = ()
    schools: tuple[PlaceFigures, ...] = ()
    silent: tuple[PlaceFigures, ...] = ()
    strong: tuple[PlaceFigures, ...] = ()
    absent: bool = False

    @property
    def bad(self) -> bool:
        """Whether something has to be done."""
        return self.beyond or self.behind or self.changed < 0 or bool(self.schools or self.silent) or self.absent

    @property
    def short_of_plan(self) -> bool:
        """Whether its plan is not reached, however much time is left."""
        amount, plan = self.figure.amount, self.figure.plan
        part = part_of_plan(plan, amount) if plan is not None and amount is not None else None
        return part is not None and (part > 1 if self.indicator.better is Better.DOWN else part < 1)

    @property
    def good(self) -> bool:
        """Whether there is something to be glad of, and nothing bad."""
        return not self.bad and (self.reached or self.fulfilled or self.changed > 0)

    @property
    def weight(self) -> int:
        """How soon it is told of: the rule's weight; what is true of the whole place comes before
        what is true of some schools only."""
        whole = 20 * self.beyond + 10 * (self.behind or self.absent) + 5 * (self.changed < 0)
        return 10 * self.rule.weight + whole


def findings(statement: Statement) -> list[Finding]:
    """Findings that are bad or good: the bad ones first, then by weight."""
    level = Level(statement.kind.value)
    looked = [
        _judged(statement, rule, registry().of(code), figure)
        for code, rule in ruled.rules().items()
        if level in registry().of(code).levels and (figure := statement.whole.figures.get(code)) is not None
    ]
    return sorted(
        (found for found in looked if found.bad or found.good), key=lambda each: (each.good, -each.weight)
    )


def elapsed(statement: Statement) -> float:
    """The part of the period that has passed when the statement was made, from 0 to 1."""
    period = statement.period
    days = (statement.made_at.date() - period.begins).days + 1
    return min(max(days / (period.ends - period.begins).days, 0.0), 1.0)


def part_of_plan(plan: Target, amount: Amount) -> float | None:
    """How much of the plan is there: 1 is all of it; None where nothing can be said."""
    if plan.number is not None:
        return amount.numerator / plan.number if plan.number else None
    if not amount.denominator or not plan.share:
        return None
    return 1000 * amount.value / plan.share


def _judged(statement: Statement, rule: Rule, indicator: Indicator, figure: Figure) -> Finding:
    passed = elapsed(statement)
    ripe = passed >= rule.after
    amount = figure.amount
    schools = in_order(statement.schools)
    weak = [each for each in schools if ripe and _beyond(rule, each.figures.get(indicator.code))]
    weak.sort(key=lambda each: value(each.figures[indicator.code]) or 0.0, reverse=rule.above is not None)
    asked = rule.absent is not None and indicator.privacy is not Privacy.GROUP
    silent = [each for each in schools if asked and _no_data(each.figures.get(indicator.code))]
    if amount is None or known(amount) is None:
        absent = asked and figure.silence is Silence.NO_DATA
        return Finding(rule, indicator, figure, absent=absent, silent=() if absent else tuple(silent))
    behind, fulfilled = _by_plan(figure, indicator, passed)
    row = _row(statement, indicator, amount, passed)
    changed = _changed(statement, indicator, figure, passed) or _side(indicator, row[-1] - row[0] if row else 0)
    beyond = _beyond(rule, figure)
    return Finding(
        rule,
        indicator,
        figure,
        beyond=ripe and beyond,
        reached=_reached(rule, figure),
        behind=behind,
        fulfilled=fulfilled,
        # What is too early to blame is too early to praise.
        changed=0 if beyond and not ripe and changed > 0 else changed,
        row=row,
        schools=tuple(weak),
        silent=tuple(silent),
        strong=tuple(each for each in schools if _reached(rule, each.figures.get(indicator.code))),
    )


def _no_data(figure: Figure | None) -> bool:
    return figure is not None and figure.silence is Silence.NO_DATA


def _beyond(rule: Rule, figure: Figure | None) -> bool:
    found = value(figure)
    if found is None or figure is None or figure.amount is None:
        return False
    denominator = figure.amount.denominator
    if denominator is not None and denominator < rule.least:
        return False
    return (rule.below is not None and found < rule.below) or (rule.above is not None and found > rule.above)


def _reached(rule: Rule, figure: Figure | None) -> bool:
    found = value(figure)
    if found is None or figure is None or figure.amount is None or rule.reached is None:
        return False
    denominator = figure.amount.denominator
    one_by_one = registry().of(rule.indicator).unit is Unit.SCHOOLS
    if denominator is not None and denominator < GOOD_LEAST and not one_by_one:
        return False
    return found <= rule.reached if rule.above is not None else found >= rule.reached


def _by_plan(figure: Figure, indicator: Indicator, passed: float) -> tuple[bool, bool]:
    """Whether it is behind its plan, for the time that has passed; whether the plan is fulfilled."""
    if figure.plan is None or figure.amount is None:
        return False, False
    part = part_of_plan(figure.plan, figure.amount)
    if part is None:
        return False, False
    if indicator.better is Better.DOWN:
        return part > 1, part <= 1
    due = 1.0 if passed >= 1 else passed * PACE if passed >= PACE_FROM else 0.0
    return part < due, part >= 1


def _comparable_yet(indicator: Indicator, passed: float) -> bool:
    """What is counted during a period grows until its end: an unfinished one is not set against a whole one."""
    if indicator.rule is not indicators.Rule.DURING:
        return True
    return passed >= 1 or (indicator.form is not Form.COUNT and passed >= SHARE_FROM)


def _changed(statement: Statement, indicator: Indicator, figure: Figure, passed: float) -> int:
    then, now = figure.before, figure.amount
    if then is None or now is None or not _comparable_yet(indicator, passed) or not _notable(indicator, then, now):
        return 0
    return _side(indicator, now.value - then.value)


def _side(indicator: Indicator, difference: float) -> int:
    if indicator.better is Better.NEITHER or difference == 0:
        return 0
    return 1 if (difference > 0) == (indicator.better is Better.UP) else -1


def _notable(indicator: Indicator, then: Amount, now: Amount) -> bool:
    first, last = known(then), known(now)
    if first is None or last is None:
        return False
    difference = round(abs(last - first), 9)
    if indicator.form is Form.COUNT:
        return difference >= 2 and difference >= CHANGE * first
    if indicator.form is Form.MEAN:
        return difference > 0 and difference >= MEAN_CHANGE * abs(first)
    least = min(then.denominator or 0, now.denominator or 0)
    return difference >= SHARE_CHANGE and least >= SHARE_LEAST


def _row(statement: Statement, indicator: Indicator, amount: Amount, passed: float) -> tuple[float, ...]:
    """Values of the last `ROW` periods that only rise or only fall, notably; nothing otherwise."""
    past = [point.amounts.get(indicator.code) for point in statement.dynamics[-(ROW - 1) :]]
    amounts = [each for each in (*past, amount) if each is not None and known(each) is not None]
    if len(amounts) < ROW or not _comparable_yet(indicator, passed) or not _notable(indicator, amounts[0], amount):
        return ()
    told = [each.value for each in amounts]
    steps = [later - earlier for earlier, later in pairwise(told)]
    rising, falling = all(step > 0 for step in steps), all(step < 0 for step in steps)
    return tuple(told) if rising or falling else ()
