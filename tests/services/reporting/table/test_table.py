"""The table of a statement, read back by another library: every figure is the statement's, and hidden ones are not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from services.mentoring.pair import PairForm, PairState
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Silence, Statement
from services.reporting.table.job import write
from services.reporting.table.lists import Listed, Lists, PairRow, TeacherRow
from services.reporting.target import Target
from tests.services.reporting.sample import sample_school, sample_statement

HEAD = 4
"""The row of the header, from 1."""
TODAY = date(2026, 11, 24)
FORMULA = '=HYPERLINK("http://evil.example","Анна")'
LISTS = Lists(
    TODAY,
    pairs=Listed(
        [
            PairRow(
                "Школа № 1",
                FORMULA,
                "http://evil.example",
                PairForm.TEACHER_TEACHER,
                PairState.ACTIVE,
                2,
                date(2026, 9, 15),
                None,
                7,
                date(2026, 11, 3),
            )
        ],
        1,
    ),
    without_route=Listed([TeacherRow("Школа № 1", "Иванова Анна", "Учитель", "Химия", joined=False)], 5_001),
)


@pytest.fixture(scope="module")
def statement() -> Statement:
    made = sample_statement()
    early = replace(made.whole.figures["teachers.early_share"], amount=Amount(24, 153), before=Amount(23, 150))
    courses = replace(made.whole.figures["courses.done"], amount=Amount(18, 36), plan=Target(number=36))
    figures = {**made.whole.figures, early.code: early, courses.code: courses}
    return replace(made, whole=replace(made.whole, figures=figures))


@pytest.fixture(scope="module")
def book(statement: Statement) -> Workbook:
    return load_workbook(BytesIO(write(statement, LISTS)))


def lines(sheet: Worksheet) -> Iterator[dict[str, object]]:
    """Rows under the header by the titles of their columns."""
    rows = sheet.iter_rows(min_row=HEAD, values_only=True)
    titles = [str(title) for title in next(rows)]
    for row in rows:
        yield dict(zip(titles, row, strict=True))


def shown(figure: Figure | None, amount: Amount | None = None) -> object:
    """What stands in a cell for it."""
    if figure is not None and figure.amount is None:
        return "скрыто" if figure.silence is Silence.TOO_FEW else "нет данных"
    told = amount or (figure.amount if figure is not None else None)
    return None if told is None else pytest.approx(told.value)


def named(place: PlaceFigures) -> dict[str, Figure]:
    return {registry().of(code).title: figure for code, figure in place.figures.items()}


def test_the_summary_has_every_indicator_with_plan_and_change(book: Workbook, statement: Statement) -> None:
    told = {str(line["Показатель"]): line for line in lines(book["Сводка"])}
    expected = named(statement.whole)
    assert told.keys() == expected.keys()
    for title, figure in expected.items():
        assert told[title]["Факт"] == shown(figure), title
        assert told[title]["Было"] == (pytest.approx(figure.before.value) if figure.before else None), title
    early = told["Доля молодых педагогов"]
    assert early["Изменение"] == pytest.approx(0.4)
    courses = told[registry().of("courses.done").title]
    assert (courses["План"], courses["% плана"], courses["Факт"]) == (36, 0.5, 0.5)
    (cell,) = [
        row[3] for row in book["Сводка"].iter_rows(min_row=HEAD) if row[1].value == "Доля молодых педагогов"
    ]
    assert cell.number_format == '0.0"\N{NO-BREAK SPACE}"%'
    assert isinstance(cell.value, float)


def test_schools_stand_in_rows_and_hidden_figures_say_so(book: Workbook, statement: Statement) -> None:
    sheet = book["По школам"]
    shorts = [cell.value for cell in sheet[HEAD + 1]][1:]
    codes = {indicator.short: indicator.code for indicator in registry().all}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 2)]
    places = [*statement.schools, statement.whole]
    assert [row[0] for row in rows] == [*(school.name for school in statement.schools), "В целом"]
    for place, row in zip(places, rows, strict=True):
        for short, value in zip(shorts, row[1:], strict=True):
            assert value == shown(place.figures.get(codes[str(short)])), (place.name, short)
    hidden = [value for row in rows for value in row if value == "скрыто"]
    assert hidden
    assert sheet.freeze_panes == "B6"
    assert sheet.auto_filter.ref is not None
    assert sheet.auto_filter.ref.startswith("A5:")


def test_periods_are_columns_with_charts_beside(book: Workbook, statement: Statement) -> None:
    sheet = book["Динамика"]
    told = {str(line["Показатель"]): line for line in lines(sheet)}
    assert list(next(iter(told.values())))[2:] == [
        *("I п/г 2024/25", "II п/г 2024/25", "I п/г 2025/26", "II п/г 2025/26", "I п/г 2026/27")
    ]
    for code in ("teachers.early_share", "pairs.worked", "meetings.per_pair"):
        line = list(told[registry().of(code).title].values())[2:]
        past = [point.amounts.get(code) for point in statement.dynamics]
        assert line == [shown(None, amount) for amount in (*past, statement.whole.figures[code].amount)]
    assert len(sheet._charts) == 2


def test_levels_are_published_ones_and_a_small_school_has_none(book: Workbook, statement: Statement) -> None:
    sheet = book["Диагностики"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    boyko = next(taking for taking in statement.takings if taking.instrument == "boyko")
    assert boyko.results is not None
    at = next(number for number, row in enumerate(rows) if str(row[0]).startswith(boyko.title))
    block = rows[at:]
    small = statement.schools[-1].name
    for name, results in (("В целом", boyko.results), (statement.schools[0].name, boyko.schools[101])):
        for factor in results.factors:
            (row,) = [row for row in block if row[0] == name and row[1] == factor.title]
            assert row[2:9] == [
                factor.people,
                *factor.counts,
                *(pytest.approx(count / factor.people) for count in factor.counts),
            ]
    for row in rows:
        if row[0] == small:
            assert row[1] in ("скрыто", *(factor.title for factor in boyko.results.factors))
    assert [row[1:3] for row in block if row[0] == small] == [["скрыто", None]] * 2
    assert len(sheet._charts) == 6


def test_every_figure_tells_what_it_is_made_of(book: Workbook, statement: Statement) -> None:
    told = {(line["Где"], line["Показатель"]): line for line in lines(book["Из чего"])}
    for place in (statement.whole, statement.schools[0], statement.schools[-1]):
        for title, figure in named(place).items():
            line = told[place.name, title]
            amount = figure.amount
            assert (line["Числитель"], line["Знаменатель"]) == (
                (amount.numerator, amount.denominator) if amount else (None, None)
            ), title
    early = told[statement.whole.name, "Доля молодых педагогов"]
    assert (early["Числитель"], early["Знаменатель"]) == (24, 153)
    assert early["За какие дни"] == "на 24.11.2026"
    assert "2: повторные записи" in str(
        told[statement.whole.name, "Количество педагогических работников"]["Не вошли"]
    )


def test_lists_are_of_their_day_and_texts_never_become_formulas(book: Workbook) -> None:
    sheet = book["Пары"]
    assert "Список на 24.11.2026" in str(sheet["A2"].value)
    (line,) = lines(sheet)
    assert list(line.values()) == [
        "Школа № 1",
        FORMULA,
        "http://evil.example",
        "педагог — педагог",
        "работает",
        "Основной",
        datetime(2026, 9, 15),
        None,
        7,
        datetime(2026, 11, 3),
    ]
    assert sheet["B5"].data_type == "s"
    assert sheet["C5"].hyperlink is None
    assert "Показаны первые 1 из 5001" in str(book["Без маршрута"]["A2"].value)
    assert book["Маршруты"]["A5"].value == "Маршрутов пока нет. Педагоги составляют их в боте: «Мой маршрут»."


def test_plans_stand_beside_facts(book: Workbook, statement: Statement) -> None:
    told = [line for line in lines(book["Планы"]) if line["Где"] == statement.whole.name]
    planned = {title: figure for title, figure in named(statement.whole).items() if figure.plan is not None}
    assert {str(line["Показатель"]) for line in told} == planned.keys()
    events = next(line for line in told if line["Показатель"] == registry().of("events.held").title)
    held = statement.whole.figures["events.held"].amount
    assert held is not None
    assert (events["План"], events["Факт"], events["% плана"]) == (4, held.value, held.value / 4)
    assert len(book["Планы"]._charts) == 1


def test_a_school_and_an_empty_place_have_their_sheets(statement: Statement) -> None:
    school = load_workbook(BytesIO(write(sample_school(), Lists(TODAY))))
    assert "По школам" not in school.sheetnames
    assert school["Динамика"].max_row > HEAD
    empty = replace(statement, schools=(), takings=(), dynamics=(), whole=replace(statement.whole, figures={}))
    nothing = load_workbook(BytesIO(write(empty, Lists(TODAY))))
    assert str(nothing["Диагностики"]["A4"].value).startswith("За этот период результатов")
    assert str(nothing["Планы"]["A5"].value).startswith("Планы на этот период не заданы")
    assert all(
        sheet.print_options is not None and sheet.page_setup.orientation == "landscape" for sheet in nothing
    )
