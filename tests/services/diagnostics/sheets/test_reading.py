"""Files of every encoding, separator and shape that people bring, read through the whole way to the scores."""

from pathlib import Path

import pytest

from services.diagnostics.instrument import Instrument
from services.diagnostics.sheets.score_file import Outcome, score_file
from services.spreadsheets import encoding
from services.spreadsheets.encoding import text_blocks
from services.spreadsheets.errors import SheetError

from .samples import NUMBERS, expected, item_texts, read_csv, sheets, words, write_csv

PEOPLE = sheets(12)
HEADERS = ["ФИО", *NUMBERS]
ROWS = [[f"Ёлкина Ирина {number}", *words(sheet)] for number, sheet in enumerate(PEOPLE)]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]


def scored(instrument: Instrument, source: Path) -> tuple[Outcome, list[list[str]]]:
    target = source.with_name("out.csv")
    outcome = score_file(instrument, source, target)
    return outcome, read_csv(target)[1:]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings_and_separators_are_detected(
    boyko: Instrument, tmp_path: Path, name: str, separator: str
) -> None:
    source = write_csv(tmp_path / "in.csv", HEADERS, ROWS, encoding=name, separator=separator)

    _, rows = scored(boyko, source)

    assert rows == [[row[0], *expected(sheet)] for row, sheet in zip(ROWS, PEOPLE, strict=True)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "cp1251"])
def test_a_google_form_with_commas_in_its_questions(
    boyko: Instrument, tmp_path: Path, name: str, separator: str
) -> None:
    headers = ["Отметка времени", "ФИО, полностью", *item_texts()]
    rows = [
        ["01.09.2024 12:30:05", row[0], *words(sheet, "Да", "Нет")]
        for row, sheet in zip(ROWS, PEOPLE, strict=True)
    ]
    source = write_csv(tmp_path / "in.csv", headers, rows, encoding=name, separator=separator)

    _, result = scored(boyko, source)

    assert result == [[*row[:2], *expected(sheet)] for row, sheet in zip(rows, PEOPLE, strict=True)]


def test_windows_1251_that_first_shows_far_into_the_file(
    boyko: Instrument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.spreadsheets.csv_table.text_blocks", lambda path: text_blocks(path, 1_000))
    rows = [["Ivanova", *words(sheet, "1", "0")] for sheet in PEOPLE] + [["Ёлкина", *words(PEOPLE[0], "1", "0")]]
    source = write_csv(tmp_path / "in.csv", ["name", *NUMBERS], rows, encoding="cp1251")

    _, result = scored(boyko, source)

    assert [row[0] for row in result] == ["Ivanova"] * 12 + ["Ёлкина"]


def test_blocks_end_where_rows_end(boyko: Instrument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells of several lines, with quotes and separators, whatever the place where a block happens to be cut."""
    names = [f'Ирина "{number}";\r\nвторая, строка\n' for number in range(60)]
    people = sheets(60)
    rows = [[name, *words(sheet)] for name, sheet in zip(names, people, strict=True)]
    rows[30][5] = ""
    for encoding_name in ("utf-8", "utf-16"):
        source = write_csv(tmp_path / "in.csv", HEADERS, rows, encoding=encoding_name)
        for size in (300, 601, 1_024, 4_001):
            monkeypatch.setattr(
                "services.spreadsheets.csv_table.text_blocks",
                lambda path, size=size: text_blocks(path, size),
            )
            outcome, result = scored(boyko, source)
            assert result == [
                [name, *expected(sheet)]
                for number, (name, sheet) in enumerate(zip(names, people, strict=True))
                if number != 30
            ]
            assert [(one.row, one.column) for one in outcome.problems] == [(32, "F")]


def test_line_ends_of_an_old_mac(boyko: Instrument, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", HEADERS, ROWS)
    source.write_bytes(source.read_bytes().replace(b"\r\n", b"\r"))

    assert len(scored(boyko, source)[1]) == 12


def test_the_separator_line_of_excel_is_obeyed_and_not_counted(boyko: Instrument, tmp_path: Path) -> None:
    rows = [[row[0], *row[1:]] for row in ROWS]
    rows[1][1] = "?"
    source = write_csv(tmp_path / "in.csv", HEADERS, rows, separator="|")
    source.write_bytes(b"sep=|\r\n" + source.read_bytes())

    outcome, result = scored(boyko, source)

    assert len(result) == 11
    assert outcome.problems[0].row == 3


def test_blank_rows_are_nobody_and_are_counted_in_row_numbers(boyko: Instrument, tmp_path: Path) -> None:
    blank = [""] * len(HEADERS)
    wrong = ["Петрова", *words(PEOPLE[0])]
    wrong[84] = "не знаю"
    rows = [blank, ROWS[0], [], [" ", *blank[1:]], wrong, blank, []]
    source = write_csv(tmp_path / "in.csv", blank, [HEADERS, *rows])

    outcome, result = scored(boyko, source)

    assert [row[0] for row in result] == [ROWS[0][0]]
    assert (outcome.scored, outcome.unscored, outcome.blank) == (1, 1, 5)
    assert [(one.row, one.column, one.value) for one in outcome.problems] == [(7, "CG", "не знаю")]


def test_a_row_with_a_value_too_many_is_not_scored(boyko: Instrument, tmp_path: Path) -> None:
    """A separator inside a name without quotes shifts the answers: that person is not scored by wrong answers."""
    source = write_csv(tmp_path / "in.csv", HEADERS, ROWS, separator=",")
    text = source.read_text(encoding="utf-8").replace("Ёлкина Ирина 3", "да,нет")
    source.write_text(text, encoding="utf-8")

    outcome, result = scored(boyko, source)

    assert len(result) == 11
    assert [(one.row, one.column) for one in outcome.problems] == [(5, "CH")]
    assert "лишнее" in outcome.problems[0].reason


def test_a_short_row_is_not_scored(boyko: Instrument, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", HEADERS, [*ROWS, ROWS[0][:-2]])

    outcome, _ = scored(boyko, source)

    assert [(one.row, one.column, one.reason) for one in outcome.problems] == [
        (14, "CF", "нет ответа"),
        (14, "CG", "нет ответа"),
    ]


@pytest.mark.parametrize("name", ['5" дюймов', '"Роза"нова'])
def test_a_quote_without_a_pair_is_told_with_its_row(boyko: Instrument, tmp_path: Path, name: str) -> None:
    source = write_csv(tmp_path / "in.csv", HEADERS, ROWS)
    text = source.read_text(encoding="utf-8").replace("Ёлкина Ирина 3", name)
    source.write_text(text, encoding="utf-8")

    with pytest.raises(SheetError, match="строку 5"):
        scored(boyko, source)


def test_a_quote_that_is_never_closed_does_not_swallow_the_file(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('имя;1\n"' + "да;нет\n" * 5_000, encoding="utf-8")

    with pytest.raises(SheetError, match="кавычка"):
        list(text_blocks(source, 1_000))


def test_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("Ирина;да\n".encode() * 200 + "Ирина;да\n".encode("cp1251") * 200)

    with pytest.raises(SheetError, match="повреждён"):
        list(text_blocks(source, 1_000))


def test_a_block_is_of_a_bounded_size(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Ирина;да\n" * 10_000, encoding="utf-8")

    assert max(len(block.text) for block in text_blocks(source, 5_000)) <= 2 * 5_000
    assert encoding.BLOCK_BYTES <= 64 * 1024 * 1024
