"""Scores of one sheet, worked by hand from the printed key."""

import pytest

from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import Incomplete, Result, score
from tests.services.diagnostics.boyko_key import (
    ALL_KEYED,
    NONE_KEYED,
    SCALES,
    sheet_keyed_in,
)


def scales(result: Result) -> dict[str, int]:
    return {scale.code: scale.points for scale in result.scales}


def factors(result: Result) -> dict[str, int]:
    return {factor.code: factor.points for factor in result.factors}


def levels(result: Result) -> dict[str, str]:
    return {measured.code: measured.band.code for measured in (*result.scales, *result.factors)}


def test_yes_to_everything(boyko: Instrument) -> None:
    result = score(boyko, "y" * 84)
    assert scales(result) == {
        "traumatic_circumstances": 22,  # 1, 13, 25, 49, 61: 2 + 3 + 2 + 10 + 5
        "self_dissatisfaction": 12,  # 14, 26, 62, 74: 2 + 2 + 5 + 3
        "caged": 25,  # 3, 15, 27, 39, 51, 63: 10 + 5 + 2 + 2 + 5 + 1
        "anxiety_depression": 30,  # all seven: 2 + 3 + 5 + 5 + 10 + 2 + 3
        "inadequate_response": 27,  # 5, 29, 41, 53, 65, 77: 5 + 10 + 2 + 2 + 3 + 5
        "moral_disorientation": 22,  # 6, 30, 42, 54, 66: 10 + 3 + 5 + 2 + 2
        "emotion_economy": 23,  # 7, 19, 43, 55, 67: 2 + 10 + 5 + 3 + 3
        "duty_reduction": 28,  # 8, 20, 32, 56, 68, 80: 5 + 5 + 2 + 3 + 3 + 10
        "emotional_deficit": 15,  # 9, 21, 33, 57, 81: 3 + 2 + 5 + 3 + 2
        "emotional_detachment": 28,  # 10, 22, 46, 58, 70, 82: 2 + 3 + 3 + 5 + 5 + 10
        "depersonalization": 33,  # all seven: 5 + 3 + 3 + 5 + 5 + 2 + 10
        "psychosomatic": 30,  # all seven: 3 + 2 + 5 + 3 + 2 + 10 + 5
    }
    assert factors(result) == {
        "tension": 89,  # 22 + 12 + 25 + 30
        "resistance": 100,  # 27 + 22 + 23 + 28
        "exhaustion": 106,  # 15 + 28 + 33 + 30
    }
    assert (result.total, result.maximum) == (295, 363)


def test_no_to_everything(boyko: Instrument) -> None:
    result = score(boyko, "n" * 84)
    assert scales(result) == {
        "traumatic_circumstances": 8,  # 37, 73: 3 + 5
        "self_dissatisfaction": 18,  # 2, 38, 50: 3 + 10 + 5
        "caged": 5,  # 75
        "anxiety_depression": 0,
        "inadequate_response": 3,  # 17
        "moral_disorientation": 8,  # 18, 78: 3 + 5
        "emotion_economy": 7,  # 31, 79: 2 + 5
        "duty_reduction": 2,  # 44
        "emotional_deficit": 15,  # 45, 69: 5 + 10
        "emotional_detachment": 2,  # 34
        "depersonalization": 0,
        "psychosomatic": 0,
    }
    # 8 + 18 + 5 + 0, 3 + 8 + 7 + 2, 15 + 2 + 0 + 0
    assert factors(result) == {"tension": 31, "resistance": 20, "exhaustion": 17}
    assert result.total == 68  # 31 + 20 + 17, and 295 + 68 = 363


def test_yes_to_the_first_half_and_no_to_the_second(boyko: Instrument) -> None:
    result = score(boyko, "y" * 42 + "n" * 42)
    assert scales(result) == {
        "traumatic_circumstances": 12,  # yes to 1, 13, 25: 2 + 3 + 2; no to 73: 5
        "self_dissatisfaction": 9,  # yes to 14, 26: 2 + 2; no to 50: 5
        "caged": 24,  # yes to 3, 15, 27, 39: 10 + 5 + 2 + 2; no to 75: 5
        "anxiety_depression": 15,  # yes to 4, 16, 28, 40: 2 + 3 + 5 + 5
        "inadequate_response": 17,  # yes to 5, 29, 41: 5 + 10 + 2
        "moral_disorientation": 23,  # yes to 6, 30, 42: 10 + 3 + 5; no to 78: 5
        "emotion_economy": 17,  # yes to 7, 19: 2 + 10; no to 79: 5
        "duty_reduction": 14,  # yes to 8, 20, 32: 5 + 5 + 2; no to 44: 2
        "emotional_deficit": 25,  # yes to 9, 21, 33: 3 + 2 + 5; no to 45, 69: 5 + 10
        "emotional_detachment": 5,  # yes to 10, 22: 2 + 3
        "depersonalization": 11,  # yes to 11, 23, 35: 5 + 3 + 3
        "psychosomatic": 10,  # yes to 12, 24, 36: 3 + 2 + 5
    }
    # 12 + 9 + 24 + 15, 17 + 23 + 17 + 14, 25 + 5 + 11 + 10
    assert factors(result) == {"tension": 60, "resistance": 71, "exhaustion": 51}
    assert result.total == 182
    assert levels(result) == {
        "traumatic_circumstances": "forming",
        "self_dissatisfaction": "not_formed",
        "caged": "dominant",
        "anxiety_depression": "forming",
        "inadequate_response": "formed",
        "moral_disorientation": "dominant",
        "emotion_economy": "formed",
        "duty_reduction": "forming",
        "emotional_deficit": "dominant",
        "emotional_detachment": "not_formed",
        "depersonalization": "forming",
        "psychosomatic": "forming",
        "tension": "forming",
        "resistance": "formed",
        "exhaustion": "forming",
    }


def test_all_keyed_answers_reach_every_maximum(boyko: Instrument) -> None:
    result = score(boyko, ALL_KEYED)
    assert all(measured.points == measured.maximum for measured in (*result.scales, *result.factors))
    assert factors(result) == {"tension": 120, "resistance": 120, "exhaustion": 123}
    assert result.total == result.maximum == 363
    assert {scale.band.title for scale in result.scales} == {"доминирующий"}
    assert {factor.band.title for factor in result.factors} == {"сформировалась"}


def test_the_opposite_answers_score_nothing(boyko: Instrument) -> None:
    result = score(boyko, NONE_KEYED)
    assert set(scales(result).values()) == {0}
    assert result.total == 0
    assert set(levels(result).values()) == {"not_formed"}


@pytest.mark.parametrize(
    ("item", "scale", "points"),
    [
        (11, "depersonalization", 5),  # a variant of the key has 2 here
        (71, "depersonalization", 2),  # many printed keys drop it
        (72, "psychosomatic", 10),  # and count this one in both scales
        (82, "emotional_detachment", 10),  # some programs give it 5
        (12, "psychosomatic", 3),  # the last column of a modulo of twelve
        (13, "traumatic_circumstances", 3),
    ],
)
def test_one_item_moves_its_own_scale_only(boyko: Instrument, item: int, scale: str, points: int) -> None:
    result = score(boyko, sheet_keyed_in(item))
    assert scales(result) == {code: points if code == scale else 0 for code in SCALES}
    assert result.total == points


@pytest.mark.parametrize(
    ("items", "points", "level"),
    [
        ((36, 24, 60), 9, "not_formed"),  # 5 + 2 + 2
        ((72,), 10, "forming"),
        ((72, 36), 15, "forming"),  # 10 + 5
        ((72, 12, 48), 16, "formed"),  # 10 + 3 + 3
        ((72, 36, 24, 60), 19, "formed"),  # 10 + 5 + 2 + 2
        ((72, 36, 84), 20, "dominant"),  # 10 + 5 + 5
    ],
)
def test_edges_of_a_symptom_levels(boyko: Instrument, items: tuple[int, ...], points: int, level: str) -> None:
    symptom = score(boyko, sheet_keyed_in(*items)).scales[-1]
    assert (symptom.code, symptom.points, symptom.band.code) == ("psychosomatic", points, level)
    assert boyko.scale_bands[symptom.band_index] == symptom.band


TRAUMATIC = (1, 13, 25, 37, 49, 61, 73)  # 30 points
ANXIETY = (4, 16, 28, 40, 52, 64, 76)  # 30 points


@pytest.mark.parametrize(
    ("items", "points", "level"),
    [
        ((*TRAUMATIC, 62, 63), 36, "not_formed"),  # 30 + 5 + 1
        ((*TRAUMATIC, 62, 14), 37, "forming"),  # 30 + 5 + 2
        ((*TRAUMATIC, *ANXIETY), 60, "forming"),  # 30 + 30
        ((*TRAUMATIC, *ANXIETY, 63), 61, "formed"),  # 30 + 30 + 1
    ],
)
def test_edges_of_a_phase_levels(boyko: Instrument, items: tuple[int, ...], points: int, level: str) -> None:
    phase = score(boyko, sheet_keyed_in(*items)).factors[0]
    assert (phase.code, phase.points, phase.band.code) == ("tension", points, level)
    assert boyko.factor_bands[phase.band_index] == phase.band


@pytest.mark.parametrize("item", [1, 42, 84])
def test_one_item_left_gives_no_level(boyko: Instrument, item: int) -> None:
    sheet = ALL_KEYED[: item - 1] + "." + ALL_KEYED[item:]
    with pytest.raises(Incomplete) as caught:
        score(boyko, sheet)
    assert caught.value.unanswered == (item,)


def test_a_test_nobody_began_lacks_every_item(boyko: Instrument) -> None:
    with pytest.raises(Incomplete) as caught:
        score(boyko, boyko.blank)
    assert caught.value.unanswered == tuple(range(1, 85))


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("", "0 answers for 84"),
        ("y" * 83, "83 answers for 84"),
        ("y" * 85, "85 answers for 84"),
        ("y" * 82 + ".Y", "item 84 has the answer 'Y'"),
        ("y" + "д" * 83, "item 2 has the answer 'д'"),
    ],
)
def test_a_sheet_of_something_else_is_refused(boyko: Instrument, sheet: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score(boyko, sheet)


def test_a_result_names_what_it_is_of(boyko: Instrument) -> None:
    result = score(boyko, ALL_KEYED)
    assert (result.instrument_id, result.version) == ("boyko", "1")
    assert [factor.title for factor in result.factors] == ["Напряжение", "Резистенция", "Истощение"]
    assert result.scales[2].title == "«Загнанность в клетку»"


def test_each_of_three_options_may_be_keyed(small: Instrument) -> None:
    # 1 for a: 2, 3 for c: 3 (calm); 2 for b: 1, 4 for c: 4 (warm)
    assert scales(score(small, "abcc")) == {"calm": 5, "warm": 5}
    assert scales(score(small, "abab")) == {"calm": 2, "warm": 1}
    assert scales(score(small, "cacc")) == {"calm": 3, "warm": 4}
    assert levels(score(small, "cacc")) == {"calm": "high", "warm": "high", "inner": "low", "outer": "low"}
