"""The catalogue of a municipality: its own measures beside and in place of those shipped, and files of them."""

from dataclasses import replace

import pytest

from services.iom.catalogue import Measure
from services.iom.catalogue import measures as offered
from services.iom.catalogue_ports import MeasureFields, OwnMeasure
from services.iom.measures import Kept, catalogue, find, fits, planned
from services.iom.measures_file import MeasuresFile, parsed_days, read_measures
from services.iom.measures_sheet import make_export, make_template
from services.iom.model import Form
from services.iom.wording import DOMAIN_TITLES, FORM_TITLES
from services.spreadsheets.errors import SheetError
from tests.services.people.roster.files import csv, xlsx

HEADERS = ("Область", "Мероприятие", "Форма", "Срок (дней)", "Ожидаемый результат")
ROW = ("Цифровые компетенции", "Практикум", "Мастер-класс", "30", "Журнал заполнен")
READ = MeasureFields("digital", "Практикум", Form.MASTER_CLASS, 30, "Журнал заполнен")
COURSE = Measure("digital_course", "digital", "Курс", Form.COURSE, 60, "Удостоверение")
TALK = Measure("digital_talk", "digital", "Консультация", Form.CONSULTATION, 14, "План")
SHIPPED = (COURSE, TALK)


def own(number: int, fields: MeasureFields, code: str | None = None, *, hidden: bool = False) -> OwnMeasure:
    return OwnMeasure(number, code, fields.domain, fields.title, fields.form, fields.days, fields.result, hidden)


def row(**cells: str) -> tuple[str, ...]:
    names = ("domain", "title", "form", "days", "result")
    return tuple(cells.get(name, value) for name, value in zip(names, ROW, strict=True))


def problems(**cells: str) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in read_measures("in.csv", csv(HEADERS, row(**cells))).problems]


def test_methodists_see_what_teachers_do_not() -> None:
    edited = own(5, replace(COURSE.fields, title="Курс в районе"), COURSE.code)
    kept = catalogue(SHIPPED, [edited, own(6, TALK.fields, TALK.code, hidden=True), own(7, READ)])
    assert [(each.now.title, each.edited, each.hidden) for each in kept] == [
        ("Курс в районе", True, False),
        ("Консультация", False, True),
        ("Практикум", False, False),
    ]
    assert [each.title for each in offered(SHIPPED, [each.own for each in kept if each.own], "digital")] == [
        "Курс в районе",
        "Практикум",
    ]
    assert find(kept, "digital_course") is kept[0]
    assert find(kept, kept[2].now.code) is kept[2]
    assert find(kept, "own99") is None


def test_what_stood_in_place_of_a_measure_shipped_no_more_is_the_municipalitys_own() -> None:
    (kept,) = catalogue((), [own(5, READ, "gone")])
    assert (kept.now.title, kept.shipped, kept.edited) == ("Практикум", None, False)


@pytest.mark.parametrize("name", ["in.csv", "in.xlsx"])
def test_a_file_is_read_whatever_the_order_of_its_columns(name: str) -> None:
    make = csv if name.endswith("csv") else xlsx
    content = make(tuple(reversed(HEADERS)), tuple(reversed(ROW)))
    assert read_measures(name, content) == MeasuresFile((READ,), ())


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ({"domain": "цифровые"}, READ),
        ({"domain": "Профессиональный рост"}, replace(READ, domain="")),
        ({"domain": "психолого-педагогические"}, replace(READ, domain="psycho_pedagogical")),
        ({"form": "курсы"}, replace(READ, form=Form.COURSE)),
        ({"form": "МАСТЕР КЛАСС"}, READ),
        ({"days": "45 дней"}, replace(READ, days=45)),
        ({"days": "45.0"}, replace(READ, days=45)),
        ({"result": ""}, replace(READ, result="")),
        ({"title": "  Практикум  "}, READ),
    ],
)
def test_what_people_write_is_understood(cells: dict[str, str], read: MeasureFields) -> None:
    assert read_measures("in.csv", csv(HEADERS, row(**cells))) == MeasuresFile((read,), ())


def test_our_own_titles_are_read_back() -> None:
    for domain, title in DOMAIN_TITLES.items():
        for form, form_title in FORM_TITLES.items():
            content = csv(HEADERS, row(domain=title, form=form_title))
            assert read_measures("in.csv", content).measures == (replace(READ, domain=domain, form=form),)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"domain": "разное"}, "Область"),
        ({"domain": ""}, "Область"),
        ({"title": ""}, "Мероприятие"),
        ({"title": "123"}, "Мероприятие"),
        ({"title": "а" * 301}, "Мероприятие"),
        ({"form": "лекция"}, "Форма"),
        ({"days": "месяц"}, "Срок (дней)"),
        ({"days": "0"}, "Срок (дней)"),
        ({"days": "366"}, "Срок (дней)"),
        ({"result": "а" * 1001}, "Ожидаемый результат"),
    ],
)
def test_a_wrong_cell_is_told_with_its_row(cells: dict[str, str], column: str) -> None:
    assert problems(**cells) == [(2, column)]


def test_of_two_rows_with_the_same_title_the_second_is_wrong() -> None:
    file = read_measures(
        "in.csv", csv(HEADERS, ROW, row(form="Курс", title="ПРАКТИКУМ."), row(domain="методические"))
    )
    assert [fields.domain for fields in file.measures] == ["digital", "methodical"]
    assert [(each.row, each.text) for each in file.problems] == [(3, "повторяет строку 2, оставьте одну из них")]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("in.csv", csv(("Область", "Мероприятие"), ("Цифровые", "Курс")), "«Форма», «Срок"),
        ("in.csv", csv((*HEADERS, "Название"), (*ROW, "Курс")), "одно и то же"),
        ("in.csv", csv(HEADERS), "нет мероприятий"),
        ("in.xlsx", make_template(), "нет мероприятий"),
        ("in.docx", b"PK", ".xlsx или .csv"),
        ("in.xlsx", b"not a workbook", "не открывается"),
        ("in.csv", csv(HEADERS, *[row(title=f"Курс {number}") for number in range(1001)]), "больше 1000 строк"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_measures(name, content)


def test_what_is_written_out_comes_back_unchanged() -> None:
    # A title that looks like a formula stays a title.
    kept = catalogue(SHIPPED, [own(7, READ), own(8, replace(READ, title="=СУММ(A1)", domain=""))])
    file = read_measures("Каталог.xlsx", make_export([each.now.fields for each in kept]))
    assert file == MeasuresFile(tuple(each.now.fields for each in kept), ())
    would = planned(file, kept)
    assert (would.empty, would.unchanged) == (True, 4)


def test_a_file_adds_changes_and_shows_again() -> None:
    kept = catalogue(SHIPPED, [own(6, TALK.fields, TALK.code, hidden=True)])
    file = MeasuresFile((READ, replace(COURSE.fields, days=90), TALK.fields), ())
    would = planned(file, kept)
    assert would.added == (READ,)
    assert [(each.now.code, fields.days) for each, fields in would.changed] == [
        ("digital_course", 90),
        ("digital_talk", 14),
    ]
    assert would.unchanged == 0


def test_a_municipality_may_not_keep_endlessly_many() -> None:
    many: list[Kept] = catalogue((), [own(number, READ) for number in range(999)])
    one = planned(MeasuresFile((replace(READ, title="Ещё"),), ()), many)
    two = planned(MeasuresFile((replace(READ, title="Ещё"), replace(READ, title="И ещё")), ()), many)
    assert fits(one, many)
    assert not fits(two, many)


@pytest.mark.parametrize(
    ("text", "days"), [("30", 30), ("1 день", 1), ("365 дней", 365), ("0", None), ("пять", None)]
)
def test_days_in_words(text: str, days: int | None) -> None:
    assert parsed_days(text) == days
