"""Recommendations and measures drafted from findings."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.people.model import Kind
from services.reporting.analysis.judging import findings
from services.reporting.analysis.recommending import (
    MOST_MEASURES,
    MOST_RECOMMENDATIONS,
    measures,
    recommendations,
)
from services.reporting.analysis.rule import Rule, rules
from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Measure, Recommendation, Silence, Statement
from tests.services.reporting.analysis.district import figure, school, share, statement
from tests.services.reporting.sample import sample_school, sample_statement


def advised(made: Statement) -> tuple[Recommendation, ...]:
    return recommendations(made, findings(made))


def planned(made: Statement) -> tuple[Measure, ...]:
    return measures(made, findings(made))


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.indicator)
def test_every_rule_has_a_measure_and_advice_for_each_kind_of_place(rule: Rule) -> None:
    for level in registry().of(rule.indicator).levels:
        kind = Kind(level.value)
        assert rule.tasks[kind].words
        assert rule.advice.get(kind) or rule.absent
    for told in (*(each for many in rule.advice.values() for each in many),):
        assert told.words.endswith(".")
        assert "{" not in told.words
    assert (Kind.SCHOOL in rule.tasks) is (Level.SCHOOL in registry().of(rule.indicator).levels)


def test_advice_goes_to_the_schools_concerned_and_names_who_can_help() -> None:
    schools = [
        school(2, {"pairs.met": share(0.5, 4)}),
        school(10, {"pairs.met": share(0.25, 4)}),
        school(3, {"pairs.met": share(1, 4)}),
        school(4, {"pairs.met": share(1, 2)}),
    ]
    made = statement([figure("pairs.met", share(0.6))], schools)
    to_heads, to_mentors = advised(made)
    assert to_heads.addressee == "директора: школы № 2 и № 10"
    assert to_mentors.addressee == "наставники: школы № 2 и № 10"
    assert to_heads.words.endswith(
        "Опытом может поделиться школа № 3: здесь этот показатель 100\N{NO-BREAK SPACE}%."
    )
    assert "Опытом" not in to_mentors.words
    [alone] = advised(replace(made, schools=(schools[0], schools[2])))[:1]
    assert alone.addressee == "директор: школа № 2"


def test_what_people_have_answered_about_themselves_sets_no_example() -> None:
    schools = [school(1, {"boyko.tension": share(0.6)}), school(2, {"boyko.tension": share(0.0)})]
    made = statement([figure("boyko.tension", share(0.4))], schools)
    assert all("№ 2" not in each.addressee + each.words for each in advised(made))
    assert {each.addressee for each in advised(made)} == {"директор: школа № 1", "педагог-психолог: школа № 1"}


def test_the_same_advice_is_given_once_to_all_concerned() -> None:
    schools = [
        school(1, {"boyko.tension": share(0.6), "boyko.exhaustion": share(0.1)}),
        school(2, {"boyko.tension": share(0.1), "boyko.exhaustion": share(0.6)}),
    ]
    made = statement([figure("boyko.tension", share(0.4)), figure("boyko.exhaustion", share(0.4))], schools)
    assert [each.addressee for each in advised(made)] == [
        "директора: школы № 1 и № 2",
        "педагоги-психологи: школы № 1 и № 2",
    ]
    assert {each.indicator for each in advised(made)} == {"boyko.exhaustion"}
    assert len(planned(made)) == 2


def test_whoever_has_not_told_is_asked() -> None:
    empty = figure("documents.complete", None, silence=Silence.NO_DATA)
    schools = [school(1, {"documents.complete": Amount(1, 1)}), school(2, {"documents.complete": empty})]
    made = statement([figure("documents.complete", Amount(1, 1))], schools)
    [asked] = advised(made)
    assert asked.addressee == "куратор: школа № 2"
    assert asked.words.startswith("Ответить в кадровой карте")
    assert not planned(made)


def test_terms_are_working_days_and_not_in_the_summer() -> None:
    # Ten days after the 28th of December are New Year's holidays.
    bad = [figure("schools.curated", share(0.5))]
    [measure] = planned(statement(bad, made_at=datetime(2026, 12, 28, tzinfo=UTC)))
    assert measure.due_on == date(2027, 1, 11)
    [measure] = planned(statement(bad, made_at=datetime(2027, 6, 14, tzinfo=UTC)))
    assert measure.due_on == date(2027, 9, 15)
    assert measure.indicator == "schools.curated"
    assert measure.responsible == "методист муниципальной службы"


def test_good_news_asks_for_nothing() -> None:
    made = statement([figure("pairs.met", share(1)), figure("schools.curated", share(1))])
    assert all(each.good for each in findings(made))
    assert not advised(made)
    assert not planned(made)


def test_a_whole_report_has_not_too_much_of_it() -> None:
    for made in (sample_statement(), sample_statement(2, 14), sample_school()):
        bad = {each.indicator.code for each in findings(made) if each.bad}
        assert 0 < len(advised(made)) <= MOST_RECOMMENDATIONS
        assert 0 < len(planned(made)) <= MOST_MEASURES
        assert {each.indicator for each in (*advised(made), *planned(made))} <= bad
        assert all("{" not in each.addressee for each in advised(made))
        assert len({each.words for each in planned(made)}) == len(planned(made))
