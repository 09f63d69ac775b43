from collections.abc import Callable

import pytest

from services.diagnostics.instrument import Instrument
from services.diagnostics.sheets.columns import column_letters, find_columns, number_ranges
from services.spreadsheets.errors import SheetError

from .samples import NUMBERS, item_texts

STYLES: dict[str, Callable[[int, str], str]] = {
    "bare": lambda number, text: f"{number}",
    "dot": lambda number, text: f"{number}.",
    "padded": lambda number, text: f"q{number:02d}",
    "letter": lambda number, text: f"в{number}",
    "letter and space": lambda number, text: f"В {number}",
    "item": lambda number, text: f"item_{number}",
    "number sign": lambda number, text: f"№{number}",
    "number sign and space": lambda number, text: f"Вопрос № {number}",
    "word": lambda number, text: f"Вопрос {number}",
    "ordinal": lambda number, text: f"{number}-й вопрос",
    "brackets": lambda number, text: f"[{number}]",
    "survey": lambda number, text: f"Q1[SQ{number:03d}]",
    "float": lambda number, text: f"{number}.0",
    "text": lambda number, text: text,
    "number and text": lambda number, text: f"{number}. {text}",
    "number and a cut text": lambda number, text: f"{number}. {text[:20]}…",
    "number and other wording": lambda number, text: f"{number}) Совсем другая формулировка",
    "grid": lambda number, text: f"Отметьте ответ [{text}]",
    "numbered grid": lambda number, text: f"2. Отметьте ответ [{number}. {text}]",
    "untidy text": lambda number, text: "  " + text.upper().replace("ё", "е").replace(" ", "\u00a0 ").rstrip("."),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_header_is_recognised(boyko: Instrument, style: str) -> None:
    named = [STYLES[style](number, text) for number, text in enumerate(item_texts(), start=1)]
    # Backwards, so that the order of columns cannot stand in for their names.
    headers = ["Отметка времени", "ФИО", "Школа № 1", "Стаж, лет", "2024", *reversed(named), "Комментарий", ""]

    columns = find_columns(headers, boyko)

    assert [headers[position] for position in columns.items] == named
    assert columns.carried == (0, 1, 2, 3, 4, 89, 90)


def test_styles_may_be_mixed(boyko: Instrument) -> None:
    headers = [*NUMBERS[:40], *item_texts()[40:80], "в81", "Вопрос 82", "[83]", "84."]

    assert find_columns(headers, boyko).items == tuple(range(84))


def test_numbered_questions_about_the_person_are_not_items(boyko: Instrument) -> None:
    """The form counts its own questions: the text says which item it is, not the number."""
    texts = item_texts()
    headers = ["1. Ваша должность", "2. Стаж", *(f"{number + 2}. {texts[number - 1]}" for number in range(1, 85))]

    columns = find_columns(headers, boyko)

    assert columns.carried == (0, 1)
    assert columns.items == tuple(range(2, 86))


def test_the_forms_own_numbers_never_stand_in_for_an_edited_text(boyko: Instrument) -> None:
    texts = item_texts()
    texts[49] = "Вопрос, который переписали"
    headers = ["1. Ваша должность", "2. Стаж", *(f"{number + 2}. {texts[number - 1]}" for number in range(1, 85))]

    with pytest.raises(SheetError, match=r"Не найдены столбцы вопросов: 50\."):
        find_columns(headers, boyko)


def test_all_missing_items_are_named(boyko: Instrument) -> None:
    headers = [number for number in NUMBERS if number not in {"3", "17", "40", "41", "42"}]

    with pytest.raises(SheetError, match="Не найдены столбцы вопросов: 3, 17, 40–42"):
        find_columns(headers, boyko)


def test_a_doubled_item_is_named_with_its_places(boyko: Instrument) -> None:
    with pytest.raises(SheetError, match="Вопрос 5 встречается несколько раз: E «5», CG «Вопрос 5»"):
        find_columns([*NUMBERS, "Вопрос 5"], boyko)


def test_the_text_and_the_number_of_one_item_in_two_columns_are_refused(boyko: Instrument) -> None:
    with pytest.raises(SheetError, match="Вопрос 1 встречается"):
        find_columns([*NUMBERS, item_texts()[0]], boyko)


def test_numbering_from_zero_is_refused(boyko: Instrument) -> None:
    with pytest.raises(SheetError, match="вопросов: 84"):
        find_columns([str(number) for number in range(84)], boyko)


def test_a_file_without_items_says_how_to_name_them(boyko: Instrument) -> None:
    with pytest.raises(SheetError, match=r"нет ни одного вопроса методики.*от 1 до 84"):
        find_columns(["ФИО", "Школа"], boyko)


def test_numbers_past_the_last_item_are_noticed(boyko: Instrument) -> None:
    columns = find_columns([*NUMBERS, "85", "в86"], boyko)

    assert columns.carried == (84, 85)
    assert columns.foreign_numbers == (85, 86)


@pytest.mark.parametrize(("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(position: int, letters: str) -> None:
    assert column_letters(position) == letters


def test_numbers_are_listed_in_ranges() -> None:
    assert number_ranges([9, 1, 2, 4, 5, 6]) == "1, 2, 4–6, 9"
