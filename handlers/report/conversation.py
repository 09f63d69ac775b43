"""/report: a curator's school, a methodist's municipality with its schools."""

from handlers.report import screens
from handlers.report.taps import ReportChartTap, ReportListTap, ReportTap
from handlers.routes import Access, Effect, Routes
from handlers.survey.screens import INSTRUMENT
from handlers.ui.screen import Owed, Reply
from handlers.visit import Visit
from services.delivery.model import Kind
from services.people.model import Organisation, Role
from services.reporting import report

routes = Routes()

DRAWING = "Рисую график, он придёт следующим сообщением."


@routes.command("report", Access.OVERSEER, Effect.READS)
async def command_report(visit: Visit, _: str) -> Reply:
    return await _first(visit)


@routes.tap(ReportListTap, Access.OVERSEER, Effect.READS)
async def tap_reports(visit: Visit, tap: ReportListTap) -> Reply:
    return await _first(visit)


@routes.tap(ReportTap, Access.OVERSEER, Effect.READS)
async def tap_report(visit: Visit, tap: ReportTap) -> Reply:
    organisation = await _within_scope(visit, tap.organisation)
    return await _report(visit, organisation, tap.part) if organisation else await _first(visit)


@routes.tap(ReportChartTap, Access.OVERSEER)
async def tap_chart(visit: Visit, tap: ReportChartTap) -> Reply:
    organisation = await _within_scope(visit, tap.organisation)
    if organisation is None:
        return await _first(visit)
    return Reply(toast=DRAWING, owed=(_chart(visit, organisation),))


async def _first(visit: Visit) -> Reply:
    scopes = visit.member.scopes(Role.METHODIST, Role.CURATOR)
    if not scopes:
        return Reply(screens.nothing_to_report())
    if len(scopes) > 1:
        return Reply(screens.choice(scopes))
    return await _report(visit, scopes[0], "main", with_chart=True)


async def _report(visit: Visit, organisation: Organisation, part: str, with_chart: bool = False) -> Reply:
    instrument = visit.desk.library.current(INSTRUMENT)
    made = await report.make(visit.work, organisation, instrument, visit.desk.min_group, visit.now)
    zone = visit.desk.zone
    if part == "schools" and made.several:
        return Reply(screens.schools(made, zone))
    if part == "symptoms":
        return Reply(screens.symptoms(made, zone))
    owed = (_chart(visit, organisation),) if with_chart and made.results is not None else ()
    return Reply(screens.main(made, zone), owed=owed)


def _chart(visit: Visit, organisation: Organisation) -> Owed:
    return Owed(
        Kind.GROUP_CHART,
        f"group:{organisation.id}:{visit.cause}",
        {"organisation_id": organisation.id, "person_id": visit.member.id},
    )


async def _within_scope(visit: Visit, organisation_id: int) -> Organisation | None:
    """The organisation if it is one of the person's scopes or a school inside one."""
    organisation = await visit.work.organisations.get(organisation_id)
    if organisation is None:
        return None
    curated = {scope.id for scope in visit.member.scopes(Role.CURATOR)}
    overseen = {scope.id for scope in visit.member.scopes(Role.METHODIST)}
    within = organisation.id in curated | overseen or organisation.parent_id in overseen
    return organisation if within else None
