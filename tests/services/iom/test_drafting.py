"""What is proposed for a route and when, and what may be done with a draft."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.diagnostics.answer_parsing import Unclear
from services.diagnostics.scoring import Incomplete
from services.iom import drafting
from services.iom.catalogue import measures, shipped
from services.iom.wording import DOMAIN_TITLES, GROWTH_DOMAIN
from tests.services.iom.sheets import LEAST, SHEET, STRONGEST, answers_with
from tests.services.iom.walked import QUIET

SHELF = {domain: measures(shipped(), (), domain) for domain in DOMAIN_TITLES}


def test_deficits_are_the_scales_in_the_deficit_band_the_strongest_first() -> None:
    assert drafting.deficits_of(SHEET, answers_with(digital=LEAST, assessment=STRONGEST, subject=1)) == (
        "assessment",
        "digital",
    )
    assert drafting.deficits_of(SHEET, answers_with()) == ()


def test_an_unfinished_test_says_nothing() -> None:
    with pytest.raises(Incomplete):
        drafting.deficits_of(SHEET, "." + answers_with(digital=STRONGEST)[1:])


def test_a_measure_is_proposed_for_each_of_the_three_strongest_deficits() -> None:
    found = drafting.proposed(("digital", "subject", "assessment", "methodical"), SHELF)
    assert [each.domain for each in found] == ["digital", "subject", "assessment"]
    assert [each.domain for each in drafting.proposed((), SHELF)] == [GROWTH_DOMAIN, GROWTH_DOMAIN]


def test_a_domain_whose_measures_are_all_hidden_has_no_proposal() -> None:
    found = drafting.proposed(("digital", "subject"), SHELF | {"digital": []})
    assert [each.domain for each in found] == ["subject"]


@settings(deadline=None)
@given(
    today=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    days=st.lists(st.integers(1, 365), min_size=1, max_size=8),
)
def test_terms_are_working_days_apart_from_each_other_and_not_in_summer(today: date, days: list[int]) -> None:
    taken: list[date] = []
    for number in days:
        taken.append(drafting.term_for(number, today, QUIET, taken))
    for day, number in zip(taken, days, strict=True):
        assert day >= today + timedelta(days=number)
        assert day.weekday() < 5
        assert not QUIET.rests(day)
        assert not date(day.year, 6, 16) <= day <= date(day.year, 8, 31)
    ordered = sorted(taken)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(ordered))


@pytest.mark.parametrize(
    ("text", "why"),
    [("я" * 301, "знаков 301, а поместится 300"), (" \n ", "словами"), ("🙂🙂", "словами"), ("!!!", "словами")],
)
def test_words_that_are_no_title_are_explained(text: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        drafting.parsed_line(text, 300)


def test_a_title_is_one_line() -> None:
    assert drafting.parsed_line(" Курс\n<b>о  тестах</b> 🙂 ", 300) == "Курс <b>о тестах</b> 🙂"
