"""From facts to figures: amounts, and why there is none. Pure arithmetic, nothing is asked of anybody."""

from collections.abc import Collection, Iterable, Mapping

from services.reporting.indicators.fact_codes import SUM, test_of
from services.reporting.indicators.indicator import Indicator, Privacy
from services.reporting.statement.model import Amount, Figure, Silence, Uncounted
from services.reporting.target import Target


def amount_of(
    indicator: Indicator, facts: Mapping[str, float], given: Amount | None = None
) -> tuple[Amount | None, Silence | None]:
    """The amount, or why there is none. What was `given` by hand stands where nothing was counted.

    Published figures are never given by hand: nobody knows how many people are behind such a one.
    """
    counted, silence = _counted(indicator, facts)
    if given is not None and indicator.privacy is not Privacy.GROUP and (counted is None or not counted.numerator):
        empty = given.denominator is not None and given.denominator == 0
        return (None, Silence.EMPTY) if empty else (given, None)
    return counted, silence


def amounts_of(
    indicators: Iterable[Indicator], facts: Mapping[str, float], given: Mapping[str, Amount]
) -> dict[str, Amount]:
    """Amounts by the codes of indicators, without those that have none."""
    found = {one.code: amount_of(one, facts, given.get(one.code))[0] for one in indicators}
    return {code: amount for code, amount in found.items() if amount is not None}


def figures_of(
    indicators: Iterable[Indicator],
    facts: Mapping[str, float],
    before: Mapping[str, Amount],
    plans: Mapping[str, Target],
    given: Mapping[str, Amount],
    min_group: int,
    anonymous: Collection[str] = (),
) -> dict[str, Figure]:
    """A figure for each of the indicators, by their codes; all the rest is by code, too.

    `anonymous` are the instruments whose answers nobody may part by school, or see before the end.
    """
    found = {}
    for one in indicators:
        amount, silence = amount_of(one, facts, given.get(one.code))
        test = test_of(one.numerator)
        if silence is Silence.TOO_FEW and test in anonymous and facts[f"{test}.finished"] >= min_group:
            silence = Silence.ANONYMOUS
        found[one.code] = Figure(
            code=one.code,
            amount=amount,
            silence=silence,
            before=before.get(one.code) if amount is not None else None,
            plan=plans.get(one.code) if one.planned else None,
            left_out=_left_out(one, facts, min_group) if amount is not None and not amount.given else (),
        )
    return found


def with_sums(
    whole: Mapping[str, float], schools: Iterable[Mapping[str, float]], indicators: Iterable[Indicator]
) -> dict[str, float]:
    """Facts of the whole with those that are added up over its schools, where indicators ask for them."""
    places = list(schools)
    asked = {
        code for one in indicators for out in one.left_out for code in (out.fact, out.less) if code.startswith(SUM)
    }
    sums = {code: sum(facts.get(code.removeprefix(SUM), 0) for facts in places) for code in asked}
    return {**whole, **(sums if places else {})}


def _counted(indicator: Indicator, facts: Mapping[str, float]) -> tuple[Amount | None, Silence | None]:
    numerator = facts.get(indicator.numerator)
    denominator = facts.get(indicator.denominator) if indicator.denominator else None
    absent = numerator is None or (bool(indicator.denominator) and denominator is None)
    if indicator.privacy is Privacy.GROUP and (absent or denominator == 0):
        finished = facts.get(f"{test_of(indicator.numerator)}.finished", 0)
        return None, Silence.TOO_FEW if finished else Silence.NO_DATA
    if absent or numerator is None:
        return None, Silence.NO_DATA
    if denominator == 0:
        return None, Silence.EMPTY
    return Amount(numerator, denominator), None


def _left_out(indicator: Indicator, facts: Mapping[str, float], min_group: int) -> tuple[Uncounted, ...]:
    found = []
    for reason in indicator.left_out:
        if reason.fact in facts and reason.less in facts and facts[reason.fact] > facts[reason.less]:
            words = reason.words.format(min_group=min_group)
            found.append(Uncounted(facts[reason.fact] - facts[reason.less], words))
    return tuple(found)
