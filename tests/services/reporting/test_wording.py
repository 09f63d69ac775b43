"""Figures in words, as Russian documents write them."""

from dataclasses import replace

import pytest

from services.reporting.indicators.indicator import Unit
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, Silence
from services.reporting.statement.wording import (
    Meaning,
    amount_words,
    arrow,
    change_words,
    figure_words,
    meaning,
    number_words,
    plan_words,
    silence_words,
    unit_words,
)
from services.reporting.target import Target

SHARE = registry().of("teachers.early_share")
COUNT = registry().of("mentors.count")
AGE = registry().of("staffing.age")
OVERDUE = registry().of("iom.overdue")
NEUTRAL = registry().of("iom.in_progress")


def plain(words: str | None) -> str | None:
    """Words with ordinary spaces, to be read here."""
    return words and words.replace("\N{NO-BREAK SPACE}", " ")


def moved(now: Amount, before: Amount | None, plan: Target | None = None) -> Figure:
    return Figure("any", now, before=before, plan=plan)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (24, "24"),
        (1250, "1 250"),
        (100000, "100 000"),
        (32.5, "32,5"),
        (0.25, "0,25"),
        (300, "300"),
        (-3, "−3"),
        (-0.001, "0"),
    ],
)
def test_numbers(number: float, words: str) -> None:
    assert plain(number_words(number)) == words


@pytest.mark.parametrize(
    ("unit", "number", "words"),
    [
        (Unit.YEARS, 44.7, "44,7 года"),
        (Unit.YEARS, 45, "45 лет"),
        (Unit.YEARS, 41, "41 год"),
        (Unit.MINUTES, 22, "22 минуты"),
        (Unit.MEETINGS, 12, "12 встреч"),
        (Unit.PAIRS, 1, "1 пара"),
        (Unit.MARKS, 4.5, "4,5 балла"),
        (Unit.PEOPLE, 1003, "1 003 человека"),
        (Unit.SCHOOLS, 111, "111 школ"),
    ],
)
def test_units_take_the_form_of_the_number(unit: Unit, number: float, words: str) -> None:
    assert plain(unit_words(unit, number)) == words


def test_every_unit_has_words() -> None:
    assert all(unit_words(unit, 2) for unit in Unit)


def test_a_value_by_its_form() -> None:
    assert plain(amount_words(SHARE, Amount(24, 153))) == "15,7 %"
    assert plain(amount_words(SHARE, Amount(0.125, 1.0))) == "12,5 %"
    assert amount_words(SHARE, Amount(0, 0)) == "нет данных"
    assert amount_words(COUNT, Amount(4)) == "4"
    assert amount_words(COUNT, Amount(10, 3)) == "3,3", "a mean of counts over schools"
    assert plain(amount_words(AGE, Amount(8940, 200))) == "44,7 года"
    assert plain(amount_words(AGE, Amount(8999, 200))) == "45 лет"
    assert plain(figure_words(SHARE, moved(Amount(24, 153), None), 5)) == "15,7 % (24 из 153)"


def test_why_there_is_no_value() -> None:
    hidden = Figure("any", None, Silence.TOO_FEW)
    assert plain(figure_words(SHARE, hidden, 5)) == "скрыто, меньше 5 человек"
    assert plain(silence_words(hidden, 21)) == "скрыто, меньше 21 человека"
    for silence in (Silence.NO_DATA, Silence.EMPTY):
        assert figure_words(SHARE, Figure("any", None, silence), 5) == "нет данных"


@pytest.mark.parametrize(
    ("now", "before", "words", "sign"),
    [
        ((23, 150), (24, 153), "−0,4 п. п.", "▼"),
        ((24, 153), (23, 150), "+0,4 п. п.", "▲"),
        ((1, 2), (2, 4), "без изменений", "="),
        ((3, 5), (1, 2), "+10 п. п.", "▲"),
        ((1, 2), (0, 0), None, ""),
    ],
)
def test_changes_of_shares_are_in_percentage_points(
    now: tuple[int, int], before: tuple[int, int], words: str | None, sign: str
) -> None:
    figure = moved(Amount(*now), Amount(*before))
    assert (plain(change_words(SHARE, figure)), arrow(SHARE, figure)) == (words, sign)


def test_a_change_is_the_difference_of_what_is_printed() -> None:
    """15,64 and 15,36: whoever subtracts 15,4 from 15,6 finds 0,2."""
    figure = moved(Amount(1564, 10_000), Amount(1536, 10_000))
    assert plain(change_words(SHARE, figure)) == "+0,2 п. п."


def test_changes_of_counts_and_means() -> None:
    assert change_words(COUNT, moved(Amount(4), Amount(3))) == "+1"
    assert change_words(COUNT, moved(Amount(1), Amount(4))) == "−3"
    assert plain(change_words(COUNT, moved(Amount(2400), Amount(1)))) == "+2 399"
    assert change_words(AGE, moved(Amount(447, 10), Amount(450, 10))) == "−0,3"
    assert change_words(COUNT, moved(Amount(4), None)) is None
    assert change_words(COUNT, Figure("any", None, Silence.NO_DATA, before=Amount(3))) is None


def test_the_same_change_means_different_things() -> None:
    more, less = moved(Amount(2, 3), Amount(1, 3)), moved(Amount(1, 3), Amount(2, 3))
    assert (meaning(SHARE, more), meaning(SHARE, less)) == (Meaning.GOOD, Meaning.BAD)
    assert (meaning(OVERDUE, more), meaning(OVERDUE, less)) == (Meaning.BAD, Meaning.GOOD)
    assert meaning(NEUTRAL, moved(Amount(2), Amount(1))) is Meaning.NEUTRAL
    assert meaning(SHARE, replace(more, before=more.amount)) is Meaning.NEUTRAL


@pytest.mark.parametrize(
    ("now", "plan", "words"),
    [
        (Amount(36, 450), Target(number=36), "план 36, 100 % плана"),
        (Amount(36, 450), Target(share=50), "план 5 %, выше плана"),
        (Amount(36, 450), Target(share=80), "план 8 %, план выполнен"),
        (Amount(36, 450), Target(share=85), "план 8,5 %, ниже плана"),
        (Amount(3), Target(number=4), "план 4, 75 % плана"),
        (None, Target(number=4), "план 4"),
    ],
)
def test_plans(now: Amount | None, plan: Target, words: str) -> None:
    assert plain(plan_words(SHARE, Figure("any", now, plan=plan))) == words
    assert plan_words(SHARE, Figure("any", now)) is None
