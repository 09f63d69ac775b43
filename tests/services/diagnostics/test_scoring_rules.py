"""Means, reversed items and missing answers, worked by hand, and what holds for any sheet."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import NO_LEVEL, Incomplete, pack, score, score_sheets
from tests.services.diagnostics.forms import FORM, MEANS, Data, made

CODES = "0123"


def ruled(missing: Data | None, method: str = "mean", maximum: int = 3) -> Instrument:
    """The small instrument with this rule for missing answers."""

    def change(data: Data) -> None:
        scale = data["scales"][0]
        scale.update(method=method, maximum=maximum)
        del scale["missing"]
        if missing is not None:
            scale["missing"] = missing
        for item in data["items"]:
            item["optional"] = True

    return made(MEANS, change)


def figure(instrument: Instrument, answers: str) -> tuple[float | None, str | None]:
    """The points and the level of the only scale."""
    [measured] = score(instrument, answers).scales
    return measured.points, None if measured.band is None else measured.band.code


FILL = {"rule": "mean", "at_least": 2}
ZERO = {"rule": "zero"}


@pytest.mark.parametrize(
    ("missing", "method", "answers", "points", "level"),
    [
        # the second item is reversed: 3 - answer
        (None, "mean", "303", 3, "high"),  # (3 + 3 + 3) / 3
        (None, "mean", "330", 1, "low"),  # (3 + 0 + 0) / 3
        (None, "mean", "113", 2, "some"),  # (1 + 2 + 3) / 3
        (None, "mean", "103", 2.3, "high"),  # (1 + 3 + 3) / 3 = 2.33
        (None, "mean", "30-", None, None),
        (FILL, "mean", "30-", 3, "high"),  # (3 + 3) / 2
        (FILL, "mean", "01-", 1, "low"),  # (0 + 2) / 2
        (FILL, "mean", "3-2", 2.5, "high"),  # (3 + 2) / 2
        (FILL, "mean", "3--", None, None),
        (FILL, "mean", "---", None, None),
        (ZERO, "mean", "3--", 1, "low"),  # (3 + 0 + 0) / 3
        (ZERO, "mean", "---", 0, "low"),
        (None, "sum", "303", 9, "high"),
        (None, "sum", "3-3", None, None),
        (ZERO, "sum", "3-3", 6, "high"),
        (FILL, "sum", "1-1", 3, "high"),  # 1 + 1 + their mean 1
        (FILL, "sum", "1-0", 1.5, "some"),  # 1 + 0 + 0.5
        (FILL, "sum", "1--", None, None),
    ],
)
def test_rules_worked_by_hand(
    missing: Data | None, method: str, answers: str, points: float | None, level: str | None
) -> None:
    instrument = ruled(missing, method, 3 if method == "mean" else 9)
    assert figure(instrument, answers) == (points, level)


@pytest.mark.parametrize(
    ("answers", "points", "level"),
    [
        ("1" * 19 + "2", 1.1, "some"),  # 21 / 20 = 1.05, half up
        ("1" * 20, 1, "low"),
        ("1" * 18 + "02", 1, "low"),  # 20 / 20
        ("2" * 19 + "3", 2.1, "high"),  # 41 / 20 = 2.05
        ("2" * 20, 2, "some"),
    ],
)
def test_a_mean_is_rounded_half_up_before_its_level_is_found(answers: str, points: float, level: str) -> None:
    def twenty(data: Data) -> None:
        data["item_count"] = 20
        data["items"] = [
            {"number": number, "kind": "likert", "scale": "ease", "text": f"Пункт {number}."}
            for number in range(1, 21)
        ]

    assert figure(made(MEANS, twenty), answers) == (points, level)


@given(answers=st.lists(st.sampled_from(CODES), min_size=3, max_size=3))
def test_a_mean_is_that_of_exact_arithmetic(answers: list[str]) -> None:
    first, second, third = map(int, answers)
    exact = (Decimal(first + 3 - second + third) / 3).quantize(Decimal("0.1"), ROUND_HALF_UP)
    points, level = figure(ruled(None), "".join(answers))
    assert points == float(exact)
    assert level == ("low" if exact <= 1 else "some" if exact <= 2 else "high")


@given(answers=st.text(CODES + "-", min_size=3, max_size=3), rule=st.sampled_from((None, FILL, ZERO)))
def test_a_mean_stays_within_its_bounds_and_finds_a_band(answers: str, rule: Data | None) -> None:
    points, level = figure(ruled(rule), answers)
    assert (points is None) == (level is None)
    if points is not None:
        assert 0 <= points <= 3


@given(answers=st.text(CODES, min_size=3, max_size=3))
def test_reversing_every_item_mirrors_the_score(answers: str) -> None:
    def mirrored(data: Data) -> None:
        for item in data["items"]:
            item["reversed"] = not item.get("reversed", False)

    def summed(data: Data) -> None:
        data["scales"][0].update(method="sum", maximum=9)

    straight = made(MEANS, summed)
    turned = made(MEANS, lambda data: (summed(data), mirrored(data)))
    opposite = answers.translate(str.maketrans(CODES, CODES[::-1]))
    points, _ = figure(straight, answers)
    assert figure(turned, opposite)[0] == points
    assert figure(turned, answers)[0] == 9 - (points or 0)


def two_scales(data: Data) -> None:
    """A scale that may lack a score beside one that has it, in factors of their own and together."""
    [first] = data["scales"]
    del first["missing"]
    levels = first["levels"]
    data["scales"].append(first | {"code": "other", "title": "Другое", "maximum": 3})
    data["items"].append({"number": 4, "kind": "likert", "scale": "other", "text": "Четвёртое."})
    data["item_count"] = 4
    data["factor_bands"] = data["scale_bands"]
    data["factors"] = [
        {"code": "one", "title": "Один", "scales": ["ease"], "levels": levels, "method": "mean"},
        {"code": "two", "title": "Два", "scales": ["other"], "levels": levels, "method": "mean"},
    ]
    data["factor_bands"] = [{k: v for k, v in band.items() if k != "deficit"} for band in data["scale_bands"]]


def test_a_scale_without_a_score_takes_its_own_factor_along_and_no_other() -> None:
    instrument = made(MEANS, two_scales)
    result = score(instrument, "30-2")
    assert [one.points for one in result.scales] == [None, 2]
    assert [(one.points, one.band_index) for one in result.factors] == [(None, NO_LEVEL), (2, 1)]
    assert result.total is None
    assert [one.points for one in score(instrument, "3032").factors] == [3, 2]


def test_a_factor_averages_its_scales() -> None:
    def together(data: Data) -> None:
        two_scales(data)
        [first, second] = data["factors"]
        data["factors"] = [first | {"scales": ["ease", "other"]}]
        del second

    instrument = made(MEANS, together)
    [factor] = score(instrument, "3032").factors
    assert (factor.points, factor.maximum) == (2.5, 3)
    [factor] = score(instrument, "3031").factors
    assert factor.points == 2


def test_a_sheet_with_a_hole_is_not_finished_even_if_the_item_is_optional() -> None:
    with pytest.raises(Incomplete) as caught:
        score(ruled(ZERO), "3.-")
    assert caught.value.unanswered == (2,)


@pytest.mark.parametrize("answers", ["3-3", "4-3", "+03"])
def test_a_mark_that_its_item_cannot_have_is_refused(answers: str) -> None:
    instrument = made(MEANS)
    with pytest.raises(ValueError, match="item"):
        score(instrument, answers)
    with pytest.raises(ValueError, match="row 0 has"):
        score_sheets(instrument, pack([answers]))


def test_many_sheets_score_as_each_alone() -> None:
    instrument = ruled(FILL)
    chance = np.random.default_rng(3)
    rows = ["".join(row) for row in np.array(list(CODES + "-"))[chance.integers(0, 5, (9_000, 3))]]
    scores = score_sheets(instrument, pack(rows))
    assert scores.scales.dtype == np.float32
    for row in (0, 1, 8_191, 8_192, 8_999):
        points, level = figure(instrument, rows[row])
        many: Any = scores.scales[row, 0]
        assert (points is None and np.isnan(many)) or round(float(many), 1) == points
        assert scores.scale_levels[row, 0] == (
            NO_LEVEL if level is None else [band.code for band in instrument.scale_bands].index(level)
        )


def test_a_form_has_answers_and_no_scores() -> None:
    result = score(made(FORM), "n~+++-")
    assert (result.scales, result.factors) == ((), ())
