"""The chart of repeated tests."""

from datetime import date, timedelta
from random import Random

import pytest

from services.charts.dynamics import draw_dynamics
from tests.services.charts import drawn
from tests.services.charts.samples import BOYKO, TYPICAL, result

ZERO, FULL = result((0,) * 12), result((33,) * 12)
DAY = date(2026, 3, 1)


def _random(count, most=30):
    dice = Random(count)
    return [result([dice.randint(0, most) for _ in range(12)]) for _ in range(count)]


@pytest.mark.parametrize(
    "taken",
    [
        pytest.param([(date(2025, 9, 28), FULL), (date(2026, 3, 28), ZERO)], id="two"),
        pytest.param([(DAY, ZERO), (DAY, ZERO)], id="two on one day"),
        pytest.param(
            [(DAY - timedelta(1100), FULL), (DAY, ZERO), (DAY + timedelta(1), result(TYPICAL))],
            id="years, then a day",
        ),
        pytest.param([(date(2020 + year, 9, 28), one) for year, one in enumerate(_random(7))], id="seven years"),
        pytest.param([(DAY + timedelta(day), one) for day, one in enumerate(_random(7))], id="seven days running"),
        pytest.param([(DAY + timedelta(n // 2), one) for n, one in enumerate(_random(12))], id="twelve in a week"),
        pytest.param([(DAY, FULL)] * 12, id="twelve on one day"),
        pytest.param([(date(2014 + n, 12, 28), ZERO if n % 2 else FULL) for n in range(12)], id="twelve years"),
        pytest.param(
            [(DAY - timedelta(3000), ZERO)] + [(DAY + timedelta(n), one) for n, one in enumerate(_random(11, 33))],
            id="years, then eleven days",
        ),
    ],
)
def test_nothing_overlaps_or_leaves_the_picture(taken):
    assert drawn.faults(draw_dynamics(BOYKO, taken)) == []


def test_points_stand_in_the_order_of_days_with_their_dates():
    draw_dynamics(BOYKO, [(date(2026, 3, 12), ZERO), (date(2025, 9, 1), result(TYPICAL))])
    words = drawn.words()
    assert words[-5:-1] == ["1 сен", "2025", "12 мар", "2026"]
    at = words.index("Напряжение")
    assert words[at + 1] == "58 → 0, не сформировалась"
    assert words[-7:-5] == ["37", "0"]


def test_levels_are_named_with_their_points():
    draw_dynamics(BOYKO, [(DAY, ZERO), (DAY, FULL)])
    words = drawn.words()
    assert {"0–36: не сформировалась", "37–60: в стадии формирования"} < set(words)
    assert "61 и больше: сформировалась" in words
    assert (words.count("37"), words.count("61")) == (3, 3)


def test_the_latest_twelve_are_drawn_and_the_reader_is_told():
    tests = [(date(2010 + year, 5, 20), ZERO) for year in range(15)]
    assert drawn.faults(draw_dynamics(BOYKO, tests)) == []
    words = drawn.words()
    assert "Как менялся результат. Тестов: 12 последних из 15" in words
    assert ("2012" in words, "2013" in words, "2024" in words) == (False, True, True)


def test_one_test_has_no_dynamics():
    with pytest.raises(ValueError, match="at least two"):
        draw_dynamics(BOYKO, [(DAY, ZERO)])
