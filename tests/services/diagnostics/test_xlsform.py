"""XLSForm spreadsheets made into instruments."""

from pathlib import Path

import pytest
import xlsxwriter

from services.diagnostics.instrument import Condition, DateBounds, Instrument, ItemKind, NumberBounds
from services.diagnostics.loading import read_instrument
from services.diagnostics.xlsform.converting import convert
from services.diagnostics.xlsform.reading import FormError

Cells = list[list[str]]

EITHER = "selected(${topics}, 'ict') or selected(${topics}, 'law')"

SURVEY: Cells = [
    ["type", "name", "label::Russian (ru)", "required", "relevant", "constraint", "hint", "appearance"],
    ["begin group", "g", "О курсах", "", "", "", "", ""],
    ["note", "n1", "Ответы нужны, чтобы собрать заявку.", "", "", "", "", ""],
    ["select_one yn", "need", "Нужны ли курсы?", "yes", "", "", "", ""],
    ["select_multiple topic", "topics", "Какие темы?", "true", "${need} = 'yes'", "", "Можно несколько", ""],
    ["end group", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", ""],
    ["integer", "hours", "Сколько часов?", "", EITHER, ". >= 8 and . <= 144", "", ""],
    ["decimal", "share", "Какая доля?", "yes", "", ".<=1 and .>=0", "", ""],
    ["date", "last", "Когда последний раз?", "", "", "", "", ""],
    ["text", "post", "Должность?", "yes", "", "", "", ""],
    ["text", "more", "Что ещё?", "", "", "", "", "multiline"],
]  # fmt: skip
CHOICES: Cells = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Да"],
    ["yn", "no", "Нет"],
    ["topic", "ict", "Цифровые средства"],
    ["topic", "law", "Право"],
    ["topic", "=1+1", "Формула"],
]


def book(path: Path, survey: Cells = SURVEY, choices: Cells = CHOICES, first: str = "survey") -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        for name, cells in ((first, survey), ("choices", choices)):
            sheet = workbook.add_worksheet(name)
            for row, values in enumerate(cells):
                sheet.write_row(row, 0, values)
    return path


def converted(path: Path) -> Instrument:
    return read_instrument(convert(path), path)


def test_a_form_becomes_an_instrument(tmp_path: Path) -> None:
    form = converted(book(tmp_path / "Заявка courses-2026.xlsx"))
    assert (form.id, form.version, form.title) == ("courses_2026", "1", "Заявка courses-2026")
    items = form.items
    assert [item.kind for item in items] == [
        ItemKind.CHOICE,
        ItemKind.SEVERAL,
        ItemKind.NUMBER,
        ItemKind.NUMBER,
        ItemKind.DATE,
        ItemKind.SHORT_TEXT,
        ItemKind.LONG_TEXT,
    ]
    assert items[0].text == "О курсах. Нужны ли курсы?"
    assert items[0].hint == "Ответы нужны, чтобы собрать заявку."
    assert [option.title for option in items[0].options] == ["Да", "Нет"]
    assert items[1].hint == "Можно несколько"
    assert items[1].show_if == Condition(1, frozenset(items[0].options[0].code))
    assert items[2].text == "Сколько часов?", "the group has ended"
    assert items[2].show_if == Condition(2, frozenset("ab"))
    assert items[2].bounds == NumberBounds(8, 144, 0)
    assert items[3].bounds == NumberBounds(0, 1, 2)
    assert items[4].bounds == DateBounds()
    assert [item.optional for item in items] == [False, False, True, False, True, False, True]
    assert items[1].options[2].title == "Формула", "a formula is text like any other"


WRONG: list[tuple[str, int, int, str, str]] = [
    ("type", 8, 0, "geopoint", "Лист survey, строка 9: тип «geopoint» не поддерживается"),
    ("repeat", 1, 0, "begin repeat", "Лист survey, строка 2: «begin repeat» не поддерживается"),
    ("no bounds", 7, 5, "", "Лист survey, строка 8: нужны границы числа"),
    ("odd bounds", 7, 5, ". > 8", "Лист survey, строка 8: нужны границы числа"),
    ("condition", 7, 4, "${hours} > 3", "Лист survey, строка 8: такое условие не поддерживается"),
    ("no such question", 7, 4, "${nothing} = 'a'", "Лист survey, строка 8: условие должно быть об одном вопросе"),
    ("no such option", 4, 4, "${need} = 'maybe'", "Лист survey, строка 5: у вопроса «need» нет варианта «maybe»"),
    ("no list", 3, 0, "select_one yesno", "Лист survey, строка 4: в списке «yesno» вариантов: 0"),
    ("no label", 9, 2, "", "Лист survey, строка 10: нет текста вопроса"),
    ("constraint of a text", 10, 5, "regex(., 'a')", "Лист survey, строка 11: constraint поддерживается только"),
]


@pytest.mark.parametrize(
    ("row", "column", "cell", "problem"), [pytest.param(*rest, id=name) for name, *rest in WRONG]
)
def test_what_is_not_understood_is_named_with_its_row(
    tmp_path: Path, row: int, column: int, cell: str, problem: str
) -> None:
    survey = [list(values) for values in SURVEY]
    survey[row][column] = cell
    with pytest.raises(FormError) as caught:
        convert(book(tmp_path / "form.xlsx", survey))
    assert any(each.startswith(problem) for each in caught.value.problems), caught.value.problems


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    survey = [SURVEY[0], ["image", "a", "Фото", "", "", "", "", ""], ["calculate", "b", "", "", "", "", "", ""]]
    choices = [*CHOICES, ["yn", "yes", "Снова да"]]
    with pytest.raises(FormError) as caught:
        convert(book(tmp_path / "form.xlsx", [*survey, SURVEY[3]], choices))
    places = [problem.partition(":")[0] for problem in caught.value.problems]
    assert places == [
        "Лист survey, строка 2",
        "Лист survey, строка 3",
        "Лист choices, строка 2",
        "Лист choices, строка 7",
    ]


def test_a_file_that_is_no_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="Нет листа survey"):
        convert(book(tmp_path / "form.xlsx", first="Лист1"))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"not a book")
    with pytest.raises(FormError, match="не открывается"):
        convert(broken)
    with pytest.raises(FormError, match="ни одного вопроса"):
        convert(book(tmp_path / "empty.xlsx", SURVEY[:1]))
