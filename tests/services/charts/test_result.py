"""The chart of one result."""

from dataclasses import replace
from datetime import date

import pytest

from services.charts.result import draw_result
from services.charts.style import level_colors
from tests.services.charts import drawn
from tests.services.charts.samples import BOYKO, TYPICAL, result

DAY = date(2026, 3, 12)


@pytest.mark.parametrize("points", [TYPICAL, (0,) * 12, (33,) * 12, (9, 10, 15, 16, 19, 20) * 2])
def test_nothing_overlaps_or_leaves_the_picture(points):
    assert drawn.faults(draw_result(BOYKO, result(points), DAY)) == []


def test_long_titles_and_levels_are_wrapped():
    long = "Профессионально-технологическая и профессионально-социальная компетентность педагога"
    base = result(TYPICAL)
    wordy = replace(
        base,
        scales=tuple(replace(scale, title=f"{long} {scale.title}") for scale in base.scales),
        factors=tuple(replace(factor, title=f"{long} {factor.title}") for factor in base.factors),
    )
    assert drawn.faults(draw_result(replace(BOYKO, title=f"{long} {long}"), wordy, DAY)) == []


def test_phases_are_given_with_their_sums_and_levels_in_words():
    draw_result(BOYKO, result(TYPICAL), DAY)
    words = drawn.words()
    assert "12.03.2026. Всего 161 из 363 баллов" in words
    headers = [words[words.index(factor.title) + 1] for factor in BOYKO.factors]
    assert headers == [
        "58 из 120, в стадии формирования",
        "66 из 120, сформировалась",
        "37 из 123, в стадии формирования",
    ]


def test_every_symptom_has_its_points_and_its_level_beside_it():
    draw_result(BOYKO, result(TYPICAL), DAY)
    words = drawn.words()
    at = words.index("Редукция профессиональных обязанностей")
    assert words[at + 1 : at + 3] == ["19", "сложившийся"]
    at = words.index("Психосоматические и психовегетативные нарушения")
    assert words[at + 1 : at + 3] == ["10", "складывающийся"]
    assert "Отметки: с 10 складывающийся, с 16 сложившийся, с 20 доминирующий." in " ".join(words)


def test_bars_are_as_long_as_their_points_and_coloured_by_level():
    draw_result(BOYKO, result(TYPICAL), DAY)
    palest, *_, darkest = level_colors(4)
    dominant = [width for _, _, width in drawn.boxes(darkest)]
    assert dominant[1] / dominant[0] == pytest.approx(25 / 22)
    low = [width for _, _, width in drawn.boxes(palest)]
    assert [width / dominant[0] for width in low] == pytest.approx([7 / 22, 9 / 22, 3 / 22, 8 / 22])


def test_a_second_chart_keeps_nothing_of_the_first():
    first = draw_result(BOYKO, result(TYPICAL), DAY)
    draw_result(BOYKO, result((33,) * 12), date(2020, 1, 1))
    assert not any("12.03.2026" in text for text in drawn.words())
    assert draw_result(BOYKO, result(TYPICAL), DAY) == first
