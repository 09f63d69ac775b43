"""The Boyko inventory's file: the published key, the declared figures, and the words a teacher reads."""

import re

import pytest

from services.diagnostics.instrument import Instrument
from tests.services.diagnostics.boyko_key import KEY, PRINTED, SCALES


def level_texts(boyko: Instrument) -> dict[str, str]:
    return {
        f"{owner.code} {code} {name}": text
        for owner in (*boyko.scales, *boyko.factors)
        for code, level in owner.levels.items()
        for name, text in (("meaning", level.meaning), ("advice", level.advice))
    }


def test_items_have_the_published_key(boyko: Instrument) -> None:
    assert {item.number: (item.scale, item.keyed, item.weight) for item in boyko.items} == KEY
    assert [item.number for item in boyko.items] == list(range(1, 85))


def test_scales_take_every_twelfth_item(boyko: Instrument) -> None:
    for item in boyko.items:
        assert item.scale == SCALES[(item.number - 1) % 12]


def test_maxima_are_30_but_33_of_depersonalization(boyko: Instrument) -> None:
    maxima = {scale.code: scale.maximum for scale in boyko.scales}
    assert maxima == {scale: 33 if scale == "depersonalization" else 30 for scale in SCALES}
    assert {factor.code: boyko.factor_maximum(factor) for factor in boyko.factors} == {
        "tension": 120,
        "resistance": 120,
        "exhaustion": 123,
    }


def test_phases_hold_their_symptoms_in_order(boyko: Instrument) -> None:
    assert {factor.code: factor.scales for factor in boyko.factors} == {
        factor: tuple(scales) for factor, scales in PRINTED.items()
    }
    assert [factor.title for factor in boyko.factors] == ["Напряжение", "Резистенция", "Истощение"]


def test_bands_are_the_published_ones(boyko: Instrument) -> None:
    assert [(band.code, band.title, band.low, band.high) for band in boyko.scale_bands] == [
        ("not_formed", "не сложившийся", 0, 9),
        ("forming", "складывающийся", 10, 15),
        ("formed", "сложившийся", 16, 19),
        ("dominant", "доминирующий", 20, None),
    ]
    assert [(band.code, band.title, band.low, band.high) for band in boyko.factor_bands] == [
        ("not_formed", "не сформировалась", 0, 36),
        ("forming", "в стадии формирования", 37, 60),
        ("formed", "сформировалась", 61, None),
    ]


def test_answers_are_yes_and_no(boyko: Instrument) -> None:
    assert [(option.code, option.title) for option in boyko.options] == [("y", "Да"), ("n", "Нет")]
    assert boyko.blank == "." * 84


def test_statements_are_all_different(boyko: Instrument) -> None:
    assert len({item.text for item in boyko.items}) == 84
    assert all(item.text.endswith(".") and len(item.text) <= 200 for item in boyko.items)


def test_every_level_has_its_own_words(boyko: Instrument) -> None:
    texts = level_texts(boyko)
    assert len(texts) == (12 * 4 + 3 * 3) * 2
    assert len(set(texts.values())) == len(texts)


def test_level_texts_are_short_plain_russian(boyko: Instrument) -> None:
    for where, text in level_texts(boyko).items():
        assert len(text) <= 300, where
        assert text.count("—") <= 1, where
        assert re.search(r"[A-Za-z<>*_\n]", text) is None, where
        assert re.search(r"[.?!»]$", text), where


def test_a_doctor_is_named_only_where_it_is_hardest(boyko: Instrument) -> None:
    naming = {where for where, text in level_texts(boyko).items() if "врач" in text}
    assert naming == {"psychosomatic dominant advice", "exhaustion formed advice"}


@pytest.mark.parametrize("word", ["диагноз", "депресси", "болезн", "заболева", "лечени", "расстройств", "синдром"])
def test_level_texts_make_no_medical_claims(boyko: Instrument, word: str) -> None:
    assert not [where for where, text in level_texts(boyko).items() if word in text.lower()]


def test_a_person_is_told_that_it_is_no_diagnosis(boyko: Instrument) -> None:
    assert "не медицинский диагноз" in boyko.disclaimer
    assert "психолог" in boyko.disclaimer


def test_short_titles_fit_a_phone_chart_and_differ(boyko: Instrument) -> None:
    titles = [scale.short_title for scale in boyko.scales]
    assert max(map(len, titles)) <= 24
    assert len(set(titles)) == len(titles)
