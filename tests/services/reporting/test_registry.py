"""The registry: every indicator of the cyclogram, each computable, each explained."""

from typing import Any

import pytest

from services.diagnostics.instrument import ItemKind
from services.diagnostics.loading import load_instruments
from services.reporting.indicators import fact_codes
from services.reporting.indicators.indicator import Form, Privacy, Rule
from services.reporting.indicators.registry import MONITORINGS, SECTIONS, RegistryError, read, registry, written

CYCLOGRAM = {
    "staffing": ["staffing.posts", "staffing.need", "staffing.headcount", "staffing.vacancies", "staffing.age"],
    "deficits": [
        "deficits.coverage",
        "deficits.found",
        "deficits.technological",
        "deficits.social",
        "deficits.problem_solving",
    ],
    "iom": ["iom.developed", "iom.for_deficits", "iom.for_growth", "iom.took_part"],
    "courses": ["courses.need", "courses.recommended", "courses.done"],
    "mentoring": ["pairs.worked", "meetings.held", "pairs.stage.1", "pairs.stage.2", "pairs.stage.3"],
    "duet": ["early.routed", "steps.confirmed"],
    "network": ["network.teachers", "network.schools"],
    "early": ["mentee_satisfaction.high", "mentor_satisfaction.high", "mentoring.schools", "early.finished"],
    "burnout": ["boyko.tension", "boyko.resistance", "boyko.exhaustion", "boyko.high"],
}


def test_each_monitoring_of_the_cyclogram_has_its_indicators() -> None:
    assert list(CYCLOGRAM) == list(MONITORINGS)
    for monitoring, codes in CYCLOGRAM.items():
        assert set(codes) <= {one.code for one in registry().of_monitoring(monitoring)}


def test_sections_hold_all_indicators_in_their_order() -> None:
    assert [one for section in SECTIONS for one in registry().in_section(section)] == list(registry().all)


def test_what_people_answered_is_told_of_groups_only() -> None:
    for one in registry().all:
        codes = [one.numerator, one.denominator]
        answered = one.rule is Rule.TAKING and any(
            fact_codes.test_of(code) and not code.endswith((".finished", ".invited")) and code != "boyko.schools"
            for code in codes
            if code
        )
        assert (one.privacy is Privacy.GROUP) is answered, one.code


def test_levels_are_those_of_the_instruments() -> None:
    instruments = load_instruments()
    for one in registry().all:
        test = fact_codes.test_of(one.numerator)
        if one.privacy is not Privacy.GROUP or not one.numerator.startswith(f"{one.denominator}."):
            continue
        instrument = instruments[test]
        factor, band = one.numerator.split(".")[1:]
        bands = instrument.factor_bands if instrument.factors else instrument.scale_bands
        assert factor in {part.code for part in instrument.factors or instrument.scales}, one.code
        assert band == bands[-1].code, one.code


def test_documents_are_those_that_the_staffing_card_asks_for() -> None:
    card = load_instruments()["staffing"]
    asked = next(item for item in card.items if item.kind is ItemKind.SEVERAL and "документы" in item.text)
    told = {one.code for one in registry().in_section("mentoring") if one.code.startswith("documents.")}
    assert told == {"documents.complete", *(f"documents.{option.code}" for option in asked.options)}


def test_words_are_whole_and_neutral() -> None:
    for one in registry().all:
        words = (one.title, one.short, one.definition, one.numerator_words, one.denominator_words)
        assert one.definition.endswith("."), one.code
        assert not any("(а)" in text for text in words), one.code
        assert (one.form is Form.COUNT) is (one.denominator_words == ""), one.code


def test_every_mistake_in_the_file_is_told() -> None:
    values = written()
    curated, teachers, joined, early, share, mentors = values["sections"]["participants"][1:]
    curated["of"] = ["teachers.unknown", "кто-то"]
    teachers["to"] = ["schools", "все школы"]
    joined["short"] = "а" * 33
    early["monitoring"] = "july"
    share["left_out"] = ["nobody"]
    mentors["privacy"] = "group"
    values["sections"]["burnout"][0]["code"] = "schools.count"
    values["reasons"]["needless"] = ["schools", "schools.typo", "незачем"]
    with pytest.raises(RegistryError) as refused:
        read(values)
    assert set(refused.value.problems) == {
        "schools.curated: no such fact: teachers.unknown",
        "teachers.count: a count has no denominator, a share and a mean have one",
        "teachers.joined: short has 33 characters, at most 32 are allowed",
        "teachers.early: no such monitoring: july",
        "teachers.early_share: no such reason: nobody",
        "mentors.count: published figures, and only they, are of the class group",
        "schools.count is there 2 times",
        "needless: no such fact: schools.typo",
        "reason needless is not used",
    }


@pytest.mark.parametrize(("field", "value"), [("form", "sum"), ("colour", "red"), ("title", None)])
def test_a_field_that_is_none_is_refused(field: str, value: Any) -> None:
    values = written()
    values["sections"]["participants"][0][field] = value
    with pytest.raises(RegistryError, match=field):
        read(values)
