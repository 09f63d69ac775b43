"""Charts of a report."""

from html import escape

from bot.parcels.made import Drawn, Maker, NotDueError
from handlers.menu.screens import to_menu
from handlers.report.figures.taps import ChartsTap, FiguresTap
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import button
from handlers.visit import Desk
from services.charts.of_statement import CHARTS
from services.delivery.model import Kind, Parcel
from services.people import rights
from services.people.model import Person
from services.people.zones import zone_of
from services.reporting.handing_out import EARLIER_PERIODS
from services.reporting.periods import from_numbers
from services.reporting.statement.composing import compose
from storage.unit_of_work import StoredWork


async def chart(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    place = await work.organisations.get(parcel.payload["organisation_id"])
    if place is None or not rights.oversees(person, place):
        raise NotDueError("out of the person's scope")
    number = parcel.payload["chart"]
    if not 0 <= number < len(CHARTS):
        raise NotDueError("no such chart")
    period = from_numbers(parcel.payload)
    statement = await compose(work, desk.basis, place, period, dynamics=EARLIER_PERIODS)
    wanted = CHARTS[number]
    if not wanted.available(statement):
        raise NotDueError("there is nothing to draw")
    made_on = long_date(day_of(desk.clock(), zone_of(person, desk.zone)))
    caption = f"{escape(f'{wanted.title}. {place.name}, {period.title}')}. Данные на {made_on}"
    rows = (
        (
            button("Другие графики", ChartsTap(organisation=place.id, period=period.key)),
            button("К отчёту", FiguresTap(organisation=place.id, period=period.key)),
        ),
        (to_menu(),),
    )
    return Drawn(caption, rows, wanted.function, (statement,))


MAKERS: dict[Kind, Maker] = {Kind.REPORT_CHART: chart}
