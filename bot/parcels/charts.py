"""Charts of one person's results, and of groups."""

from html import escape

from bot.parcels.made import Drawn, Maker, NotDueError
from handlers.menu.screens import to_menu
from handlers.results.taps import ResultTap
from handlers.ui.russian import day_of, long_date
from handlers.ui.screen import button
from handlers.visit import Desk
from services.charts.frequent import DEFICITS, SYMPTOMS
from services.delivery.model import Kind, Parcel
from services.diagnostics.instrument import Instrument
from services.diagnostics.scoring import score
from services.diagnostics.session import State
from services.people import rights
from services.people.model import Organisation, Person
from services.reporting.groups import finding, portions
from storage.unit_of_work import StoredWork


def frequency_words(instrument: Instrument) -> tuple[str, str]:
    """What the frequent scales of a group are called, and when one is counted."""
    return DEFICITS if any(band.deficit for band in instrument.scale_bands) else SYMPTOMS


def group_title(organisation: Organisation, instrument: Instrument) -> str:
    """What a group's chart is about: who, and what was measured."""
    return f"{organisation.name}: {instrument.short_title}"


async def result_chart(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    session = await work.surveys.get(parcel.payload["session_id"], person.id)
    if session is None or session.state is not State.FINISHED:
        raise NotDueError("no such result of this person")
    instrument = await desk.library.of(session)
    taken_on = day_of(session.finished_at or session.started_at, desk.zone)
    caption = f"График к результату, {long_date(taken_on)} Его видите только вы."
    result = score(instrument, session.answers)
    rows = ((button("К результату", ResultTap(session=session.id)), to_menu()),)
    return Drawn(caption, rows, "services.charts.result:draw_result", (instrument, result, taken_on))


async def dynamics_chart(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    newest = await work.surveys.get(parcel.payload["session_id"], person.id)
    if newest is None:
        raise NotDueError("no such result of this person")
    instrument = await desk.library.of(newest)
    sessions = [
        session
        for session in await work.surveys.finished(person.id, instrument.id)
        if session.version == instrument.version
    ]
    if len(sessions) < 2:
        raise NotDueError("fewer than two results to compare")
    taken = [
        (
            day_of(session.finished_at or session.started_at, desk.zone),
            score(instrument, session.answers),
        )
        for session in sessions
    ]
    caption = "Что изменилось между вашими тестами. Это видите только вы."
    return Drawn(caption, ((to_menu(),),), "services.charts.dynamics:draw_dynamics", (instrument, taken))


async def group_chart(desk: Desk, work: StoredWork, person: Person, parcel: Parcel) -> Drawn:
    organisation = await work.organisations.get(parcel.payload["organisation_id"])
    if organisation is None or not rights.oversees(person, organisation):
        raise NotDueError("out of the person's scope")
    taking = await work.portions.taking(parcel.payload["portion_id"])
    if taking is None or taking[0] not in desk.library:
        raise NotDueError("no such taking")
    instrument = desk.library.current(taking[0])
    wave = await finding.wave_of(work, organisation, instrument, taking[2], desk.zone)
    if wave is None or instrument.version != taking[1]:
        raise NotDueError("no such taking of the present version")
    results = await portions.results_of(work, instrument, wave, organisation, desk.min_group)
    if results is None:
        raise NotDueError("results are withheld")
    made_on = long_date(day_of(desk.clock(), desk.zone))
    # The title of a campaign begins with what it asks about.
    about = wave.title if wave.campaign_id is not None else f"{instrument.short_title}. {wave.title}"
    caption = escape(f"{organisation.name}. {about}. На {made_on}")
    arguments = (group_title(organisation, instrument), results, *frequency_words(instrument))
    return Drawn(caption, ((to_menu(),),), "services.charts.group:draw_group", arguments)


MAKERS: dict[Kind, Maker] = {
    Kind.RESULT_CHART: result_chart,
    Kind.DYNAMICS_CHART: dynamics_chart,
    Kind.GROUP_CHART: group_chart,
}
