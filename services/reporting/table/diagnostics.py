"""The sheet «Диагностики»: people by level for each factor, published figures only, with native stacked bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.charts.style import level_colors
from services.reporting.facts import Taking
from services.reporting.groups.model import Frequency, GroupResults
from services.reporting.indicators.fact_codes import test_of
from services.reporting.indicators.registry import registry
from services.reporting.shares import NO_DATA
from services.reporting.statement.model import Statement
from services.reporting.table.paper import HIDDEN, NOTES, SHARE, Paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NOTHING = "За этот период результатов диагностик, которые можно показать, нет."
WHOLE = "В целом"
_WIDTHS = (30, 34, 11)
_LEVEL = 17
_MOST_COLUMNS = 15
_CHART_ROWS = 15

Place = tuple[str, GroupResults | None, str]
"""Its name, its published results, and what stands in their place where there are none."""


def write(paper: Paper, book: "Workbook", statement: Statement) -> None:
    """Fill the sheet: a block for each taking, with its chart and its symptoms or deficits by school."""
    for column, width in enumerate(_WIDTHS):
        paper.wide(column, column, width)
    paper.wide(len(_WIDTHS), _MOST_COLUMNS - 1, _LEVEL)
    paper.sheet.freeze_panes(NOTES, 1)
    paper.sheet.fit_to_pages(1, 0)
    row, blocks = NOTES, []
    for taking in statement.takings:
        if taking.results is None or not taking.results.people:
            continue
        blocks.append(row)
        places = [(WHOLE, taking.results, ""), *_schools(statement, taking)]
        row = _levels(paper, book, row, taking, taking.results, places)
        row = _frequencies(paper, row, taking.results, places)
        row = _choices(paper, row, taking.results) + 1
    if not blocks:
        paper.put(NOTES, 0, NOTHING, text_wrap=False)
    paper.sheet.set_h_pagebreaks(blocks[1:])


def _levels(
    paper: Paper, book: "Workbook", top: int, taking: Taking, results: GroupResults, places: Sequence[Place]
) -> int:
    """The chart of the whole and a table of all places. Returns the row after them."""
    about = f"{taking.title}. {taking.wave_title}, начало {taking.began_on:%d.%m.%Y}"
    paper.sheet.write_string(top, 0, about, paper.styles.of(bold=True, font_size=12))
    if not any(factor.people for factor in results.factors):
        paper.put(top + 1, 0, f"Ответили: {results.people}", text_wrap=False, bottom=0)
        return top + 2
    head_row = top + 1 + _CHART_ROWS
    _chart(paper, book, taking, results, top + 1, head_row)
    titles = results.level_titles
    head = ["Где", "Что измерено", "Посчитано", *titles, *(f"{title}, доля" for title in titles)]
    for column, title in enumerate(head):
        paper.title(head_row, column, title)
    row = head_row + 1
    levels = len(titles)
    for name, of_place, why in places:
        if of_place is None:
            paper.put(row, 0, name)
            paper.put(row, 1, why)
            row += 1
            continue
        for factor in of_place.factors:
            paper.put(row, 0, name, bold=name == WHOLE)
            paper.put(row, 1, factor.title)
            paper.put(row, 2, factor.people)
            for index, count in enumerate(factor.counts):
                paper.put(row, 3 + index, count)
                if factor.people:
                    paper.put(row, 3 + levels + index, count / factor.people, num_format=SHARE)
            row += 1
    return row


def _frequencies(paper: Paper, top: int, results: GroupResults, places: Sequence[Place]) -> int:
    """Places in rows, symptoms or deficits in columns, darker where they are frequent. Returns the row after."""
    if not results.symptoms:
        return top
    head = top + 1
    paper.title(head, 0, "Где")
    paper.title(head, 1, "Доля тех, у кого выражено")
    for column, symptom in enumerate(results.symptoms, start=2):
        paper.title(head, column, symptom.title, font_size=9)
    row = head
    for row, (name, of_place, why) in enumerate(places, start=head + 1):
        paper.put(row, 0, name, bold=name == WHOLE)
        paper.put(row, 1, why if of_place is None else f"посчитано {of_place.people}")
        for column, symptom in enumerate(results.symptoms, start=2):
            found = _of_code(of_place, symptom.code) if of_place is not None else None
            if found is not None and found.people:
                paper.put(row, column, found.count / found.people, num_format=SHARE, align="center")
    scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#73AEDC"}
    paper.sheet.conditional_format(head + 1, 2, row, 1 + len(results.symptoms), scale)
    return row + 1


def _choices(paper: Paper, top: int, results: GroupResults) -> int:
    """Questions that no level is computed from: how many chose each answer. Returns the row after."""
    if not results.choices:
        return top
    head = top + 1
    for column, title in enumerate(("Вопрос", "Ответ", "Выбрали", "Доля")):
        paper.title(head, column, title)
    row = head
    for choice in results.choices:
        row += 1
        paper.put(row, 0, choice.question, bold=True, text_wrap=False)
        for option, count in choice.options:
            row += 1
            paper.put(row, 1, option)
            paper.put(row, 2, count)
            if choice.people:
                paper.put(row, 3, count / choice.people, num_format=SHARE)
    return row + 1


def _chart(paper: Paper, book: "Workbook", taking: Taking, results: GroupResults, place: int, head: int) -> None:
    """Stacked bars of the factors of the whole, which stand first in the table under `head`."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = head + 1, head + len(results.factors)
    for level, color in enumerate(level_colors(len(results.level_titles))):
        chart.add_series(
            {
                "name": [paper.name, head, 3 + level],
                "categories": [paper.name, first, 1, last, 1],
                "values": [paper.name, first, 3 + level, last, 3 + level],
                "fill": {"color": color},
                "border": {"color": "#FFFFFF"},
                "gap": 60,
            }
        )
    chart.set_title({"name": f"{taking.title}: {WHOLE.lower()}", "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 20 * _CHART_ROWS - 10})
    paper.sheet.insert_chart(place, 0, chart)


def _schools(statement: Statement, taking: Taking) -> list[Place]:
    codes = [one.code for one in registry().all if test_of(one.numerator) == taking.instrument]
    found: list[Place] = []
    for school in statement.schools:
        figures = [school.figures[code] for code in codes if code in school.figures]
        nobody = bool(figures) and not any(figure.hidden for figure in figures)
        why = NO_DATA if nobody else HIDDEN
        found.append((school.name, taking.schools.get(school.organisation_id), why))
    return found


def _of_code(results: GroupResults, code: str) -> Frequency | None:
    return next((symptom for symptom in results.symptoms if symptom.code == code), None)
