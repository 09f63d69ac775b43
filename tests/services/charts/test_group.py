"""The chart of a group."""

import pytest

from services.charts.group import draw_group
from services.charts.style import BAR, INNER, level_colors
from tests.services.charts import drawn
from tests.services.charts.samples import BOYKO, group

TITLE = "Какие симптомы встречаются чаще"
NOTE = "Симптом сложился или доминирует"
SCHOOL = group(25, [(12, 8, 5), (4, 9, 12), (18, 6, 1)], [14, 9, 3, 11, 17, 6, 8, 12, 2, 5, 4, 7])
LONG = "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 12 имени Героя Труда», " * 4


@pytest.mark.parametrize(
    ("title", "results"),
    [
        pytest.param("Школа № 3: выгорание", SCHOOL, id="school"),
        pytest.param("Ш", group(1, [(1, 0, 0), (0, 1, 0), (0, 0, 1)], [1, 0] * 6), id="one person"),
        pytest.param("Никого", group(0, [(0, 0, 0)] * 3, [0] * 12), id="nobody"),
        pytest.param(
            LONG,
            group(
                100_000,
                [(1, 99_998, 1), (100_000, 0, 0), (33_333, 33_333, 33_334)],
                [100_000, 99_999, 12_345, 0] * 3,
            ),
            id="a region with a long name",
        ),
        pytest.param("Слово" * 60, SCHOOL, id="a title without spaces"),
        pytest.param("Школа 🏫 $\\frac$ \n «Радуга» 🌈", SCHOOL, id="emoji and dollars"),
    ],
)
def test_nothing_overlaps_or_leaves_the_picture(title, results):
    assert drawn.faults(draw_group(title, results, TITLE, NOTE)) == []


def test_a_title_is_drawn_as_it_is_without_what_the_font_lacks():
    draw_group("Школа 🏫 $1 и $2 \n «Радуга» 🀄", SCHOOL, TITLE, NOTE)
    assert drawn.words()[0] == "Школа $1 и $2 «Радуга»"


def test_levels_are_counted_in_people_and_shares():
    draw_group("Школа", SCHOOL, TITLE, NOTE)
    words = drawn.words()
    assert "В расчёте: 25 чел. В скобках доля." in words
    at = words.index("Истощение")
    assert words[at + 1 : at + 4] == ["18 (72 %)", "6 (24 %)", "1 (4,0 %)"]
    assert words.index("не сформировалась") < words.index("в стадии формирования") < at


def test_parts_of_a_stack_fill_it_and_follow_the_shares():
    draw_group("Школа", SCHOOL, TITLE, NOTE)
    first, middle, last = (drawn.boxes(color) for color in level_colors(3))
    stacks = [boxes[1] for boxes in (first, middle, last)]
    assert [width for _, _, width in stacks] == pytest.approx([INNER * n / 25 for n in (12, 8, 5)])


def test_one_of_a_hundred_thousand_is_still_seen():
    draw_group("Район", group(100_000, [(1, 99_998, 1)] * 3, [1] * 12), TITLE, NOTE)
    assert all(width >= 7 for color in level_colors(3) for _, _, width in drawn.boxes(color))
    assert all(width >= 7 for _, _, width in drawn.boxes(BAR))


def test_symptoms_are_ranked_from_the_most_frequent():
    draw_group("Школа", SCHOOL, TITLE, NOTE)
    words = drawn.words()
    assert NOTE in words
    ranked = words[words.index(NOTE) + 1 :]
    figures = [word for word in ranked if word.endswith("%)")]
    assert figures[:3] == ["17 (68 %)", "14 (56 %)", "12 (48 %)"]
    assert figures[-1] == "2 (8,0 %)"
    assert ranked[ranked.index("14 (56 %)") - 1] == BOYKO.scales[0].title
    widths = [width for _, _, width in drawn.boxes(BAR)]
    assert widths == sorted(widths, reverse=True)


def test_an_empty_group_has_no_shares():
    draw_group("Школа", group(0, [(0, 0, 0)] * 3, [0] * 12), TITLE, NOTE)
    assert drawn.words().count("0 (нет данных)") == 9 + 12
