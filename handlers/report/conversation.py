"""/report: a curator's school, a methodist's municipality with its schools."""

from handlers.report import screens
from handlers.report.taps import ReportChartTap, ReportListTap, ReportTap
from handlers.routes import Access, Effect, Routes
from handlers.survey.screens import INSTRUMENT
from handlers.ui.drawing import DRAWING
from handlers.ui.screen import Owed, Reply
from handlers.visit import Visit
from services.delivery.model import Kind
from services.people.model import Organisation, Role
from services.reporting import report
from services.reporting.report import Report

routes = Routes()

NO_CHART = "Результаты скрыты, графика нет."


@routes.command("report", Access.OVERSEER, Effect.READS)
async def command_report(visit: Visit, _: str) -> Reply:
    return await _first(visit)


@routes.tap(ReportListTap, Access.OVERSEER, Effect.READS)
async def tap_reports(visit: Visit, tap: ReportListTap) -> Reply:
    return await _first(visit)


@routes.tap(ReportTap, Access.OVERSEER, Effect.READS)
async def tap_report(visit: Visit, tap: ReportTap) -> Reply:
    organisation = await _within_scope(visit, tap.organisation)
    if organisation is None:
        return await _first(visit)
    return await _report(visit, organisation, tap.part, page=tap.page)


@routes.tap(ReportChartTap, Access.OVERSEER)
async def tap_chart(visit: Visit, tap: ReportChartTap) -> Reply:
    organisation = await _within_scope(visit, tap.organisation)
    if organisation is None:
        return await _first(visit)
    if (await _made(visit, organisation)).results is None:
        return Reply(toast=NO_CHART)
    return Reply(toast=DRAWING, owed=(_chart(visit, organisation),))


async def _first(visit: Visit) -> Reply:
    scopes = visit.member.scopes(Role.METHODIST, Role.CURATOR)
    if not scopes:
        return Reply(screens.nothing_to_report())
    if len(scopes) > 1:
        return Reply(screens.choice(scopes))
    return await _report(visit, scopes[0], "main", with_chart=True)


async def _report(
    visit: Visit, organisation: Organisation, part: str, *, page: int = 0, with_chart: bool = False
) -> Reply:
    made = await _made(visit, organisation)
    zone = visit.desk.zone
    if part == "schools" and made.several:
        return Reply(screens.schools(made, zone, page))
    if part == "symptoms":
        return Reply(screens.symptoms(made, zone))
    owed = (_chart(visit, organisation),) if with_chart and made.results is not None else ()
    return Reply(screens.main(made, zone), owed=owed)


async def _made(visit: Visit, organisation: Organisation) -> Report:
    instrument = visit.desk.library.current(INSTRUMENT)
    return await report.make(visit.work, organisation, instrument, visit.desk.min_group, visit.now)


def _chart(visit: Visit, organisation: Organisation) -> Owed:
    return Owed(
        Kind.GROUP_CHART,
        f"group:{organisation.id}:{visit.cause}",
        {"organisation_id": organisation.id, "person_id": visit.member.id},
    )


async def _within_scope(visit: Visit, organisation_id: int) -> Organisation | None:
    organisation = await visit.work.organisations.get(organisation_id)
    return organisation if organisation is not None and visit.member.oversees(organisation) else None
