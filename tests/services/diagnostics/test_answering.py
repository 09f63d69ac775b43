"""What people tap and write, and what a sheet becomes of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.diagnostics.answer_parsing import Unclear
from services.diagnostics.answering import Given, Sheet, Value, settled, shown_before, tapped, written
from services.diagnostics.answers_in_words import in_words
from services.diagnostics.instrument import Item
from tests.services.diagnostics.forms import FORM, MEANS, Data, made

TODAY = date(2026, 10, 20)
CARD = made(FORM)
CHOICE, SEVERAL, NUMBER, DAY, SHORT, LONG = CARD.items
LIKERT = made(MEANS).items[0]


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        (CHOICE, "да", Given("y")),
        (CHOICE, " Нет! ", Given("n")),
        (CHOICE, "ага", Given("y")),
        (CHOICE, "2", Given("n")),
        (LIKERT, "Скорее да.", Given("2")),
        (LIKERT, "4", Given("3")),
        (NUMBER, "41,5", Given("+", 41.5)),
        (NUMBER, "41.5 года", Given("+", 41.5)),
        (NUMBER, "около 40", Given("+", 40.0)),
        (NUMBER, "40,0", Given("+", 40.0)),
        (DAY, "12.10.2025", Given("+", "2025-10-12")),
        (DAY, "1.2.25", Given("+", "2025-02-01")),
        (DAY, "2025-10-12", Given("+", "2025-10-12")),
        (DAY, "12 октября", Given("+", "2026-10-12")),
        (DAY, "25 октября", Given("+", "2025-10-25")),  # this year's is yet to come
        (DAY, "5 мая 2024 г.", Given("+", "2024-05-05")),
        (DAY, "Сегодня", Given("+", "2026-10-20")),
        (DAY, "вчера", Given("+", "2026-10-19")),
        (SHORT, "  Завуч\u200b и\nдиректор ", Given("+", "Завуч и\nдиректор")),
        (SHORT, "пропустить", Given("-")),
        (SEVERAL, "Физика", Given(".", "p")),
        (SEVERAL, "3, 1", Given(".", "mp")),
    ],
)
def test_words_are_understood(item: Item, text: str, value: Given) -> None:
    assert written(item, text, None, TODAY) == value


def test_an_option_with_a_comma_may_be_written_whole() -> None:
    def mend(data: Data) -> None:
        data["items"][1]["options"][0]["title"] = "Логопед, дефектолог"

    item = made(FORM, mend).items[1]
    assert written(item, "логопед, дефектолог", None, TODAY) == Given(".", "m")


@pytest.mark.parametrize(
    ("item", "text", "mend"),
    [
        (CHOICE, "наверное", "«Да» или «Нет»"),
        (CHOICE, "3", "«Да» или «Нет»"),
        (LIKERT, "5", "номером от 1 до 4"),
        (NUMBER, "много", "число от 18 до 80"),
        (NUMBER, "от 30 до 40", "число от 18 до 80"),
        (NUMBER, "17,9", "Число 17,9 не подходит: нужно от 18 до 80"),
        (NUMBER, "-40", "нужно от 18 до 80"),
        (NUMBER, "41,55", "одна цифра"),
        (NUMBER, "пропустить", "нельзя пропустить"),
        (DAY, "скоро", "ДД.ММ.ГГГГ"),
        (DAY, "октябрь 2024", "первое число: 01.10.2024"),
        (DAY, "5.2024 г.", "первое число: 01.05.2024"),
        (DAY, "13.2024", "ДД.ММ.ГГГГ"),
        (DAY, "осень 2024", "ДД.ММ.ГГГГ"),
        (DAY, "31.02.2025", "Такого дня в календаре нет"),
        (DAY, "12.13.2025", "Месяца с номером 13 нет"),
        (DAY, "завтра", "позже сегодняшнего дня"),
        (DAY, "31.12.1999", "раньше 01.01.2000"),
        (SHORT, "т" * 201, "знаков 201, а поместится 200"),
        (SHORT, " \u200b ", "словами"),
        (SEVERAL, "готово", "хотя бы один"),
        (SEVERAL, "химия", "номером от 1 до 3"),
        (SEVERAL, "1, 2, 3", "не больше 2"),
    ],
)
def test_what_is_unclear_says_how_to_mend_it(item: Item, text: str, mend: str) -> None:
    with pytest.raises(Unclear) as caught:
        written(item, text, None, TODAY)
    assert mend in str(caught.value)


def test_whole_numbers_take_no_fraction() -> None:
    def whole(data: Data) -> None:
        data["items"][2].update(decimals=0, high=2000)

    item = made(FORM, whole).items[2]
    assert written(item, "1 200", None, TODAY) == Given("+", 1200)
    assert written(item, "25,0", None, TODAY) == Given("+", 25)
    with pytest.raises(Unclear, match="целое"):
        written(item, "25,5", None, TODAY)


def test_options_are_chosen_one_by_one() -> None:
    value: Value | None = None
    for code, after in (("p", "p"), ("m", "mp"), ("p", "m")):
        given = tapped(SEVERAL, code, value, TODAY)
        assert given == Given(".", after)
        value = given.value
    assert tapped(SEVERAL, "+", "m", TODAY) == Given("+", "m")
    assert tapped(SEVERAL, "m", "m", TODAY) == Given(".")
    with pytest.raises(Unclear, match="не больше 2"):
        tapped(SEVERAL, "r", "mp", TODAY)
    with pytest.raises(Unclear, match="хотя бы один"):
        tapped(SEVERAL, "+", None, TODAY)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (CHOICE, "z"),
        (CHOICE, "-"),
        (CHOICE, "+"),
        (CHOICE, "t"),
        (SEVERAL, "y"),
        (NUMBER, "y"),
        (NUMBER, "+"),
        (LONG, "t"),
    ],
)
def test_a_button_that_the_item_has_not_is_no_answer(item: Item, code: str) -> None:
    with pytest.raises(KeyError):
        tapped(item, code, None, TODAY)


def test_an_optional_item_may_be_passed_over_and_a_day_be_today() -> None:
    assert tapped(LONG, "-", "было", TODAY) == Given("-")
    assert tapped(DAY, "t", None, TODAY) == Given("+", "2026-10-20")


def test_a_hidden_item_loses_its_answer_and_comes_back_unanswered() -> None:
    asked = settled(CARD, Sheet("......"), 1, Given("y"))
    assert (asked.answers, asked.first_unanswered) == ("y.....", 2)
    filled = settled(CARD, asked, 2, Given("+", "m"))
    hidden = settled(CARD, filled, 1, Given("n"))
    assert hidden == Sheet("n~....", {})
    assert hidden.first_unanswered == 3
    assert shown_before(hidden.answers, 3) == 1
    assert shown_before(hidden.answers, 1) == 0
    assert settled(CARD, hidden, 1, Given("y")).answers == "y....."


def test_conditions_reach_through_hidden_items() -> None:
    def chained(data: Data) -> None:
        data["items"][2]["show_if"] = {"item": 2, "is": ["m"]}
        data["items"][5]["show_if"] = {"item": 1, "is": ["y"]}

    card = made(FORM, chained)
    sheet = settled(card, Sheet("......"), 1, Given("y"))
    sheet = settled(card, sheet, 2, Given("+", "mr"))
    sheet = settled(card, sheet, 3, Given("+", 40.0))
    assert sheet.answers == "y++..."
    assert settled(card, sheet, 1, Given("n")).answers == "n~~..~"
    assert settled(card, sheet, 2, Given("+", "r")) == Sheet("y+~...", {2: "r"})
    # While several options are being chosen nobody can tell yet.
    assert settled(card, sheet, 2, Given(".", "r")).answers == "y.+..."


@given(
    steps=st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from((Given("y"), Given("n"), Given("+", "m"), Given("-")))),
        max_size=20,
    )
)
def test_values_stand_beside_what_is_answered_and_nothing_else(steps: list[tuple[int, Given]]) -> None:
    sheet = Sheet(CARD.blank)
    for number, given_ in steps:
        right = (number == 1) == (given_.mark in "yn")
        if right and sheet.answers[number - 1] != "~":
            sheet = settled(CARD, sheet, number, given_)
    marks = {number for number, mark in enumerate(sheet.answers, start=1) if mark == "+"}
    assert set(sheet.values) == marks
    assert (sheet.answers[1] == "~") == (sheet.answers[0] == "n")


def test_answers_are_read_back_in_words() -> None:
    assert in_words(CHOICE, "y", None) == "Да"
    assert in_words(SEVERAL, "+", "mp") == "Математика; Физика"
    assert in_words(NUMBER, "+", 41.5) == "41,5 лет"
    assert in_words(NUMBER, "+", 40.0) == "40 лет"
    assert in_words(DAY, "+", "2025-10-12") == "12.10.2025"
    assert in_words(SHORT, "-", None) == "пропущено"
    assert in_words(SEVERAL, "~", None) is None
