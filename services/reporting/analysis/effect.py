"""What measures of an earlier statement have brought: their indicators then and now."""

from enum import Enum

from services.reporting.analysis.values import known
from services.reporting.indicators.indicator import Better, Form, Privacy, Rule
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Effect, Statement
from services.reporting.statement.takings import same_taking
from services.reporting.statement.wording import amount_words


class Outcome(Enum):
    """How an indicator is after a measure."""

    BETTER = "стало лучше"
    SAME = "без изменений"
    WORSE = "стало хуже"
    OTHER = "изменилось"
    UNKNOWN = "сравнить пока нельзя"


def effects(earlier: Statement | None, statement: Statement) -> tuple[Effect, ...]:
    """Every measure of the earlier statement of the same place, in its order; none without an earlier day.

    What is counted during a period is compared over periods of one kind only, and published results with those of
    another taking only, since people who came to the same one later change nothing: there is no `now` otherwise.
    """
    if earlier is None or earlier.organisation_id != statement.organisation_id:
        return ()
    noted_on = earlier.made_at.date()
    if noted_on >= statement.made_at.date():
        return ()
    return tuple(
        Effect(
            measure.indicator,
            measure.words,
            noted_on,
            _amount(earlier, measure.indicator),
            _amount(statement, measure.indicator) if _comparable(earlier, statement, measure.indicator) else None,
        )
        for measure in earlier.drafted.measures
        if measure.indicator in registry()
    )


def outcome(effect: Effect) -> Outcome:
    """How its indicator has changed, by which change is good."""
    then, now = known(effect.then), known(effect.now)
    if then is None or now is None:
        return Outcome.UNKNOWN
    better = registry().of(effect.indicator).better
    if round(then, 9) == round(now, 9):
        return Outcome.SAME
    if better is Better.NEITHER:
        return Outcome.OTHER
    return Outcome.BETTER if (now > then) == (better is Better.UP) else Outcome.WORSE


def effect_words(effect: Effect) -> str:
    """«стало лучше (было 40 %, сейчас 55 %)», «сравнить пока нельзя»."""
    found = outcome(effect)
    if effect.then is None or effect.now is None or found is Outcome.UNKNOWN:
        return found.value
    indicator = registry().of(effect.indicator)
    then, now = amount_words(indicator, effect.then), amount_words(indicator, effect.now)
    if found is Outcome.SAME:
        return f"{found.value} ({now})"
    return f"{found.value} (было {then}, сейчас {now})"


def _amount(statement: Statement, code: str) -> Amount | None:
    figure = statement.whole.figures.get(code)
    return figure.amount if figure is not None else None


def _comparable(earlier: Statement, statement: Statement, code: str) -> bool:
    indicator = registry().of(code)
    if indicator.privacy is Privacy.GROUP and code in same_taking(statement.takings, earlier.takings):
        return False
    counted_during = indicator.rule is Rule.DURING and indicator.form is Form.COUNT
    return not counted_during or earlier.period.kind is statement.period.kind
