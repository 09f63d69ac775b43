"""The table of a statement, read back: every figure is the statement's, and hidden ones are hidden."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import fastexcel
import pytest

from services.mentoring.pair import PairForm, PairState
from services.reporting.indicators.registry import registry
from services.reporting.statement.model import Amount, Figure, PlaceFigures, Silence, Statement
from services.reporting.table.job import write
from services.reporting.table.lists import Listed, Lists, PairRow, TeacherRow
from services.reporting.target import Target
from tests.services.reporting.sample import sample_school, sample_statement

Cell = str | float | None
Book = dict[str, list[list[Cell]]]

HEAD = 4
"""The row of the header, from 1."""
TODAY = date(2026, 11, 24)
FORMULA = '=HYPERLINK("http://evil.example","Анна")'
PAIR = PairRow(
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
LISTS = Lists(
    TODAY,
    pairs=Listed([PAIR], 1),
    without_route=Listed([TeacherRow("Школа № 1", "Иванова Анна", "Учитель", "Химия", joined=False)], 5_001),
)


def read(content: bytes) -> Book:
    """Rows of cells of each sheet, those over the header too."""
    book = fastexcel.read_excel(content)
    return {
        name: [
            [_cell(text) for text in row]
            for row in book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars().rows()
        ]
        for name in book.sheet_names
    }


def _cell(text: str | None) -> Cell:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return text or None


@pytest.fixture(scope="module")
def statement() -> Statement:
    made = sample_statement()
    early = replace(made.whole.figures["teachers.early_share"], amount=Amount(24, 153), before=Amount(23, 150))
    courses = replace(made.whole.figures["courses.done"], amount=Amount(18, 36), plan=Target(number=36))
    figures = {**made.whole.figures, early.code: early, courses.code: courses}
    return replace(made, whole=replace(made.whole, figures=figures))


@pytest.fixture(scope="module")
def content(statement: Statement) -> bytes:
    return write(statement, LISTS)


@pytest.fixture(scope="module")
def book(content: bytes) -> Book:
    return read(content)


def lines(sheet: list[list[Cell]]) -> Iterator[dict[str, Cell]]:
    """Rows under the header by the titles of their columns."""
    titles = [str(title) for title in sheet[HEAD - 1] if title is not None]
    for row in sheet[HEAD:]:
        yield dict(zip(titles, row, strict=False))


def parts(content: bytes) -> dict[str, str]:
    """The XML of the sheets by their names, and of everything else by its path."""
    with ZipFile(BytesIO(content)) as archive:
        found = {path: archive.read(path).decode() for path in archive.namelist() if path.endswith(".xml")}
    names = re.findall(r'<sheet name="([^"]+)"', found["xl/workbook.xml"])
    sheets = {name: found[f"xl/worksheets/sheet{number}.xml"] for number, name in enumerate(names, start=1)}
    return {**found, **sheets}


def shown(figure: Figure) -> object:
    """What stands in the cell of a figure."""
    if figure.amount is None:
        return "скрыто" if figure.silence is Silence.TOO_FEW else "нет данных"
    return pytest.approx(figure.amount.value)


def value(amount: Amount | None) -> object:
    return None if amount is None else pytest.approx(amount.value)


def named(place: PlaceFigures) -> dict[str, Figure]:
    return {registry().of(code).title: figure for code, figure in place.figures.items()}


def test_the_summary_has_every_indicator_with_plan_and_change(book: Book, statement: Statement) -> None:
    told = {str(line["Показатель"]): line for line in lines(book["Сводка"])}
    expected = named(statement.whole)
    assert told.keys() == expected.keys()
    for title, figure in expected.items():
        assert told[title]["Факт"] == shown(figure), title
        assert told[title]["Было"] == value(figure.before), title
    assert told["Доля молодых педагогов"]["Изменение"] == 0.4
    courses = told[registry().of("courses.done").title]
    assert (courses["План"], courses["% плана"], courses["Факт"]) == (36, 0.5, 0.5)


def test_schools_stand_in_rows_and_hidden_figures_say_so(book: Book, statement: Statement) -> None:
    sheet = book["По школам"]
    codes = {indicator.short: indicator.code for indicator in registry().all}
    shorts, rows = [str(title) for title in sheet[HEAD][1:]], sheet[HEAD + 1 :]
    assert [row[0] for row in rows] == [*(school.name for school in statement.schools), "В целом"]
    for place, row in zip([*statement.schools, statement.whole], rows, strict=True):
        for short, cell in zip(shorts, row[1:], strict=True):
            assert cell == shown(place.figures[codes[short]]), (place.name, short)
    assert "скрыто" in rows[-2]


def test_periods_are_columns(book: Book, statement: Statement) -> None:
    told = {str(line.pop("Показатель")): line for line in lines(book["Динамика"])}
    for code in ("teachers.early_share", "pairs.worked", "meetings.per_pair"):
        line = told[registry().of(code).title]
        past = [value(point.amounts.get(code)) for point in statement.dynamics]
        assert list(line)[1:] == [
            *("I п/г 2024/25", "II п/г 2024/25", "I п/г 2025/26", "II п/г 2025/26", "I п/г 2026/27")
        ]
        assert list(line.values())[1:] == [*past, shown(statement.whole.figures[code])]


def test_levels_are_published_ones_and_a_small_school_has_none(book: Book, statement: Statement) -> None:
    rows = book["Диагностики"]
    boyko = next(taking for taking in statement.takings if taking.instrument == "boyko")
    assert boyko.results is not None
    at = next(number for number, row in enumerate(rows) if str(row[0]).startswith(boyko.title))
    first, small = statement.schools[0], statement.schools[-1]
    for name, results in (("В целом", boyko.results), (first.name, boyko.schools[first.organisation_id])):
        for factor in results.factors:
            (row,) = [row for row in rows[at:] if row[0] == name and row[1] == factor.title]
            shares = [pytest.approx(count / factor.people) for count in factor.counts]
            assert row[2:9] == [factor.people, *factor.counts, *shares]
    hidden = [row for row in rows[at:] if row[0] == small.name]
    assert [row[1] for row in hidden] == ["скрыто", "скрыто"]
    assert not any(cell is not None for row in hidden for cell in row[2:])


def test_every_figure_tells_what_it_is_made_of(book: Book, statement: Statement) -> None:
    told = {(line["Где"], line["Показатель"]): line for line in lines(book["Из чего"])}
    for place in (statement.whole, *statement.schools):
        for title, figure in named(place).items():
            line, amount = told[place.name, title], figure.amount
            made_of = (amount.numerator, amount.denominator) if amount else (None, None)
            assert (line["Числитель"], line["Знаменатель"]) == made_of, (place.name, title)
    early = told[statement.whole.name, "Доля молодых педагогов"]
    assert (early["Числитель"], early["Знаменатель"], early["За какие дни"]) == (24, 153, "на 24.11.2026")
    teachers = told[statement.whole.name, "Количество педагогических работников"]
    assert "2: повторные записи" in str(teachers["Не вошли"])


def test_plans_stand_beside_facts(book: Book, statement: Statement) -> None:
    told = {str(line["Показатель"]): line for line in lines(book["Планы"]) if line["Где"] == statement.whole.name}
    planned = {title for title, figure in named(statement.whole).items() if figure.plan is not None}
    assert told.keys() == planned
    events, held = told[registry().of("events.held").title], statement.whole.figures["events.held"].amount
    assert held is not None
    assert (events["План"], events["Факт"], events["% плана"]) == (4, held.value, held.value / 4)


def test_lists_are_of_their_day_and_texts_never_become_formulas(content: bytes, book: Book) -> None:
    sheet = book["Пары"]
    assert "Список на 24.11.2026" in str(sheet[1][0])
    (line,) = lines(sheet)
    told = ["Школа № 1", FORMULA, "http://evil.example", "педагог — педагог", "работает", "Основной"]
    assert list(line.values())[:6] == told
    assert str(line["Начало"]).startswith("2026-09-15")
    assert (line["Окончание"], line["Встреч за период"]) == (None, 7)
    made = parts(content)
    sheets = "".join(made[name] for name in book)
    assert "<f>" not in sheets
    assert "<hyperlink" not in sheets
    assert "Показаны первые 1 из 5001" in str(book["Без маршрута"][1][0])
    assert book["Маршруты"][HEAD][0] == "Маршрутов пока нет. Педагоги составляют их в боте: «Мой маршрут»."


def test_sheets_have_charts_filters_and_a_header_that_stays(content: bytes) -> None:
    made = parts(content)
    assert sum(path.startswith("xl/charts/chart") for path in made) == 2 + 6 + 1
    for name, head in (("Сводка", 4), ("По школам", 5), ("Динамика", 4), ("Из чего", 4), ("Пары", 4)):
        assert f'<autoFilter ref="A{head}:' in made[name], name
        assert f'ySplit="{head}"' in made[name], name
        assert 'orientation="landscape"' in made[name], name
    assert 'formatCode="0.0&quot;\N{NO-BREAK SPACE}&quot;%"' in made["xl/styles.xml"]


def test_a_school_and_an_empty_place_have_their_sheets(statement: Statement) -> None:
    school = read(write(sample_school(), Lists(TODAY)))
    assert "По школам" not in school
    assert len(school["Динамика"]) > HEAD
    empty = replace(statement, schools=(), takings=(), dynamics=(), whole=replace(statement.whole, figures={}))
    nothing = read(write(empty, Lists(TODAY)))
    assert str(nothing["Диагностики"][3][0]).startswith("За этот период результатов")
    assert str(nothing["Планы"][HEAD][0]).startswith("Планы на этот период не заданы")
