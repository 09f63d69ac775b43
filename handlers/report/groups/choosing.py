"""Screens that ask which results: of which test, of which campaign."""

from collections.abc import Sequence

from handlers.report.groups.taps import ReportTap
from handlers.ui.screen import Row, Screen, button
from services.diagnostics.instrument import Instrument
from services.people.model import Organisation
from services.reporting.groups.report import Report
from services.reporting.groups.waves import Wave

SHOWN = 8


def tests(organisation: Organisation, instruments: Sequence[Instrument]) -> Screen:
    rows: list[Row] = [
        (button(instrument.short_title, ReportTap(organisation=organisation.id, instrument=instrument.id)),)
        for instrument in instruments
    ]
    rows.append((button("‹ К результатам", ReportTap(organisation=organisation.id)),))
    return Screen("<b>Диагностики</b>\n\nПо какой диагностике?", tuple(rows))


def waves(organisation: Organisation, instrument: Instrument, found: Sequence[Wave], page: int) -> Screen:
    """A page of campaigns and school years, the newest first."""
    pages = max(1, -(-len(found) // SHOWN))
    page = min(page, pages - 1)

    def tap(part: str = "main", wave: str = "", number: int = 0) -> ReportTap:
        return ReportTap(organisation=organisation.id, part=part, page=number, instrument=instrument.id, wave=wave)

    rows: list[Row] = [
        (button(wave.title, tap(wave=wave.key)),) for wave in found[page * SHOWN : (page + 1) * SHOWN]
    ]
    turns = [(page - 1, "‹ Новее"), (page + 1, "Раньше ›")]
    rows.append(
        tuple(button(title, tap("waves", number=number)) for number, title in turns if 0 <= number < pages)
    )
    rows.append((button("‹ К результатам", tap()),))
    return Screen("<b>Диагностики</b>\n\nПо какой кампании?", tuple(row for row in rows if row))


def others(report: Report, instruments: Sequence[Instrument], waves: Sequence[Wave]) -> Row:
    """Buttons to other reports of the organisation, where there are any."""
    organisation = report.organisation.id
    row: Row = ()
    if any(instrument.id != report.instrument.id for instrument in instruments):
        row += (button("Другая диагностика", ReportTap(organisation=organisation, part="tests")),)
    if any(wave.key != report.wave.key for wave in waves):
        other = ReportTap(organisation=organisation, part="waves", instrument=report.instrument.id)
        row += (button("Другая кампания", other),)
    return row
