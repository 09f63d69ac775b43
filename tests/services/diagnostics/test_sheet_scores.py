"""Scores of many sheets at once against the plain reference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import SheetScores, pack, score_sheets
from tests.services.diagnostics.boyko_key import (
    ALL_KEYED,
    ITEMS,
    KEY,
    NONE_KEYED,
    SCALES,
    factor_level,
    factor_points,
    scale_level,
    scale_points,
)

SHEETS = st.text("yn", min_size=84, max_size=84)


def assert_as_reference(boyko: Instrument, sheets: list[str], scores: SheetScores) -> None:
    for row, sheet in enumerate(sheets):
        scales, factors = list(scale_points(sheet).values()), list(factor_points(sheet).values())
        assert scores.scales[row].tolist() == scales
        assert scores.factors[row].tolist() == factors
        assert scores.total[row] == sum(factors)
        assert [boyko.scale_bands[level].code for level in scores.scale_levels[row]] == [
            scale_level(points) for points in scales
        ]
        assert [boyko.factor_bands[level].code for level in scores.factor_levels[row]] == [
            factor_level(points) for points in factors
        ]


@given(sheets=st.lists(SHEETS, min_size=1, max_size=8))
def test_random_sheets_score_as_the_printed_key(boyko: Instrument, sheets: list[str]) -> None:
    assert_as_reference(boyko, sheets, score_sheets(boyko, pack(sheets)))


@given(sheet=SHEETS, item=st.sampled_from(ITEMS))
def test_a_keyed_answer_adds_its_weight_to_its_scale_and_takes_nothing(
    boyko: Instrument, sheet: str, item: int
) -> None:
    without = sheet[: item - 1] + NONE_KEYED[item - 1] + sheet[item:]
    keyed = sheet[: item - 1] + ALL_KEYED[item - 1] + sheet[item:]
    scores = score_sheets(boyko, pack([without, keyed]))
    scale, _, weight = KEY[item]
    gain = scores.scales[1] - scores.scales[0]
    assert gain.tolist() == [weight if code == scale else 0 for code in SCALES]
    assert scores.total[1] - scores.total[0] == weight
    assert (scores.scale_levels[1] >= scores.scale_levels[0]).all()
    assert (scores.factor_levels[1] >= scores.factor_levels[0]).all()


def test_thousands_of_sheets_keep_their_rows(boyko: Instrument) -> None:
    random = np.random.default_rng(84)
    sheets = np.frombuffer(b"ny", dtype=np.uint8)[random.integers(0, 2, (20_001, 84), dtype=np.int8)]
    scores = score_sheets(boyko, sheets)
    rows = [0, 1, 8_191, 8_192, 16_383, 16_384, 20_000]
    texts = [sheets[row].tobytes().decode() for row in rows]
    picked = SheetScores(
        scores.scales[rows],
        scores.scale_levels[rows],
        scores.factors[rows],
        scores.factor_levels[rows],
        scores.total[rows],
    )
    assert_as_reference(boyko, texts, picked)


def test_arrays_are_small_and_shaped_as_promised(boyko: Instrument) -> None:
    scores = score_sheets(boyko, pack(["y" * 84, "n" * 84]))
    assert (scores.scales.shape, scores.scales.dtype) == ((2, 12), np.int16)
    assert (scores.scale_levels.shape, scores.scale_levels.dtype) == ((2, 12), np.int8)
    assert (scores.factors.shape, scores.factors.dtype) == ((2, 3), np.int16)
    assert (scores.factor_levels.shape, scores.factor_levels.dtype) == ((2, 3), np.int8)
    assert (scores.total.shape, scores.total.dtype) == ((2,), np.int16)


def test_an_empty_group_scores_to_empty_arrays(boyko: Instrument) -> None:
    scores = score_sheets(boyko, pack([]))
    assert scores.scales.shape == (0, 12)
    assert scores.factor_levels.shape == (0, 3)
    assert scores.total.shape == (0,)


@pytest.mark.parametrize(("code", "fault"), [(".", "no answer to item 7"), ("x", "unknown answer 'x' to item 7")])
@pytest.mark.parametrize("row", [0, 3, 9_000])
def test_the_first_bad_row_is_named(boyko: Instrument, row: int, code: str, fault: str) -> None:
    sheets = np.full((9_002, 84), ord("y"), dtype=np.uint8)
    sheets[row, 6] = ord(code)
    sheets[9_001, 0] = ord(".")
    with pytest.raises(ValueError, match=rf"row {row} has .*{fault}"):
        score_sheets(boyko, sheets)


@pytest.mark.parametrize(
    "sheets",
    [
        np.full((2, 83), ord("y"), dtype=np.uint8),
        np.full((2, 84), ord("y"), dtype=np.int64),
        np.full(84, ord("y"), dtype=np.uint8),
    ],
)
def test_an_array_of_another_shape_is_refused(boyko: Instrument, sheets: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"must be uint8 of the shape \(n, 84\)"):
        score_sheets(boyko, sheets)


def test_pack_refuses_sheets_of_different_lengths() -> None:
    # One too long and one too short would fit together and shift every answer between them.
    with pytest.raises(ValueError, match="row 1 has 3 answers"):
        pack(["yn", "yny", "y"])


def test_pack_refuses_letters_that_only_look_right() -> None:
    with pytest.raises(ValueError, match="row 2 "):
        pack(["yn", "ny", "у" + "n"])
