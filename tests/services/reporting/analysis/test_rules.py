"""Conclusions: every rule fires when it should, and is silent when not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.people.model import Kind
from services.reporting.analysis.judging import findings
from services.reporting.analysis.rule import Rule, features, links, rules
from services.reporting.analysis.rules import MOST_BAD, MOST_GOOD, conclusions
from services.reporting.indicators.indicator import Form, Indicator, Level, Privacy
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Conclusion, Figure, Silence
from services.reporting.target import Target
from tests.services.reporting.analysis.district import AFTER, YEAR, figure, school, share, statement
from tests.services.reporting.sample import sample_school, sample_statement

NORMED = [rule for rule in rules().values() if rule.below is not None or rule.above is not None]
ABOUT_GROUPS = [rule for rule in NORMED if registry().of(rule.indicator).privacy is Privacy.GROUP]
EARLY, HALF = datetime(2025, 10, 15, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)


def of_value(indicator: Indicator, value: float) -> Amount:
    return Amount(value) if indicator.form is Form.COUNT else Amount(1000 * value, 1000)


def beside(rule: Rule, indicator: Indicator, *, bad: bool) -> Amount:
    """A value just on the bad side of the norm, or on it."""
    step = 1 if indicator.form is Form.COUNT else 0.01
    norm = rule.below if rule.below is not None else rule.above
    assert norm is not None
    if not bad:
        return of_value(indicator, norm)
    return of_value(indicator, norm - step if rule.below is not None else norm + step)


def told(figures: Mapping[str, Figure] | Figure, **rest: object) -> tuple[Conclusion, ...]:
    told = [figures] if isinstance(figures, Figure) else list(figures.values())
    return conclusions(statement(told, **rest))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", NORMED, ids=lambda rule: rule.indicator)
def test_every_norm_is_told_beyond_it_and_not_on_it(rule: Rule) -> None:
    indicator = registry().of(rule.indicator)
    [bad] = told(figure(rule.indicator, beside(rule, indicator, bad=True)))
    assert not bad.good
    assert bad.indicator == rule.indicator
    assert bad.words.startswith(rule.bad.split("{")[0])
    assert not [each for each in told(figure(rule.indicator, beside(rule, indicator, bad=False))) if not each.good]
    assert not told(figure(rule.indicator, None, silence=Silence.TOO_FEW))
    assert not told(figure(rule.indicator, Amount(0, 0) if indicator.form is not Form.COUNT else None))
    if rule.reached is not None:
        best = of_value(indicator, rule.reached)
        [good] = told(figure(rule.indicator, best))
        assert good.good
        assert good.words.startswith(rule.good.split("{")[0])


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.indicator)
def test_every_rule_tells_of_a_change_for_worse_and_for_better(rule: Rule) -> None:
    indicator = registry().of(rule.indicator)
    low, high = (Amount(5), Amount(9)) if indicator.form is Form.COUNT else (share(0.5, 80), share(0.7, 80))
    if rule.indicator in ("iom.for_deficits", "staffing.posts"):
        # More of them is neither good nor bad.
        assert not told(figure(rule.indicator, low, then=high))
        return
    for then, now in ((low, high), (high, low)):
        [found] = told(figure(rule.indicator, now, then=then))
        improved = (now is high) == (indicator.better.value == "up")
        assert ("лучше, чем в прошлом периоде" if improved else "хуже, чем в прошлом периоде") in found.words
        # What has changed for the better may still be beyond the norm.
        as_it_is = told(figure(rule.indicator, now))
        assert found.good == (improved and all(each.good for each in as_it_is))


@pytest.mark.parametrize(
    ("then", "now"),
    [(share(0.5), share(0.46)), (share(0.5, 9), share(0.2, 9)), (None, share(0.1)), (Amount(0, 0), share(0.1))],
)
def test_small_changes_and_small_groups_are_no_news(then: Amount | None, now: Amount) -> None:
    assert not told(figure("iom.developed", now, then=then))


def test_a_count_of_an_unfinished_period_is_not_set_against_a_whole_one() -> None:
    fewer = figure("meetings.held", Amount(10), then=Amount(80))
    assert not told(fewer, made_at=HALF)
    assert told(fewer, made_at=AFTER)
    # What is too early to blame is not praised either.
    assert not told(figure("events.held_share", share(0.3), then=share(0.1)), made_at=HALF)
    # How things are today can be compared at any time.
    assert told(figure("mentors.count", Amount(10), then=Amount(20)), made_at=EARLY)


@pytest.mark.parametrize(
    ("done", "made_at", "good"),
    [
        (36, AFTER, True),
        (35, AFTER, False),
        (5, HALF, False),
        (17, HALF, None),
        (36, HALF, True),
        (0, EARLY, None),
    ],
)
def test_a_plan_is_judged_by_the_time_that_has_passed(done: int, made_at: datetime, good: bool | None) -> None:
    found = told(figure("iom.developed", Amount(done, 450), plan=Target(number=36)), made_at=made_at)
    assert [each.good for each in found] == ([] if good is None else [good])
    if good is not None:
        assert "план 36" in found[0].words
    if good is False and made_at is HALF:
        assert "прошло 50\N{NO-BREAK SPACE}% периода" in found[0].words


def test_the_share_of_the_seed_is_above_its_plan() -> None:
    [found] = told(figure("iom.developed", Amount(36, 450), plan=Target(share=50)))
    assert found.good
    assert "8,0\N{NO-BREAK SPACE}% (36 из 450); план 5\N{NO-BREAK SPACE}%, выше плана" in found.words


def test_what_is_planned_here_is_told_instead_of_our_norm_until_it_is_reached() -> None:
    plan = Target(share=600)
    [short] = told(figure("early.mentored", share(0.4, 45), plan=plan))
    assert "план 60\N{NO-BREAK SPACE}%, ниже плана" in short.words
    assert "ориентир" not in short.words
    [reached] = told(figure("early.mentored", share(0.8, 45), plan=plan))
    assert "ориентир 100\N{NO-BREAK SPACE}%; план 60\N{NO-BREAK SPACE}%, выше плана" in reached.words


def test_four_periods_in_one_direction_are_a_trend() -> None:
    past = [{"pairs.met": share(value)} for value in (0.81, 0.84, 0.86)]
    [found] = told(figure("pairs.met", share(0.89), then=share(0.86)), dynamics=past)
    assert found.good
    values = "81\N{NO-BREAK SPACE}%, 84\N{NO-BREAK SPACE}%, 86\N{NO-BREAK SPACE}%, 89\N{NO-BREAK SPACE}%"
    assert f"от периода к периоду доля растёт: {values}" in found.words
    assert not told(figure("pairs.met", share(0.85), then=share(0.86)), dynamics=past)
    # A period without data breaks the row.
    assert not told(figure("pairs.met", share(0.89), then=share(0.86)), dynamics=[past[0], {}, past[2]])


def test_schools_behind_a_good_whole_are_named_the_worst_first() -> None:
    schools = [
        school(10, {"pairs.met": share(0.5, 4)}),
        school(2, {"pairs.met": share(0.25, 4)}),
        school(3, {"pairs.met": share(1, 4)}),
    ]
    [found] = told(figure("pairs.met", share(0.9)), schools=schools)
    assert not found.good
    listed = "школы № 2 (25\N{NO-BREAK SPACE}%) и № 10 (50\N{NO-BREAK SPACE}%)"
    assert found.words.endswith(f"Ниже ориентира (80\N{NO-BREAK SPACE}%): {listed}.")


@pytest.mark.parametrize("rule", ABOUT_GROUPS, ids=lambda rule: rule.indicator)
def test_hidden_schools_are_in_no_conclusion_about_groups(rule: Rule) -> None:
    indicator = registry().of(rule.indicator)
    bad = beside(rule, indicator, bad=True)
    schools = [school(1, {rule.indicator: bad}), school(7, {rule.indicator: None}), school(8, {})]
    [found] = told(figure(rule.indicator, bad), schools=schools)
    assert "№ 7" not in found.words
    assert "№ 8" not in found.words
    if Level.SCHOOL in indicator.levels:
        assert "школа № 1" in found.words


def test_a_form_that_was_not_filled_is_asked_for() -> None:
    there = {"staffing.posts": Amount(20)}
    empty = {"staffing.posts": figure("staffing.posts", None, silence=Silence.NO_DATA)}
    schools = [school(1, there), school(2, empty), school(3, empty)]
    [found] = told(figure("staffing.posts", Amount(20)), schools=schools)
    assert found.words.endswith("Нет данных: школы № 2 и № 3.")
    [found] = told(figure("staffing.posts", None, silence=Silence.NO_DATA), kind=Kind.SCHOOL)
    assert found.words == "Ставки педагогов по штатному расписанию: нет данных."
    # There may be no requests at all: that is no gap.
    assert not told(figure("requests.waiting", None, silence=Silence.NO_DATA), kind=Kind.SCHOOL)


def test_missing_documents_are_named() -> None:
    codes = ("documents.complete", "documents.p", "documents.o")
    of_three = [figure(code, Amount(there, 3)) for code, there in zip(codes, (1, 3, 1), strict=True)]
    [found] = told({each.code: each for each in of_three})
    assert "в 33,3\N{NO-BREAK SPACE}% (1 из 3)" in found.words
    assert "Не хватает: «Приказ о внедрении» (в\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}школах)." in found.words
    of_one = [figure(code, Amount(there, 1)) for code, there in zip(codes, (0, 1, 0), strict=True)]
    [found] = told({each.code: each for each in of_one}, kind=Kind.SCHOOL)
    assert found.words == "Набор документов о наставничестве неполный. Не хватает: «Приказ о внедрении»."


def test_the_weighty_and_the_whole_come_first_and_the_good_last() -> None:
    found = conclusions(sample_statement())
    assert [each.good for each in found] == sorted(each.good for each in found)
    assert sum(not each.good for each in found) <= MOST_BAD
    assert 0 < sum(each.good for each in found) <= MOST_GOOD
    heavy = figure("early.mentored", share(0.5)), figure("network.schools", share(0.5))
    assert [each.indicator for each in told({each.code: each for each in heavy})] == [
        "early.mentored",
        "network.schools",
    ]


def test_every_code_is_in_the_registry_and_every_finding_says_something_of_its_own() -> None:
    assert {code for rule in rules().values() for code in (rule.indicator, *rule.parts)} <= {
        each.code for each in registry().all
    }
    assert all(code in registry() for link in links() for code in (link.factor, link.result))
    assert all(
        Level.SCHOOL in registry().of(code).levels and registry().of(code).form is not Form.COUNT
        for code in (*features(), *(code for link in links() for code in (link.factor, link.result)))
    )
    # Whatever can be planned has a rule, or nobody would hear that it is behind.
    planned = {each.code for each in registry().planned}
    assert not planned - set(rules())
    for made in (
        *(sample_statement(seed) for seed in range(1, 6)),
        *(sample_school(seed) for seed in range(1, 6)),
    ):
        for each in conclusions(made):
            assert "{" not in each.words
            assert "  " not in each.words
            assert not each.words.startswith((".", ":"))


def test_schools_in_another_order_say_the_same() -> None:
    made = sample_statement()
    assert findings(replace(made, schools=made.schools[::-1])) == findings(made)
    assert YEAR.ends < AFTER.date()
