"""/results: earlier tests, their details, the dynamics."""

from handlers.current import current_screen
from handlers.results import screens
from handlers.results.details import details_of, part_screen
from handlers.results.given import given_screen
from handlers.results.taps import ChartTap, DynamicsTap, GivenTap, ResultListTap, ResultTap
from handlers.routes import Access, Routes
from handlers.ui.drawing import DRAWING
from handlers.ui.screen import Owed, Reply, Screen
from handlers.visit import Visit
from services.delivery.model import Kind
from services.diagnostics.instrument import Instrument
from services.diagnostics.session import Session, State

routes = Routes()

TO_COMPARE = 2
NOTHING_TO_COMPARE = "Пока нечего сравнивать: нужны два результата."


@routes.command("results", Access.REGISTERED)
async def command_results(visit: Visit, _: str) -> Reply:
    return Reply(await _list(visit))


@routes.tap(ResultListTap, Access.REGISTERED)
async def tap_results(visit: Visit, tap: ResultListTap) -> Reply:
    return Reply(await _list(visit, tap.instrument))


@routes.tap(ResultTap, Access.REGISTERED)
async def one_result(visit: Visit, tap: ResultTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None:
        return Reply(await current_screen(visit))
    instrument = await visit.desk.library.of(session)
    if session.state is not State.FINISHED:
        return Reply(screens.unfinished_screen(instrument, session))
    if 0 <= tap.factor < len(details_of(instrument)):
        return Reply(part_screen(instrument, session, tap.factor))
    values = await visit.work.surveys.values(session.id)
    return Reply(screens.result_screen(instrument, session, visit.desk.zone, values=values))


@routes.tap(GivenTap, Access.REGISTERED)
async def given(visit: Visit, tap: GivenTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None or session.state is not State.FINISHED:
        return Reply(await current_screen(visit))
    instrument = await visit.desk.library.of(session)
    values = await visit.work.surveys.values(session.id)
    return Reply(given_screen(instrument, session, values, tap.page))


@routes.tap(ChartTap, Access.REGISTERED)
async def chart(visit: Visit, tap: ChartTap) -> Reply:
    session = await visit.work.surveys.get(tap.session, visit.member.id)
    if session is None or session.state is not State.FINISHED:
        return Reply(await current_screen(visit))
    if not (await visit.desk.library.of(session)).chartable:
        return Reply(await current_screen(visit))
    owed = Owed(Kind.RESULT_CHART, f"result:{session.id}:{visit.cause}", {"session_id": session.id})
    return Reply(toast=DRAWING, owed=(owed,))


@routes.tap(DynamicsTap, Access.REGISTERED)
async def dynamics(visit: Visit, tap: DynamicsTap) -> Reply:
    if tap.instrument not in visit.desk.library:
        return Reply(await current_screen(visit))
    instrument = visit.desk.library.current(tap.instrument)
    taken = await visit.work.surveys.finished(visit.member.id, instrument.id)
    same = [session for session in taken if session.version == instrument.version]
    if not instrument.chartable or len(same) < TO_COMPARE:
        return Reply(toast=NOTHING_TO_COMPARE)
    # Payloads are numbers: the newest test names the instrument.
    payload = {"person_id": visit.member.id, "session_id": same[-1].id}
    return Reply(toast=DRAWING, owed=(Owed(Kind.DYNAMICS_CHART, f"dynamics:{visit.cause}", payload),))


async def _list(visit: Visit, instrument_id: str = "") -> Screen:
    """Results of one instrument, or the instruments to choose from where there are several."""
    await visit.leave()
    sessions = await visit.work.surveys.finished(visit.member.id, instrument_id or None)
    if not sessions:
        begun = await visit.work.surveys.open_sessions(visit.member.id)
        if begun:
            return screens.unfinished_screen(await visit.desk.library.of(begun[0]), begun[0])
    taken: list[tuple[Session, Instrument]] = [
        (session, await visit.desk.library.of(session)) for session in sessions
    ]
    if len({session.instrument for session in sessions}) > 1:
        return screens.instruments_screen(taken)
    return screens.list_screen(taken, visit.desk.zone)
