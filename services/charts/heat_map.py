"""The chart of symptoms by school: published shares only, schools with too few people are hatched."""

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from services.charts.drawable import BURNOUT, symptoms_by_school
from services.charts.school_names import short_name
from services.charts.sheet import Sheet, plain
from services.charts.style import INK, INNER, MARGIN, MUTED, NOT_A_DIAGNOSIS, SMALL, WHITE, level_colors
from services.diagnostics.loading import INSTRUMENTS, load_instrument
from services.reporting.groups.model import Frequency, GroupResults
from services.reporting.shares import NO_DATA
from services.reporting.statement.model import PlaceFigures, Statement

STEPS = (10, 25, 40, 60)
"""Per cent from which on a cell is a step darker."""
COVERAGE = "boyko.coverage"

_NAME = 330  # pixels that names of schools have at most
_LINE = 34
_ROW = 56
_FIGURE = 27
_DARK = 3
"""The step from which on figures are white."""


def draw(statement: Statement) -> bytes:
    """A PNG with a row for each school. Raises ValueError where no school has published symptoms."""
    taking = symptoms_by_school(statement)
    if taking is None or taking.results is None:
        raise ValueError("no school has published symptoms")
    whole = taking.results
    sheet = Sheet()
    y = sheet.heading("Симптомы выгорания по школам", f"{statement.name}. {taking.wave_title}")
    y = sheet.note(y - 14, "Доля педагогов, у которых симптом сложился или доминирует, %")
    y = _scale(sheet, y + 6)
    codes = [symptom.code for symptom in whole.symptoms]
    rows = [
        (sheet.wrap(plain(short_name(name)), _NAME, SMALL, most=3), results, why)
        for name, results, why in _rows(statement, taking.schools, whole)
    ]
    wide = max(sheet.width(line, SMALL, bold=True) for lines, _, _ in rows for line in lines) + 20
    left = MARGIN + wide
    cell = (INNER - wide) / len(codes)
    for number in range(1, len(codes) + 1):
        sheet.text(left + cell * (number - 0.5), y + 34, str(number), size=SMALL, bold=True, align="center")
    y += 48
    for lines, results, why in rows:
        height = max(_ROW, _LINE * len(lines) + 18)
        first = y + height / 2 + 11 - _LINE * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            sheet.text(MARGIN, first + _LINE * number, line, size=SMALL, bold=results is whole)
        if results is None:
            sheet.hatched(left, y + 2, INNER - wide - 2, height - 4)
            label = sheet.width(why, SMALL) + 28
            middle = left + (INNER - wide) / 2
            sheet.box(middle - label / 2, y + 8, label, height - 16, WHITE, zorder=2)
            sheet.text(middle, y + height / 2 + 11, why, size=SMALL, color=MUTED, align="center")
        else:
            known = {symptom.code: symptom for symptom in results.symptoms}
            for index, code in enumerate(codes):
                _cell(sheet, (left + cell * index, y, cell, height), known.get(code))
        y += height + (14 if results is whole else 0)
    y = sheet.part(y + 10, "Симптомы")
    y = _symptoms(sheet, y - 16, whole)
    return sheet.png(y, f"Данные без имён. {NOT_A_DIAGNOSIS}")


def _rows(
    statement: Statement, published: Mapping[int, GroupResults], whole: GroupResults
) -> list[tuple[str, GroupResults | None, str]]:
    """All together, then each school with its results, or with why there are none."""
    rows: list[tuple[str, GroupResults | None, str]] = [("В целом", whole, "")]
    for school in statement.schools:
        results = published.get(school.organisation_id)
        shown = results if results is not None and results.symptoms else None
        rows.append((school.name, shown, "" if shown else _why(school, statement.min_group)))
    return rows


def _why(school: PlaceFigures, min_group: int) -> str:
    """What stands in place of a school's results; whoever has finished and cannot be told of is too few."""
    coverage = school.figures.get(COVERAGE)
    finished = coverage.amount.numerator if coverage is not None and coverage.amount is not None else 0
    return f"скрыто: меньше {min_group} чел." if finished else NO_DATA


def _cell(sheet: Sheet, place: tuple[float, float, float, float], symptom: Frequency | None) -> None:
    x, top, width, height = place
    if symptom is None or not symptom.people:
        sheet.text(x + width / 2, top + height / 2 + 10, "–", size=SMALL, color=MUTED, align="center")
        return
    percent = round(100 * symptom.count / symptom.people)
    step = bisect_right(STEPS, percent)
    sheet.box(x + 1, top + 2, width - 2, height - 4, level_colors(len(STEPS) + 1)[step])
    sheet.text(
        x + width / 2,
        top + height / 2 + 10,
        str(percent),
        size=_FIGURE,
        color=WHITE if step >= _DARK else INK,
        align="center",
    )


def _scale(sheet: Sheet, top: float) -> float:
    """What the colours mean, in one row."""
    words = [f"до {STEPS[0]}", *(f"{low}–{high - 1}" for low, high in pairwise(STEPS)), f"от {STEPS[-1]}"]
    step = INNER / len(words)
    for index, (color, word) in enumerate(zip(level_colors(len(words)), words, strict=True)):
        sheet.box(MARGIN + step * index, top, 34, 34, color)
        sheet.text(MARGIN + step * index + 46, top + 28, word, size=SMALL)
    return top + 46


@cache
def _phases() -> Mapping[str, str]:
    """Titles of the phases by the codes of their symptoms."""
    instrument = load_instrument(INSTRUMENTS / f"{BURNOUT}.yaml")
    return {code: factor.title for factor in instrument.factors for code in factor.scales}


def _symptoms(sheet: Sheet, top: float, whole: GroupResults) -> float:
    """The numbers of the columns in words, under the phases that the symptoms belong to."""
    phases = _phases()
    y, phase = top, ""
    for number, symptom in enumerate(whole.symptoms, start=1):
        if phases.get(symptom.code, phase) != phase:
            phase = phases[symptom.code]
            y += 46
            sheet.text(MARGIN, y, phase, size=SMALL, color=MUTED)
        for index, line in enumerate(sheet.wrap(symptom.title, INNER - 70, SMALL)):
            y += 40
            if index == 0:
                sheet.text(MARGIN + 44, y, str(number), size=SMALL, bold=True, align="right")
            sheet.text(MARGIN + 62, y, line, size=SMALL)
    return y + 14
