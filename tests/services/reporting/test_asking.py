"""What people write for reports: days, plans, past amounts; what they ask for as usual; what is told first."""

from dataclasses import replace
from datetime import date

import pytest

from services.diagnostics.answer_parsing import Unclear
from services.reporting.choices import chosen, usual_period
from services.reporting.indicators.indicator import Level
from services.reporting.indicators.registry import registry
from services.reporting.own_dates import parsed_days, period_of
from services.reporting.periods import days, half_of, previous, year_of
from services.reporting.statement.headline import LEAST, MOST, TELLING, attention, headline, leading, ranked
from services.reporting.statement.model import Amount, Conclusion, Figure, Silence
from services.reporting.target import Target
from services.reporting.target_parsing import counted_by, parsed_amount, parsed_target
from tests.services.reporting.sample import sample_statement

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("с 1 сентября по 15 ноября", date(2026, 9, 1), date(2026, 11, 15)),
        ("01.09 – 15.11.2025", date(2025, 9, 1), date(2025, 11, 15)),
        ("1.12-10.1", date(2025, 12, 1), date(2026, 1, 10)),
        ("с 3 по 17 октября", date(2026, 10, 3), date(2026, 10, 17)),
        ("01.09.2026 - вчера", date(2026, 9, 1), date(2026, 11, 23)),
        ("С 5.10.2026", date(2026, 10, 5), None),
    ],
)
def test_days_are_read_from_words(text: str, first: date, last: date | None) -> None:
    assert parsed_days(text, TODAY) == (first, last)


def test_one_day_after_the_first_is_the_last_one() -> None:
    assert parsed_days("15.11", TODAY, date(2026, 9, 1)) == (date(2026, 9, 1), date(2026, 11, 15))
    with pytest.raises(Unclear, match="раньше первого"):
        period_of(date(2026, 11, 2), date(2026, 11, 1))
    with pytest.raises(Unclear, match="пяти лет"):
        period_of(date(2018, 1, 1), TODAY)


def test_the_usual_year_is_the_present_one_and_a_past_one_stays() -> None:
    year = year_of(TODAY)
    assert usual_period(chosen(7, year, TODAY), date(2027, 10, 1)) == year_of(date(2027, 10, 1))
    past = previous(half_of(TODAY))
    assert usual_period(chosen(7, past, TODAY), date(2027, 10, 1)) == past
    own = days(date(2026, 9, 3), date(2026, 9, 9))
    assert usual_period(chosen(7, own, TODAY), date(2027, 10, 1)) == own


@pytest.mark.parametrize(
    ("code", "text", "target"),
    [
        ("iom.developed", "36 ИОМ", Target(number=36)),
        ("iom.developed", "5 % от всех педагогов", Target(share=50)),
        ("mentoring.schools", "7 школ", Target(number=7)),
        ("events.held", "4", Target(number=4)),
        ("deficits.coverage", "план 92,5%", Target(share=925)),
    ],
)
def test_a_plan_is_read_for_what_it_counts(code: str, text: str, target: Target) -> None:
    assert parsed_target(text, counted_by(registry().of(code))) == target


@pytest.mark.parametrize(
    ("code", "text", "hint"),
    [
        ("events.held", "5 %", "только числом мероприятий"),
        ("events.held", "4 школы", "Напишите число мероприятий"),
        ("mentoring.schools", "3 тысячи", "Напишите число школ"),
        ("mentoring.schools", "2,5", "целое число школ"),
    ],
)
def test_a_plan_of_something_else_is_asked_again(code: str, text: str, hint: str) -> None:
    with pytest.raises(Unclear, match=hint):
        parsed_target(text, counted_by(registry().of(code)))


def test_past_amounts_are_parts_of_a_whole_or_counts() -> None:
    assert parsed_amount("24 из 153", whole=True) == Amount(24, 153, given=True)
    assert parsed_amount("0/150", whole=True) == Amount(0, 150, given=True)
    assert parsed_amount("1 024 из 10\N{NO-BREAK SPACE}153", whole=True) == Amount(1024, 10153, given=True)
    assert parsed_amount("3 наставника", whole=False) == Amount(3, given=True)


def test_a_report_begins_with_six_to_ten_figures_of_all_sections() -> None:
    statement = sample_statement()
    told = headline(statement.whole)
    assert LEAST <= len(told) <= MOST
    assert {registry().of(figure.code).section for figure in told} == set(TELLING)
    planned = {figure.code for figure in told if figure.plan is not None}
    assert {"iom.developed", "deficits.coverage", "events.held"} <= planned
    for codes in TELLING.values():
        assert all(code in registry() for code in codes)
    # The smallest school keeps its results to itself.
    last = statement.schools[-1]
    assert last.figures["boyko.exhaustion"].silence is Silence.TOO_FEW
    assert ranked(statement.schools, registry().of("boyko.exhaustion"))[-1] == last


def test_schools_are_first_shown_by_what_is_known_of_them() -> None:
    statement = sample_statement()
    first = leading(statement, Level.SCHOOL).code
    schools = [
        replace(school, figures={code: each for code, each in school.figures.items() if code != first})
        for school in statement.schools
    ]
    other = leading(replace(statement, schools=tuple(schools)), Level.SCHOOL).code
    assert other != first
    assert any(school.figures[other].amount is not None for school in schools)


def test_what_one_school_is_a_share_of_is_not_told_first() -> None:
    school = sample_statement().schools[0]
    alone = {"network.schools": Figure("network.schools", Amount(1, 1))}
    assert "network.schools" not in {each.code for each in headline(replace(school, figures=alone))}


def test_attention_goes_to_one_thing_of_each_section_first_and_to_nothing_that_is_not_known() -> None:
    statement = sample_statement()
    codes = ("boyko.exhaustion", "boyko.high", "none", "pairs.silent", "early.mentored", "iom.developed")
    told = [Conclusion(code, code, good=code == "early.mentored") for code in codes]
    first = [each.indicator for each in attention(statement, told, 3)]
    assert first == ["boyko.exhaustion", "pairs.silent", "iom.developed"]
    assert [each.indicator for each in attention(statement, told, 9)] == [*first, "boyko.high"]
