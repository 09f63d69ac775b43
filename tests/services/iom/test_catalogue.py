"""The catalogue of measures: the shipped file, its checks, and what municipalities make of it."""

from pathlib import Path

import pytest
import yaml

from handlers.iom.drafting.taps import AddMeasureTap
from services.diagnostics.loading import load_instruments
from services.iom.catalogue import OURS, CatalogueError, Measure, load_catalogue, measures, shipped
from services.iom.catalogue_ports import OwnMeasure
from services.iom.model import Form
from services.iom.wording import DOMAIN_TITLES, GROWTH_DOMAIN

COURSE = Measure("digital_course", "digital", "Курс", Form.COURSE, 70, "Удостоверение")
WEBINAR = Measure("digital_webinar", "digital", "Вебинар", Form.WEBINAR, 21, "Проба")
LESSON = Measure("subject_lesson", "subject", "Урок коллеги", Form.LESSON_EXCHANGE, 30, "Лист")
SHELF = (COURSE, WEBINAR, LESSON)


def own(
    number: int, title: str, code: str | None = None, domain: str = "digital", *, hidden: bool = False
) -> OwnMeasure:
    return OwnMeasure(number, code, domain, title, Form.MASTER_CLASS, 10, "Итог", hidden)


def test_each_domain_of_the_diagnosis_and_growth_have_at_least_six_measures() -> None:
    for domain in DOMAIN_TITLES:
        assert len(measures(shipped(), (), domain)) >= 6, domain
    assert {scale.code for scale in load_instruments()["deficits"].scales} == set(DOMAIN_TITLES) - {GROWTH_DOMAIN}
    assert {measure.form for measure in shipped()} == set(Form)


def test_the_first_measures_of_domains_differ_in_form() -> None:
    firsts = [measures(shipped(), (), domain)[0].form for domain in DOMAIN_TITLES]
    assert len(set(firsts)) >= 4


def test_every_code_fits_on_a_button() -> None:
    for measure in shipped():
        assert AddMeasureTap(route=2**63 - 1, measure=measure.code).pack()


def test_a_municipality_edits_hides_and_adds() -> None:
    edited = own(1, "Курс в районе", "digital_course")
    hidden = own(2, "Вебинар", "digital_webinar", hidden=True)
    added = own(3, "Клуб цифровых пятниц")
    silent = own(4, "Старое", hidden=True)
    found = measures(SHELF, (added, hidden, edited, silent), "digital")
    assert [(each.code, each.title) for each in found] == [
        ("digital_course", "Курс в районе"),
        ("own3", "Клуб цифровых пятниц"),
    ]
    assert found[0].days == 10
    assert measures(SHELF, (added, hidden, edited), "subject") == [LESSON]


def test_an_edited_measure_may_move_to_another_domain() -> None:
    moved = own(1, "Курс по предмету", "digital_course", "subject")
    assert [each.code for each in measures(SHELF, (moved,), "subject")] == ["digital_course", "subject_lesson"]
    assert [each.code for each in measures(SHELF, (moved,), "digital")] == ["digital_webinar"]


def test_what_was_edited_stays_when_it_has_gone_from_the_file() -> None:
    found = measures((), (own(1, "Прежний курс", "digital_gone"),), "digital")
    assert [each.title for each in found] == ["Прежний курс"]


def test_every_mistake_of_a_file_is_told_of(tmp_path: Path) -> None:
    file = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    file["digital"][0] |= {"form": "lecture", "days": 0}
    file["subject"][0]["code"] = file["subject"][1]["code"]
    file["methodical"][0]["title"] = "я" * 301
    file["assessment"][0]["code"] = "own7"
    file["growth"] = []
    del file["communication"]
    path = tmp_path / "catalogue.yaml"
    path.write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(path)
    told = "\n".join(refused.value.problems)
    for mistake in (
        "form is 'lecture'",
        "days is 0",
        "the code is used 2 times",
        "title is",
        "code is 'own7'",
        "growth is []",
        "no field 'communication'",
    ):
        assert mistake in told, mistake


@pytest.mark.parametrize("text", ["", "just words", "[1, 2", "digital: 5"])
def test_a_file_that_is_no_catalogue_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError):
        load_catalogue(path)
