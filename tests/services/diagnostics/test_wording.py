"""The published wording that an operator loads in place of ours."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import score
from services.diagnostics.wording import Wording, WordingError, read_wording, reworded

Lines = list[tuple[str, ...]]
TEXTS = [f"Утверждение, которое стоит под номером {number}; так в издании." for number in range(1, 85)]
ROWS: Lines = [(str(number), text) for number, text in enumerate(TEXTS, start=1)]


def save(
    path: Path,
    rows: Lines,
    header: tuple[str, ...] = ("item", "wording"),
    *,
    sep: str = ",",
    encoding: str = "utf-8",
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=sep).writerows([header, *rows] if header else rows)
    return path


def refusal(boyko: Instrument, path: Path) -> tuple[str, ...]:
    with pytest.raises(WordingError) as caught:
        read_wording(boyko, path)
    assert path.name in str(caught.value)
    return caught.value.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("sep", [",", ";"])
@pytest.mark.parametrize("header", [("item", "wording"), ("Номер", "ТЕКСТ"), ()])
def test_a_table_from_any_office_program_is_read(
    boyko: Instrument, tmp_path: Path, header: tuple[str, ...], sep: str, encoding: str
) -> None:
    path = save(tmp_path / "издание 1996.csv", ROWS, header, sep=sep, encoding=encoding)
    assert read_wording(boyko, path) == Wording("boyko", "1", "издание 1996", tuple(TEXTS))


def test_columns_are_found_by_name_and_others_ignored(boyko: Instrument, tmp_path: Path) -> None:
    rows: Lines = [("х", text, number, "9") for number, text in reversed(ROWS)]
    path = save(tmp_path / "w.csv", rows, ("шкала", "текст", "номер", "балл"), sep=";")
    assert read_wording(boyko, path).texts == tuple(TEXTS)


def test_the_title_is_the_caller_s_if_given(boyko: Instrument, tmp_path: Path) -> None:
    path = save(tmp_path / "w.csv", ROWS)
    assert read_wording(boyko, path, "Издание 1996 года").title == "Издание 1996 года"
    assert read_wording(boyko, path, "  ").title == "w"


def test_what_a_word_processor_leaves_is_cleaned(boyko: Instrument, tmp_path: Path) -> None:
    rows = [(" 1 ", "\u00a0Моя ра\u00adбота\n  мне  нравится.\ufeff "), *ROWS[1:], ("", ""), (" ", "")]
    path = save(tmp_path / "w.csv", rows)
    assert read_wording(boyko, path).texts[0] == "Моя работа мне нравится."


def test_only_the_words_change(boyko: Instrument, tmp_path: Path) -> None:
    wording = read_wording(boyko, save(tmp_path / "w.csv", ROWS), "Издание 1996 года")
    other = reworded(boyko, wording)
    assert [item.text for item in other.items] == TEXTS
    assert other.wording == "Издание 1996 года"
    assert replace(other, items=boyko.items, wording=boyko.wording) == boyko
    assert [replace(item, text="") for item in other.items] == [replace(item, text="") for item in boyko.items]
    assert score(other, "y" * 84) == score(boyko, "y" * 84)


def test_a_wording_of_another_version_does_not_fit(boyko: Instrument) -> None:
    with pytest.raises(ValueError, match="the wording is of boyko 2"):
        reworded(boyko, Wording("boyko", "2", "чужая", tuple(TEXTS)))


BROKEN: list[tuple[str, Callable[[Lines], Lines], list[str]]] = [
    ("missing", lambda rows: rows[:6] + rows[7:-1], ["Нет текста пунктов: 7, 84."]),
    (
        "twice",
        lambda rows: [*rows, ("3", "Ещё раз.")],
        ["Строка 86: пункт 3 уже был в строке 4. Оставьте один."],
    ),
    ("empty", lambda rows: [*rows[:-1], ("84", " ")], ["Строка 85: пункт 84: нет текста."]),
    ("short row", lambda rows: [*rows[:-1], ("84",)], ["Строка 85: пункт 84: нет текста."]),
    (
        "unknown number",
        lambda rows: [*rows, ("85", "Лишнее.")],
        ["Строка 86: номер «85» не подходит, нужен номер от 1 до 84."],
    ),
    (
        "zero",
        lambda rows: [("0", "Нулевое."), *rows],
        ["Строка 2: номер «0» не подходит, нужен номер от 1 до 84."],
    ),
    (
        "no number",
        lambda rows: [*rows, ("итого", "84")],
        ["Строка 86: номер «итого» не подходит, нужен номер от 1 до 84."],
    ),
    (
        "too long",
        lambda rows: [("1", "д" * 501), *rows[1:]],
        ["Строка 2: пункт 1: в тексте 501 знаков, можно не больше 500."],
    ),
    (
        "control character",
        lambda rows: [("1", "Моя\x07работа."), *rows[1:]],
        ["Строка 2: пункт 1: в тексте есть непечатаемый знак, наберите текст заново."],
    ),
    (
        "several at once",
        lambda rows: [("1", ""), ("2", "д" * 501), *rows[3:], ("4", "Ещё раз.")],
        [
            "Строка 2: пункт 1: нет текста.",
            "Строка 3: пункт 2: в тексте 501 знаков, можно не больше 500.",
            "Строка 85: пункт 4 уже был в строке 4. Оставьте один.",
            "Нет текста пунктов: 3.",
        ],
    ),
]


@pytest.mark.parametrize(
    ("spoil", "problems"), [pytest.param(spoil, problems, id=name) for name, spoil, problems in BROKEN]
)
def test_every_mistake_is_told_with_its_row(
    boyko: Instrument, tmp_path: Path, spoil: Callable[[Lines], Lines], problems: list[str]
) -> None:
    assert refusal(boyko, save(tmp_path / "w.csv", spoil(ROWS))) == tuple(problems)


def test_a_text_of_500_characters_is_taken(boyko: Instrument, tmp_path: Path) -> None:
    path = save(tmp_path / "w.csv", [("1", "д" * 500), *ROWS[1:]])
    assert len(read_wording(boyko, path).texts[0]) == 500


@pytest.mark.parametrize("header", ["item,wording\n", ""])
def test_a_text_cut_at_its_own_comma_is_noticed(boyko: Instrument, tmp_path: Path, header: str) -> None:
    path = tmp_path / "w.csv"
    path.write_text(header + "".join(f"{number},{text}\n" for number, text in ROWS), encoding="utf-8")
    problems = refusal(boyko, path)
    assert len(problems) == 84
    assert all("лишние ячейки" in problem for problem in problems)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "нет ни запятой, ни точки с запятой"),
        ("номер\n1\n2\n", "нет ни запятой, ни точки с запятой"),
        (";;\n;;\n", "нет ни одной строки"),
        ("пункт;текст\n1;Первое.\n", "ровно один столбец «item» или «номер», а его нет"),
        ("номер;item;текст\n1;1;Первое.\n", "ровно один столбец «item» или «номер», а он не один"),
        ("номер;формулировка\n1;Первое.\n", "ровно один столбец «wording» или «текст», а его нет"),
        ('номер;текст\n1;Первое.\n2;"Второе.\n3;Третье.\n', "Строка 3: кавычка открыта и не закрыта"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    boyko: Instrument, tmp_path: Path, content: str, problem: str
) -> None:
    path = tmp_path / "w.csv"
    path.write_text(content, encoding="utf-8")
    (found,) = refusal(boyko, path)
    assert problem in found


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "koi8-r", "cp866"])
def test_other_encodings_are_refused_and_not_guessed(boyko: Instrument, tmp_path: Path, encoding: str) -> None:
    (found,) = refusal(boyko, save(tmp_path / "w.csv", ROWS, encoding=encoding))
    assert "«CSV UTF-8»" in found


def test_a_damaged_utf8_file_is_refused_and_not_read_as_1251(boyko: Instrument, tmp_path: Path) -> None:
    path = save(tmp_path / "w.csv", ROWS)
    path.write_bytes(path.read_bytes().replace("так в издании".encode(), b"\xd1" + "так".encode(), 1))
    (found,) = refusal(boyko, path)
    assert "«CSV UTF-8»" in found


def test_a_title_must_fit(boyko: Instrument, tmp_path: Path) -> None:
    path = save(tmp_path / "w.csv", ROWS)
    with pytest.raises(WordingError, match="Название длиннее 200 знаков"):
        read_wording(boyko, path, "д" * 201)
