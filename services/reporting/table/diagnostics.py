"""The sheet «Диагностики»: people by level for each factor, published figures only, with native stacked bars."""

from typing import TYPE_CHECKING

from services.charts.style import level_colors
from services.reporting.facts import Taking
from services.reporting.groups.model import Frequency, GroupResults
from services.reporting.statement.model import Statement
from services.reporting.table.paper import HIDDEN, NOTES, SHARE, Paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook

NOTHING = "За этот период результатов диагностик, которые можно показать, нет."
WHOLE = "В целом"
_WIDTHS = (30, 40, 11)
_LEVEL = 15
_MOST_LEVELS = 5
_CHARTS_AT = len(_WIDTHS) + 2 * _MOST_LEVELS + 1
_CHART_ROWS = 16
_SCALE = 58


def write(paper: Paper, book: "Workbook", statement: Statement) -> None:
    """Fill the sheet: a block for each taking, then its symptoms or deficits by school."""
    sheet = paper.sheet
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(len(_WIDTHS), _CHARTS_AT - 2, _LEVEL)
    sheet.freeze_panes(NOTES, 2)
    names = {school.organisation_id: school.name for school in statement.schools}
    row = place = NOTES
    for taking in statement.takings:
        if taking.results is None or not taking.results.people:
            continue
        first = row
        row = _levels(paper, row, taking, taking.results, names)
        row = _frequencies(paper, row, taking, taking.results, names)
        if any(factor.people for factor in taking.results.factors):
            place = max(place, first)
            _chart(paper, book, taking, taking.results, first, place)
            place += _CHART_ROWS
            row = max(row, place)
        row += 1
    if row == NOTES:
        paper.put(NOTES, 0, NOTHING)
        return
    paper.beside(_CHARTS_AT, _SCALE)


def _levels(paper: Paper, top: int, taking: Taking, results: GroupResults, names: dict[int, str]) -> int:
    """The block of a taking. Returns the row after it."""
    about = f"{taking.title}. {taking.wave_title}, начало {taking.began_on:%d.%m.%Y}"
    paper.sheet.write_string(top, 0, about, paper.styles.of(bold=True, font_size=12))
    if not any(factor.people for factor in results.factors):
        paper.put(top + 1, 0, f"Ответили: {results.people}", text_wrap=False)
        return top + 2
    titles = results.level_titles
    head = ["Где", "Что измерено", "Посчитано", *titles, *(f"{title}, доля" for title in titles)]
    for column, title in enumerate(head):
        paper.sheet.write_string(top + 1, column, title, paper.styles.head())
    row = top + 2
    levels = len(titles)
    for name, of_place in ((WHOLE, results), *_schools(taking, names)):
        if of_place is None:
            paper.put(row, 0, name)
            paper.put(row, 1, HIDDEN)
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


def _frequencies(paper: Paper, top: int, taking: Taking, results: GroupResults, names: dict[int, str]) -> int:
    """Symptoms or deficits in rows, places in columns, darker where they are frequent. Returns the row after."""
    if not results.symptoms:
        return top
    places = [(WHOLE, results), *((name, found) for name, found in _schools(taking, names) if found is not None)]
    title = "Доля тех, у кого выражено"
    paper.sheet.write_string(top + 1, 1, title, paper.styles.head())
    for column, (name, _) in enumerate(places, start=2):
        paper.sheet.write_string(top + 1, column, name, paper.styles.head())
    for row, symptom in enumerate(results.symptoms, start=top + 2):
        paper.put(row, 1, symptom.title)
        for column, (_, of_place) in enumerate(places, start=2):
            found = _of_code(of_place, symptom.code)
            if found is not None and found.people:
                paper.put(row, column, found.count / found.people, num_format=SHARE, align="center")
    last = top + 1 + len(results.symptoms)
    paper.sheet.conditional_format(
        top + 2,
        2,
        last,
        1 + len(places),
        {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#73AEDC"},
    )
    return last + 1


def _chart(paper: Paper, book: "Workbook", taking: Taking, results: GroupResults, top: int, place: int) -> None:
    """Stacked bars of the factors of the whole."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = top + 2, top + 1 + len(results.factors)
    colors = level_colors(len(results.level_titles))
    for level, color in enumerate(colors):
        chart.add_series(
            {
                "name": [paper.name, top + 1, 3 + level],
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
    chart.set_size({"width": 760, "height": 300})
    paper.sheet.insert_chart(place, _CHARTS_AT, chart)


def _schools(taking: Taking, names: dict[int, str]) -> list[tuple[str, GroupResults | None]]:
    return [(name, taking.schools.get(school_id)) for school_id, name in names.items()]


def _of_code(results: GroupResults, code: str) -> Frequency | None:
    return next((symptom for symptom in results.symptoms if symptom.code == code), None)
