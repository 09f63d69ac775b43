"""Results of a diagnostics: of a curator's school, of a methodist's municipality with its schools."""

from dataclasses import dataclass

from handlers.people.standing import named
from handlers.report.groups import choosing, screens
from handlers.report.groups.taps import ReportChartTap, ReportTap
from handlers.routes import Access, Routes
from handlers.ui.drawing import DRAWING
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from handlers.within import of_organisation
from services.delivery.model import Kind
from services.diagnostics.instrument import Instrument, Privacy
from services.people import rights
from services.people.model import Kind as OrganisationKind
from services.people.model import Organisation
from services.privacy.ports import Action
from services.reporting.groups import finding, portions, report
from services.reporting.groups.model import GroupResults
from services.reporting.groups.report import Report
from services.reporting.groups.waves import Wave

routes = Routes()

FIRST = "boyko"
"""The instrument of a report while nobody has finished any."""
NO_CHART = "Результаты скрыты, графика нет."


@dataclass(frozen=True, slots=True)
class _Taking:
    """What a report is about, and what else there is to report on."""

    organisation: Organisation
    instrument: Instrument
    wave: Wave
    instruments: tuple[Instrument, ...]
    waves: tuple[Wave, ...]


@routes.tap(ReportTap, Access.OVERSEER, within=of_organisation)
async def tap_report(visit: Visit, tap: ReportTap) -> Reply:
    organisation = await named(visit, tap.organisation)
    taking = await _taking(visit, organisation, tap.instrument, tap.wave)
    if tap.part == "tests":
        return Reply(choosing.tests(organisation, taking.instruments))
    if tap.part == "waves":
        return Reply(choosing.waves(organisation, taking.instrument, taking.waves, tap.page))
    whole = await _whole(visit, organisation)
    return Reply(_screen(visit, taking, await _made(visit, taking), tap, whole))


@routes.tap(ReportChartTap, Access.OVERSEER, within=of_organisation)
async def tap_chart(visit: Visit, tap: ReportChartTap) -> Reply:
    organisation = await named(visit, tap.organisation)
    taking = await _taking(visit, organisation, tap.instrument, tap.wave)
    instrument, smallest = taking.instrument, visit.desk.min_group
    results = await portions.results_of(visit.work, instrument, taking.wave, organisation, smallest)
    chart = await _chart(visit, taking, results)
    return Reply(toast=DRAWING, owed=(chart,)) if chart else Reply(toast=NO_CHART)


def _screen(visit: Visit, taking: _Taking, made: Report, tap: ReportTap, whole: int | None = None) -> Screen:
    zone = visit.desk.zone
    if tap.part == "schools" and made.several:
        return screens.schools(made, zone, tap.page)
    if tap.part == "scales":
        return screens.scales(made, zone)
    if tap.part == "answers":
        return screens.answers(made, zone, tap.page)
    return screens.main(made, zone, choosing.others(made, taking.instruments, taking.waves), whole)


async def _whole(visit: Visit, organisation: Organisation) -> int | None:
    """The district of a school, if the visitor gets its reports, too."""
    if organisation.kind is not OrganisationKind.SCHOOL or organisation.parent_id is None:
        return None
    district = await visit.work.organisations.get(organisation.parent_id)
    return district.id if district is not None and rights.oversees(visit.member, district) else None


async def _taking(visit: Visit, organisation: Organisation, instrument_id: str, key: str) -> _Taking:
    """What the tap asks for, as far as there is such a thing; the newest of the rest."""
    known = await _reported(visit, organisation)
    newest = max(known, key=lambda one: one[1][0].begins)[0] if known else visit.desk.library.current(FIRST)
    instrument = (_instrument(visit, instrument_id) if instrument_id else None) or newest
    waves = next((waves for one, waves in known if one.id == instrument.id), ())
    wave = next((wave for wave in waves if wave.key == key), None)
    if wave is None and key:
        wave = await finding.wave_of(visit.work, organisation, instrument, key, visit.desk.zone)
    if wave is None:
        wave = waves[0] if waves else finding.this_year(visit.now, visit.desk.zone)
    return _Taking(organisation, instrument, wave, tuple(one for one, _ in known), waves)


async def _reported(visit: Visit, organisation: Organisation) -> list[tuple[Instrument, tuple[Wave, ...]]]:
    """Instruments with results in the organisation, and the waves of each, the newest first."""
    found = []
    for instrument_id in await visit.work.reports.instruments():
        instrument = _instrument(visit, instrument_id)
        if instrument is not None:
            waves = await finding.waves(visit.work, organisation, instrument, visit.desk.zone)
            if waves:
                found.append((instrument, tuple(waves)))
    return found


def _instrument(visit: Visit, instrument_id: str) -> Instrument | None:
    """The instrument if there is one, and it is about people: forms about organisations hide nobody."""
    try:
        instrument = visit.desk.library.current(instrument_id)
    except KeyError:
        return None
    return None if instrument.privacy is Privacy.OFFICIAL else instrument


async def _made(visit: Visit, taking: _Taking) -> Report:
    organisation, instrument, smallest = taking.organisation, taking.instrument, visit.desk.min_group
    await portions.freeze(visit.work, instrument, taking.wave, organisation.id, smallest, visit.now)
    await visit.work.audit.note(
        visit.now,
        visit.member.id,
        Action.REPORT_SEEN,
        organisation_id=organisation.id,
        instrument=instrument.id,
        wave=taking.wave.key,
    )
    return await report.make(visit.work, organisation, instrument, smallest, visit.now, taking.wave)


async def _chart(visit: Visit, taking: _Taking, results: GroupResults | None) -> Owed | None:
    """The chart of the results, if there is anything to draw; one of their portions says what they are of."""
    if results is None or not results.factors:
        return None
    organisation, instrument, wave = taking.organisation, taking.instrument, taking.wave
    portion = await visit.work.portions.newest(organisation.id, instrument.id, instrument.version, wave)
    if portion is None:
        return None
    return Owed(
        Kind.GROUP_CHART,
        f"group:{organisation.id}:{portion}:{visit.cause}",
        {"organisation_id": organisation.id, "person_id": visit.member.id, "portion_id": portion},
    )
