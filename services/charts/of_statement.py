"""The charts that a statement has. Nothing is drawn here: matplotlib is for the worker process alone."""

from collections.abc import Callable
from dataclasses import dataclass

from services.charts import drawable
from services.reporting.statement.model import Statement


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its `title` on a button, the name of the `function` that draws a statement ("module:function",
    which gives a PNG), and whether there is anything to draw."""

    title: str
    function: str
    available: Callable[[Statement], bool]


CHARTS: tuple[Chart, ...] = (
    Chart("План и факт", "services.charts.plan_and_fact:draw", lambda made: bool(drawable.planned(made))),
    Chart("Динамика показателей", "services.charts.over_periods:draw", lambda made: bool(drawable.moving(made))),
    Chart(
        "Школы: охват диагностикой",
        "services.charts.ranking:draw_coverage",
        lambda made: drawable.ranked(made, drawable.COVERAGE) is not None,
    ),
    Chart(
        "Школы: маршруты",
        "services.charts.ranking:draw_routes",
        lambda made: drawable.ranked(made, drawable.ROUTES) is not None,
    ),
    Chart(
        "Школы: наставники у молодых",
        "services.charts.ranking:draw_mentored",
        lambda made: drawable.ranked(made, drawable.MENTORED) is not None,
    ),
    Chart("Путь пар", "services.charts.funnel:draw", lambda made: bool(drawable.funnel(made))),
    Chart(
        "Профессиональные дефициты",
        "services.charts.levels:draw_deficits",
        lambda made: drawable.taken(made, drawable.NEEDS) is not None,
    ),
    Chart(
        "Выгорание: фазы и симптомы",
        "services.charts.levels:draw_burnout",
        lambda made: drawable.taken(made, drawable.BURNOUT) is not None,
    ),
    Chart(
        "Симптомы по школам",
        "services.charts.heat_map:draw",
        lambda made: len(made.schools) > 1 and drawable.symptoms_by_school(made) is not None,
    ),
    Chart(
        "Другие опросы",
        "services.charts.levels:draw_opinions",
        lambda made: bool(drawable.opinions(made)),
    ),
)
"""In the order of their buttons. Their numbers (from 0) stand in the outbox: new ones are added at the end."""
