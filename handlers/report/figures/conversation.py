"""Figures in chat: the short form, by school, by indicator, where each comes from."""

from handlers.report.figures import (
    all_screens,
    choosing_screens,
    dynamics_screens,
    origin_screens,
    school_screens,
)
from handlers.report.figures.names import names
from handlers.report.figures.showing import Asked, asked, owed_chart, shown, statement_of
from handlers.report.figures.taps import (
    AllTap,
    ChartsTap,
    ChooseTap,
    DynamicsTap,
    FiguresChartTap,
    FiguresTap,
    OriginTap,
    SchoolsTap,
    Use,
)
from handlers.routes import Access, Effect, Routes
from handlers.ui.drawing import DRAWING
from handlers.ui.screen import Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.charts.of_statement import CHARTS
from services.people.model import Kind
from services.reporting.indicators.indicator import Indicator, Level
from services.reporting.indicators.registry import registry
from services.reporting.planned import level_of
from services.reporting.statement.headline import leading

routes = Routes()

GONE = "Этот показатель больше не считается."
NO_CHART = "Для этого графика пока мало данных."


@routes.tap(FiguresTap, Access.OVERSEER, within=of_organisation)
async def tap_figures(visit: Visit, tap: FiguresTap) -> Reply:
    of = await asked(visit, tap)
    return await shown(visit, of.place, of.period, keep=tap.keep)


@routes.tap(AllTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_all(visit: Visit, tap: AllTap) -> Reply:
    statement = await statement_of(visit, await asked(visit, tap))
    if not tap.page:
        return Reply(all_screens.contents(statement, visit.today))
    return Reply(all_screens.section(statement, visit.today, tap.page))


@routes.tap(OriginTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_origin(visit: Visit, tap: OriginTap) -> Reply:
    of = await asked(visit, tap)
    statement = await statement_of(visit, of)
    figure = statement.whole.figures.get(tap.code)
    if figure is None:
        return Reply(all_screens.contents(statement, visit.today), toast=GONE)
    indicator = registry().of(tap.code)
    found = names(visit.member, indicator, of.place, origin_screens.taking_of(statement, indicator))
    return Reply(origin_screens.origin(statement, figure, visit.today, tap, found))


@routes.tap(DynamicsTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_dynamics(visit: Visit, tap: DynamicsTap) -> Reply:
    of = await asked(visit, tap)
    statement = await statement_of(visit, of, dynamics_screens.POINTS)
    indicator = _named(tap.code) or leading(statement, level_of(of.place))
    return Reply(dynamics_screens.dynamics(statement, indicator, visit.today))


@routes.tap(SchoolsTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_schools(visit: Visit, tap: SchoolsTap) -> Reply:
    of = await asked(visit, tap)
    statement = await statement_of(visit, of)
    if of.place.kind is not Kind.MUNICIPALITY:
        return Reply(all_screens.contents(statement, visit.today))
    indicator = _named(tap.code)
    if indicator is None or Level.SCHOOL not in indicator.levels:
        indicator = leading(statement, Level.SCHOOL)
    return Reply(school_screens.schools(statement, indicator, visit.today, tap.view))


@routes.tap(ChooseTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_choose(visit: Visit, tap: ChooseTap) -> Reply:
    of = await asked(visit, tap)
    use = tap.use if of.place.kind is Kind.MUNICIPALITY else Use.DYNAMICS
    return Reply(choosing_screens.indicators(await statement_of(visit, of), visit.today, use, tap.page))


@routes.tap(ChartsTap, Access.OVERSEER, Effect.READS, within=of_organisation)
async def tap_charts(visit: Visit, tap: ChartsTap) -> Reply:
    return Reply(await _charts(visit, await asked(visit, tap)))


@routes.tap(FiguresChartTap, Access.OVERSEER, within=of_organisation)
async def tap_chart(visit: Visit, tap: FiguresChartTap) -> Reply:
    of = await asked(visit, tap)
    statement = await statement_of(visit, of, dynamics_screens.POINTS)
    if tap.chart >= len(CHARTS) or not CHARTS[tap.chart].available(statement):
        return Reply(await _charts(visit, of), toast=NO_CHART)
    return Reply(toast=DRAWING, owed=(owed_chart(visit, of.place, of.period, tap.chart),))


async def _charts(visit: Visit, of: Asked) -> Screen:
    statement = await statement_of(visit, of, dynamics_screens.POINTS)
    found = [(number, chart.title) for number, chart in enumerate(CHARTS) if chart.available(statement)]
    return choosing_screens.charts(statement, visit.today, found)


def _named(code: str) -> Indicator | None:
    return registry().of(code) if code in registry() else None
