"""Charts of a statement's diagnostics: how many people are at each level of what was measured."""

from services.charts.drawable import BURNOUT, NEEDS, opinions, taken
from services.charts.frequent import DEFICITS, SYMPTOMS
from services.charts.group import draw_group
from services.charts.sheet import Sheet
from services.charts.stack import stack
from services.charts.style import INNER, MARGIN, RAIL, grouped, level_colors
from services.reporting.statement.model import Statement


def draw_burnout(statement: Statement) -> bytes:
    """A PNG with the phases of burnout and its symptoms. Raises ValueError where nothing is published."""
    return _draw(statement, BURNOUT, SYMPTOMS)


def draw_deficits(statement: Statement) -> bytes:
    """A PNG with the levels of competence and the frequent deficits. Raises ValueError likewise."""
    return _draw(statement, NEEDS, DEFICITS)


def draw_opinions(statement: Statement) -> bytes:
    """A PNG with the levels of all other diagnostics. Raises ValueError where nothing is published."""
    shown = opinions(statement)
    if not shown:
        raise ValueError("no other results are published")
    sheet = Sheet()
    y = sheet.heading(statement.name, f"Уровни по другим диагностикам, {statement.period.title}")
    for taking, results in shown:
        colors = level_colors(len(results.level_titles))
        sheet.box(MARGIN, y + 24, INNER, 3, RAIL)
        y = sheet.part(y + 34, taking.title, f"{grouped(results.people)} чел.")
        y = sheet.legend(y, list(zip(colors, results.level_titles, strict=True)))
        for factor in results.factors:
            y = stack(sheet, y - 6, factor, colors)
    return sheet.png(y, "Данные без имён.")


def _draw(statement: Statement, instrument: str, frequent: tuple[str, str]) -> bytes:
    found = taken(statement, instrument)
    if found is None:
        raise ValueError(f"no results of {instrument} are published")
    taking, results = found
    return draw_group(f"{statement.name}. {taking.title}. {taking.wave_title}", results, *frequent)
