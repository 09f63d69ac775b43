"""Rosters as people have them: any order and spelling of headings, and every mistake with its place and cure."""

import zipfile
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest

from services.people.roster.reading import read_roster
from services.people.roster.template import make_template, with_problems
from services.spreadsheets.errors import SheetError

from .files import HEADERS, MARIA, READ, TODAY, csv, entry, problem, row, xlsx


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_any_encoding_and_separator(encoding: str, separator: str) -> None:
    content = csv(HEADERS, MARIA, separator=separator, encoding=encoding)
    roster = read_roster("список.CSV", content, TODAY)
    assert roster.entries == (READ,)
    assert roster.problems == ()


def test_xlsx_with_numbers_for_numbers() -> None:
    assert read_roster("Список.xlsx", xlsx(HEADERS, MARIA), TODAY).entries == (READ,)


@pytest.mark.parametrize("seed", range(5))
def test_columns_in_any_order_with_others_between(seed: int) -> None:
    columns = [*zip(HEADERS, MARIA, strict=True), ("Телефон", "8-900"), ("Примечание", "=1+1")]
    Random(seed).shuffle(columns)
    headers, cells = zip(*columns, strict=True)
    roster = read_roster("in.xlsx", xlsx(headers, cells), TODAY)
    assert roster.entries == (READ,)
    assert set(roster.ignored) == {"Телефон", "Примечание"}


def test_headings_of_other_spellings_under_a_title() -> None:
    headers = (
        "Образовательная  организация",
        "Ф.И.О. педагога",
        "ДОЛЖНОСТЬ",
        "Педагогический стаж, лет",
        "Год рожд.",
    )
    content = csv(
        ("Список на 1 сентября",), ("",) * 5, headers, ("Школа № 1", "ИВАНОВА МАРИЯ", "учитель", "12,0", "1980")
    )
    (read,) = read_roster("in.csv", content, TODAY).entries
    assert (read.row, read.full_name, read.years_of_work, read.birth_year) == (4, "Иванова Мария", 12, 1980)


def test_blank_rows_count_but_are_nobody() -> None:
    content = xlsx(HEADERS, ("",) * 9, MARIA, ("",) * 9, row(Фамилия="Серова"))
    assert [each.row for each in read_roster("in.xlsx", content, TODAY).entries] == [3, 5]


def test_what_is_not_told_is_empty() -> None:
    told = entry(Отчество="", Предмет="-", Стаж="", Год_рождения="—", Категория="")
    assert told == replace(
        READ, full_name="Иванова Мария", subject="", years_of_work=None, birth_year=None, category=""
    )


@pytest.mark.parametrize(
    ("written", "category"),
    [
        ("Высшая (2023)", "высшая"),
        ("1 категория", "первая"),
        ("первая кв. категория", "первая"),
        ("СЗД", "соответствие"),
        ("соответствие занимаемой должности", "соответствие"),
        ("без категории", "нет"),
        ("б/к", "нет"),
        ("НЕТ", "нет"),
    ],
)
def test_categories_are_known_by_many_names(written: str, category: str) -> None:
    assert entry(Категория=written).category == category


def test_only_the_year_is_taken_of_a_date_of_birth() -> None:
    assert entry(Год_рождения="12.05.1980").birth_year == 1980


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Стаж": "двадцать"}, "Стаж", "«двадцать» — нужно число полных лет, например 12"),
        ({"Стаж": "40"}, "Стаж", "не сходится с годом рождения 1980"),
        ({"Год_рождения": "80"}, "Год рождения", "нужен год четырьмя цифрами"),
        ({"Год_рождения": "2030"}, "Год рождения", "нужен год четырьмя цифрами"),
        ({"Фамилия": ""}, "Фамилия", "впишите фамилию"),
        ({"Имя": "М4рия"}, "Имя", "только буквы"),
        ({"Школа": ""}, "Школа", "впишите школу в каждую строку"),
        ({"Школа": "12"}, "Школа", "например: Школа № 12"),
        ({"Должность": ""}, "Должность", "укажите должность"),
        ({"Должность": "у" * 81}, "Должность", "не длиннее 80"),
        ({"Категория": "вторая"}, "Категория", "«высшая», «первая», «соответствие» или «нет»"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_cure(cells: dict[str, str], column: str, words: str) -> None:
    found = problem(**cells)
    assert (found.row, found.column) == (2, column)
    assert words in found.text
    assert str(found).startswith(f"строка 2, «{column}»: ")


@pytest.mark.parametrize("value", ["=HYPERLINK(1)", "+7", "-учитель", "@SUM(A1)", "＝1"])
@pytest.mark.parametrize("column", ["Фамилия", "Отчество", "Должность", "Предмет", "Школа"])
def test_what_a_spreadsheet_would_run_is_a_mistake(value: str, column: str) -> None:
    found = problem(**{column: value})
    assert found.column == column
    assert "начинается со знака" in found.text


def test_a_row_with_a_mistake_is_left_out_and_the_others_are_read() -> None:
    roster = read_roster("in.csv", csv(HEADERS, MARIA, row(Стаж="много"), row(Имя="Анна")), TODAY)
    assert [each.row for each in roster.entries] == [2, 4]
    assert [each.row for each in roster.problems] == [3]


def test_a_row_longer_than_the_headings_is_a_mistake() -> None:
    roster = read_roster("in.csv", csv(HEADERS, (*MARIA, "лишнее")), TODAY)
    assert "ячеек больше, чем заголовков" in roster.problems[0].text


def with_macros() -> bytes:
    file = BytesIO(xlsx(HEADERS, MARIA))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("список.xlsm", xlsx(HEADERS, MARIA), "с макросами"),
        ("список.xlsx", with_macros(), "с макросами"),
        ("список.xls", b"x", "сохраните её как"),
        ("список.pdf", b"x", ".xlsx или .csv"),
        ("список.csv", b"", "пустой"),
        ("список.xlsx", b"PK\x03\x04 broken", "не открывается"),
        ("список.csv", csv(HEADERS), "только заголовки"),
        ("список.csv", csv(("Школа", "Фамилия", "Класс"), ("1", "2", "3")), "«Имя», «Должность»"),
        ("список.csv", csv((*HEADERS, "ФИО", "Ф.И.О."), ("",) * 11), "значат одно и то же"),
        ("список.csv", b"a" * (5 * 1024 * 1024 + 1), "больше 5 МБ"),
        ("список.csv", csv(HEADERS, *[MARIA] * 5001), "больше 5000 строк"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(SheetError) as refusal:
        read_roster(name, content, TODAY)
    assert words in str(refusal.value)


def test_the_template_is_a_roster_whose_example_is_nobody() -> None:
    with pytest.raises(SheetError, match="впишите людей"):
        read_roster("Список.xlsx", make_template(), TODAY)


def test_ones_own_file_comes_back_with_what_to_mend_and_is_taken_again() -> None:
    content = csv(("Список",), (*HEADERS, "Телефон"), (*MARIA, "8"), ("",), (*row(Стаж="=1+1", Имя=""), "9"))
    problems = read_roster("in.csv", content, TODAY).problems
    marked = with_problems("in.csv", content, problems)
    again = read_roster("in.xlsx", marked, TODAY)
    assert again.problems == problems
    assert {each.row for each in problems} == {5}
    assert again.entries[0].row == 3
    assert again.ignored == ("Телефон",)
    # What looked like a formula is a text, and would be nothing else in Excel.
    with zipfile.ZipFile(BytesIO(marked)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert "Имя: впишите имя" in archive.read("xl/sharedStrings.xml").decode()
