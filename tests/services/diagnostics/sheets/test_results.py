"""The files that come out: results, what is wrong, the summary."""

import statistics
import zipfile
from collections import Counter
from pathlib import Path

import fastexcel
import pytest
import xlsxwriter

from services.diagnostics.instrument import Instrument
from services.diagnostics.sheets.score_file import Outcome, score_file
from services.spreadsheets.errors import SheetError

from .samples import NUMBERS, expected, item_texts, read_csv, sheets, words, write_csv

PEOPLE = sheets(300)
HEADERS = ["Код", *NUMBERS, "Комментарий", "Комментарий"]
ROWS = [[f"{number:03d}", *words(sheet), "ладно", ""] for number, sheet in enumerate(PEOPLE)]


def source_csv(folder: Path, rows: list[list[str]] = ROWS) -> Path:
    return write_csv(folder / "in.csv", HEADERS, rows)


def source_xlsx(folder: Path, rows: list[list[object]], blank_top: int = 0) -> Path:
    path = folder / "in.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("Ответы")
    for number, row in enumerate(rows):
        sheet.write_row(number + blank_top, 0, row)
    book.add_worksheet("Другое").write_string(0, 0, "мимо")
    book.close()
    return path


def read_xlsx(path: Path, sheet: int = 0) -> list[tuple[object, ...]]:
    return fastexcel.read_excel(path).load_sheet(sheet, header_row=None, skip_rows=0).to_polars().rows()


def part_of(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def with_problems(folder: Path) -> tuple[Path, Path]:
    rows = [list(row) for row in ROWS]
    rows[0][3] = ""
    rows[4][84] = "=СУММ(A1)"
    rows[4][1] = "   "
    rows[7][1:85] = [""] * 84
    return source_csv(folder, rows), folder / "out.csv"


def test_scores_and_levels_are_those_of_the_key(boyko: Instrument, tmp_path: Path) -> None:
    score_file(boyko, source_csv(tmp_path), tmp_path / "out.csv")

    rows = read_csv(tmp_path / "out.csv")
    assert rows[1:] == [[row[0], "ладно", "", *expected(sheet)] for row, sheet in zip(ROWS, PEOPLE, strict=True)]
    assert rows[0][:5] == [
        "Код",
        "Комментарий",
        "Комментарий",
        "Симптом: Переживание психотравмирующих обстоятельств",
        "Симптом: Переживание психотравмирующих обстоятельств — уровень",
    ]
    assert rows[0][-3:] == ["Фаза: Истощение", "Фаза: Истощение — уровень", "Итоговый балл"]
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    levels = {cell for row in rows[1:] for cell in row[4:-7:2]}
    assert levels == {"не сложившийся", "складывающийся", "сложившийся", "доминирующий"}


def test_answers_are_kept_in_their_places_when_asked_and_can_be_scored_again(
    boyko: Instrument, tmp_path: Path
) -> None:
    rows = [[row[0], *words(sheet, "+", "-"), "ладно", ""] for row, sheet in zip(ROWS, PEOPLE, strict=True)]
    score_file(boyko, source_csv(tmp_path, rows), tmp_path / "out.csv", keep_answers=True)
    score_file(boyko, tmp_path / "out.csv", tmp_path / "again.csv")

    kept = read_csv(tmp_path / "out.csv")
    assert kept[0][:87] == HEADERS
    assert [row[:87] for row in kept[1:]] == rows
    assert [row[-31:] for row in read_csv(tmp_path / "again.csv")[1:]] == [expected(sheet) for sheet in PEOPLE]


def test_rows_with_problems_are_left_out_and_listed(boyko: Instrument, tmp_path: Path) -> None:
    source, target = with_problems(tmp_path)

    outcome = score_file(boyko, source, target)

    assert (outcome.scored, outcome.unscored, outcome.problem_count) == (297, 3, 4)
    scored = read_csv(target)[1:]
    assert [row[0] for row in scored] == [row[0] for row in ROWS if row[0] not in {"000", "004", "007"}]
    assert scored[0] == ["001", "ладно", "", *expected(PEOPLE[1])]
    assert outcome.errors_path == tmp_path / "out.errors.csv"
    assert read_csv(tmp_path / "out.errors.csv") == [
        ["Строка", "Столбец", "Вопрос", "Значение", "Причина"],
        ["2", "D", "3", "", "нет ответа"],
        ["6", "B", "1", "   ", "нет ответа"],
        ["6", "CG", "84", "'=СУММ(A1)", "непонятный ответ"],
        ["9", "", "все вопросы", "", "нет ни одного ответа"],
    ]


def test_only_the_first_problems_are_kept_but_all_are_listed(boyko: Instrument, tmp_path: Path) -> None:
    rows = [["x", "?", *row[2:]] for row in ROWS]

    outcome = score_file(boyko, source_csv(tmp_path, rows), tmp_path / "out.csv", with_summary=True)

    assert len(outcome.problems) == 20
    assert outcome.problem_count == outcome.unscored == 300
    assert [row[0] for row in read_csv(tmp_path / "out.errors.csv")[1:]] == [str(row) for row in range(2, 302)]
    assert outcome.summary is not None
    assert outcome.summary.scored == 0
    summary = read_csv(tmp_path / "out.summary.csv")
    assert ["Напряжение", "сформировалась", "0", "нет данных"] in summary
    assert ["Тревога и депрессия", "нет данных", "нет данных"] in summary


def test_a_list_of_problems_of_an_earlier_run_does_not_outlive_them(boyko: Instrument, tmp_path: Path) -> None:
    score_file(boyko, *with_problems(tmp_path))
    outcome = score_file(boyko, source_csv(tmp_path), tmp_path / "out.csv")

    assert outcome.errors_path is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t=1"),
        ("-5", "-5"),
        ("+79261234567", "+79261234567"),
        ("-3,5", "-3,5"),
        ("-3.5e7", "-3.5e7"),
        ("Анна-Мария = 1", "Анна-Мария = 1"),
        ('ООО "Роза"; Ко\nвторая строка', 'ООО "Роза"; Ко\nвторая строка'),
        ("007", "007"),
        ("  с пробелами  ", "  с пробелами  "),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_defused(
    boyko: Instrument, tmp_path: Path, text: str, written: str
) -> None:
    source = write_csv(tmp_path / "in.csv", ["Код", *NUMBERS], [[text, *words(PEOPLE[0])]])

    score_file(boyko, source, tmp_path / "out.csv")
    score_file(boyko, source, tmp_path / "out.xlsx")

    rows = read_csv(tmp_path / "out.csv")
    assert rows[1][0] == written
    assert "<f>" not in part_of(tmp_path / "out.xlsx", "xl/worksheets/sheet1.xml")
    assert [row[0] for row in read_xlsx(tmp_path / "out.xlsx")] == ["Код", text]


def test_a_formula_in_a_header_is_defused(boyko: Instrument, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", ["=cmd()", *NUMBERS], [["x", *words(PEOPLE[0])]])

    score_file(boyko, source, tmp_path / "out.csv")
    score_file(boyko, source, tmp_path / "out.xlsx")

    assert read_csv(tmp_path / "out.csv")[0][0] == "'=cmd()"
    assert "<f>" not in part_of(tmp_path / "out.xlsx", "xl/worksheets/sheet1.xml")


def test_a_file_of_answers_alone_gives_results_alone(boyko: Instrument, tmp_path: Path) -> None:
    rows = [words(sheet) for sheet in PEOPLE[:3]]
    rows[1][0] = "?"

    score_file(boyko, write_csv(tmp_path / "in.csv", NUMBERS, rows), tmp_path / "out.csv")

    assert read_csv(tmp_path / "out.csv")[1:] == [expected(PEOPLE[0]), expected(PEOPLE[2])]


def test_xlsx_to_xlsx(boyko: Instrument, tmp_path: Path) -> None:
    rows: list[list[object]] = [["ФИО", "Стаж", *range(1, 85)]]
    rows += [["Ирина", 5, *(bool(answer) for answer in PEOPLE[0])]]
    rows += [["=1+1", 2.5, *(int(answer) for answer in PEOPLE[1])]]
    rows += [["Пётр", None, *words(PEOPLE[2], "Да", "Нет")]]
    rows += [["Анна", 1, *words(PEOPLE[3])[:-1]]]

    outcome = score_file(boyko, source_xlsx(tmp_path, rows, blank_top=2), tmp_path / "out.xlsx", with_summary=True)

    assert [(one.row, one.column) for one in outcome.problems] == [(7, "CH")]
    written = read_xlsx(tmp_path / "out.xlsx")
    assert written[0][:3] == ("ФИО", "Стаж", "Симптом: Переживание психотравмирующих обстоятельств")
    cells = [["" if cell is None else str(cell).removesuffix(".0") for cell in row] for row in written[1:]]
    assert cells == [
        ["Ирина", "5", *expected(PEOPLE[0])],
        ["=1+1", "2.5", *expected(PEOPLE[1])],
        ["Пётр", "", *expected(PEOPLE[2])],
    ]
    sheet = part_of(tmp_path / "out.xlsx", "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:AG4"/>' in sheet
    assert "<cols>" in sheet
    assert "<v>" in sheet  # points are numbers
    summary = read_xlsx(tmp_path / "out.xlsx", 1)
    assert summary[2][:2] == ("Обработано анкет", "3")
    assert outcome.summary_path is None


def test_summary_counts_the_group(boyko: Instrument, tmp_path: Path) -> None:
    outcome = score_file(boyko, source_csv(tmp_path), tmp_path / "out.csv", with_summary=True)

    results = [expected(sheet) for sheet in PEOPLE]
    assert outcome.summary is not None
    assert outcome.summary.scored == 300
    for index, (title, counts) in enumerate(outcome.summary.levels):
        wanted = Counter(result[25 + 2 * index] for result in results)
        assert counts == tuple(wanted[level] for level in outcome.summary.level_titles), title
    for index, figures in enumerate(outcome.summary.scales):
        points = [int(result[2 * index]) for result in results]
        assert float(figures.mean or 0) == pytest.approx(statistics.mean(points), abs=0.0501)
        assert float(figures.median or 0) == statistics.median(points)
    formed = {
        scale.title: sum(result[2 * index + 1] in {"сложившийся", "доминирующий"} for result in results)
        for index, scale in enumerate(boyko.scales)
    }
    assert dict(outcome.summary.formed) == formed
    assert [count for _, count in outcome.summary.formed] == sorted(formed.values(), reverse=True)


def test_summary_file_is_written_as_russian_documents_are(boyko: Instrument, tmp_path: Path) -> None:
    silent = tuple(item.keyed != "y" for item in boyko.items)
    everything = tuple(item.keyed == "y" for item in boyko.items)
    rows = [[str(number), *words(silent), "", ""] for number in range(129)]
    rows += [[str(number), *words(everything), "", ""] for number in range(24)]

    score_file(boyko, source_csv(tmp_path, rows), tmp_path / "out.csv", with_summary=True)

    summary = [[cell.replace("\u00a0", " ") for cell in row] for row in read_csv(tmp_path / "out.summary.csv")]
    assert ["Обработано анкет", "153"] in summary
    assert ["Истощение", "сформировалась", "24", "15,7 %"] in summary
    assert ["Тревога и депрессия", "4,7", "0,0"] in summary
    assert ["Тревога и депрессия", "24", "15,7 %"] in summary


def refused(boyko: Instrument, source: Path, target: Path) -> str:
    with pytest.raises(SheetError) as caught:
        score_file(boyko, source, target)
    return str(caught.value)


def test_files_that_cannot_be_used_are_told_apart(boyko: Instrument, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    (tmp_path / "empty.csv").touch()
    (tmp_path / "spaces.csv").write_text("\n  \n\n", encoding="utf-8")
    (tmp_path / "not.xlsx").write_text("1;2;3", encoding="utf-8")
    (tmp_path / "excel.csv").write_bytes(source_xlsx(tmp_path, [["1"]]).read_bytes())
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "a.ods").touch()

    assert "не найден" in refused(boyko, tmp_path / "no.csv", out)
    assert "нужен .csv или .xlsx" in refused(boyko, tmp_path / "a.ods", out)
    assert "нужен .csv или .xlsx" in refused(boyko, source_csv(tmp_path), tmp_path / "out.pdf")
    assert "пустой" in refused(boyko, tmp_path / "empty.csv", out)
    assert "пустой" in refused(boyko, tmp_path / "spaces.csv", out)
    assert "пустой" in refused(boyko, source_xlsx(tmp_path, []), out)
    assert "только заголовки" in refused(boyko, write_csv(tmp_path / "h.csv", HEADERS, []), out)
    assert "только заголовки" in refused(boyko, write_csv(tmp_path / "h.csv", HEADERS, [[""] * 87]), out)
    assert "только заголовки" in refused(boyko, source_xlsx(tmp_path, [[*HEADERS]]), out)
    assert "не открывается" in refused(boyko, tmp_path / "not.xlsx", out)
    assert "переименуйте" in refused(boyko, tmp_path / "excel.csv", out)
    assert "папка" in refused(boyko, tmp_path / "folder.csv", out)
    assert not list(tmp_path.glob("*out*"))


def test_the_source_is_never_overwritten(boyko: Instrument, tmp_path: Path) -> None:
    source = source_csv(tmp_path)
    before = source.read_bytes()
    as_errors = write_csv(tmp_path / "x.errors.csv", HEADERS, ROWS)
    (tmp_path / "link.csv").hardlink_to(source)

    for target in (source, tmp_path / "." / "in.csv", tmp_path / "link.csv"):
        assert "затёр" in refused(boyko, source, target)
    assert "затёр" in refused(boyko, as_errors, tmp_path / "x.csv")
    assert source.read_bytes() == before
    assert as_errors.exists()


def test_a_failure_halfway_leaves_the_earlier_result_alone(boyko: Instrument, tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "out.csv"
    score_file(boyko, source_csv(tmp_path), target)
    before = target.read_bytes()

    def fail(done: int, size: int) -> None:
        assert done == size
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_file(boyko, source_csv(tmp_path, ROWS[:3]), target, with_summary=True, on_progress=fail)

    assert [path.name for path in target.parent.iterdir()] == ["out.csv"]
    assert target.read_bytes() == before


def test_a_text_too_long_for_excel_is_refused_and_not_cut(boyko: Instrument, tmp_path: Path) -> None:
    source = source_csv(tmp_path, [["ж" * 40_000, *ROWS[0][1:]]])

    assert "не помещается" in refused(boyko, source, tmp_path / "out.xlsx")
    outcome: Outcome = score_file(boyko, source, tmp_path / "out.csv")
    assert outcome.scored == 1


def test_item_texts_of_the_instrument_tell_the_items_apart(boyko: Instrument) -> None:
    assert len({text.casefold() for text in item_texts()}) == len(boyko.items)
