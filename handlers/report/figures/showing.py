"""What a button about figures is about, and the short form."""

from dataclasses import dataclass
from typing import Protocol

from handlers.people.standing import named
from handlers.report.figures import short_screens
from handlers.ui.screen import Declined, Owed, Reply
from handlers.visit import Visit
from services.charts.of_statement import CHARTS
from services.delivery.model import Kind as ParcelKind
from services.people import rights
from services.people.model import Kind, Organisation
from services.privacy.ports import Action
from services.reporting.analysis.rules import conclusions
from services.reporting.choices import chosen
from services.reporting.periods import Period, by_key, to_numbers
from services.reporting.statement.composing import compose
from services.reporting.statement.freezing import freeze_for
from services.reporting.statement.model import Statement


class OfPeriod(Protocol):
    """A tap that names a place and the key of a period."""

    organisation: int
    period: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The place and the period of a tap that the edge has let in."""

    place: Organisation
    period: Period


async def asked(visit: Visit, tap: OfPeriod) -> Asked:
    """What the tap asks for. Raises Declined for a period that is none, or is still to come."""
    place, period = await named(visit, tap.organisation), by_key(tap.period)
    if period is None or period.begins > visit.today:
        raise Declined(short_screens.no_such_period(place))
    return Asked(place, period)


async def statement_of(visit: Visit, of: Asked, dynamics: int = 0) -> Statement:
    """Every figure of it as of now, with so many earlier periods; nothing is written."""
    return await compose(visit.work, visit.desk.basis, of.place, of.period, dynamics)


async def shown(visit: Visit, place: Organisation, period: Period, *, keep: bool) -> Reply:
    """The short form; groups that are whole by now are published, and it is noted who looked.

    What is asked for as usual from now on comes with its most telling chart.
    """
    await visit.leave()
    await freeze_for(visit.work, visit.desk.basis, place, period)
    statement = await statement_of(visit, Asked(place, period))
    await visit.work.audit.note(
        visit.now, visit.member.id, Action.FIGURES_SEEN, organisation_id=place.id, period=period.key
    )
    owed: tuple[Owed, ...] = ()
    if keep:
        await visit.work.report_choices.put(visit.member.id, chosen(place.id, period, visit.today))
        first = next((number for number, chart in enumerate(CHARTS) if chart.available(statement)), None)
        owed = (owed_chart(visit, place, period, first),) if first is not None else ()
    above = await district_of(visit, place)
    screen = short_screens.short_form(
        statement,
        visit.today,
        conclusions(statement),
        above=above.id if above else None,
        directs=rights.directs(visit.member, place),
    )
    return Reply(screen, owed=owed)


def owed_chart(visit: Visit, place: Organisation, period: Period, number: int) -> Owed:
    """The chart of that number: one picture a minute, however often it is asked for."""
    key = f"report-chart:{visit.member.account_id}:{place.id}:{period.key}:{number}:{visit.minute}"
    return Owed(ParcelKind.REPORT_CHART, key, {"organisation_id": place.id, "chart": number, **to_numbers(period)})


async def district_of(visit: Visit, place: Organisation) -> Organisation | None:
    """The municipality of a school, if the visitor gets its reports, too."""
    if place.kind is not Kind.SCHOOL or place.parent_id is None:
        return None
    found = await visit.work.organisations.get(place.parent_id)
    return found if found is not None and rights.oversees(visit.member, found) else None
