"""What measures have brought."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.reporting.analysis.effect import Outcome, effect_words, effects, outcome
from services.reporting.facts import Taking
from services.reporting.periods import month_of
from services.reporting.statement.model import Amount, Drafted, Measure, Statement
from tests.services.reporting.analysis.district import AFTER, figure, share, statement

BEFORE = datetime(2026, 1, 20, tzinfo=UTC)


def noted(code: str, amount: Amount | None) -> Statement:
    """An earlier statement with one measure for the indicator."""
    measure = Measure(code, "Сделать лучше", date(2026, 2, 1), "куратор школы")
    return replace(statement([figure(code, amount)], made_at=BEFORE), drafted=Drafted(measures=(measure,)))


@pytest.mark.parametrize(
    ("code", "then", "now", "found", "words"),
    [
        ("early.mentored", share(0.4), share(0.55), Outcome.BETTER, "стало лучше (было 40 %, сейчас 55 %)"),
        ("pairs.silent", share(0.4), share(0.55), Outcome.WORSE, "стало хуже (было 40 %, сейчас 55 %)"),
        ("early.mentored", share(0.4), share(0.4, 50), Outcome.SAME, "без изменений (40 %)"),
        ("staffing.posts", Amount(10), Amount(12), Outcome.OTHER, "изменилось (было 10, сейчас 12)"),
        ("early.mentored", share(0.4), None, Outcome.UNKNOWN, "сравнить пока нельзя"),
        ("early.mentored", Amount(0, 0), share(0.4), Outcome.UNKNOWN, "сравнить пока нельзя"),
    ],
)
def test_an_effect_is_told_by_which_change_is_good(
    code: str, then: Amount, now: Amount | None, found: Outcome, words: str
) -> None:
    [effect] = effects(noted(code, then), statement([figure(code, now)]))
    assert outcome(effect) is found
    assert effect_words(effect).replace("\N{NO-BREAK SPACE}", " ") == words
    assert effect.noted_on == date(2026, 1, 20)
    assert effect.measure == "Сделать лучше"


def test_counts_of_periods_of_different_length_are_not_compared() -> None:
    earlier = noted("meetings.held", Amount(10))
    month = statement([figure("meetings.held", Amount(3))], period=month_of(date(2026, 5, 5)))
    [effect] = effects(earlier, month)
    assert outcome(effect) is Outcome.UNKNOWN
    [effect] = effects(earlier, statement([figure("meetings.held", Amount(13))]))
    assert outcome(effect) is Outcome.BETTER


def test_results_of_one_taking_are_no_effect_of_a_measure_between_its_answers() -> None:
    def of(wave: str, made: Statement) -> Statement:
        return replace(made, takings=(Taking("boyko", "", "1", wave, "", date(2026, 1, 10), None, 0),))

    def found(code: str, wave: str) -> Outcome:
        now = of(wave, statement([figure(code, share(0.2))]))
        [effect] = effects(of("c1", noted(code, share(0.4))), now)
        return outcome(effect)

    assert found("boyko.exhaustion", "c1") is Outcome.UNKNOWN
    assert found("boyko.exhaustion", "c2") is Outcome.BETTER
    assert found("boyko.coverage", "c1") is Outcome.WORSE, "who has taken it since is what a measure is for"


def test_there_is_no_effect_without_an_earlier_day_of_the_same_place() -> None:
    earlier, now = noted("early.mentored", share(0.4)), statement([figure("early.mentored", share(0.5))])
    assert not effects(None, now)
    assert not effects(replace(earlier, organisation_id=9), now)
    assert not effects(replace(earlier, made_at=AFTER), now)
    assert effects(replace(earlier, made_at=AFTER - timedelta(days=1)), now)
